//! The frame of the OpenAPI document, and the problem document every fault comes as.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi, ToSchema};

use crate::asking::CSRF;

/// Title, tags and the ways to prove who calls; the operations add themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "一门 · 一体化政务服务接口",
        version = "1",
        description = "门户和办件台每一页的 JSON 版本，办的是同样的事，守的是同样的规则。\n\n\
            - 登录：`POST /session` 取得会话 Cookie 和 `csrf`；写操作须带请求头 `x-csrf-token`。\n\
            - 令牌：系统对接不登录，每次带 `Authorization: Bearer ymt_…`，不用 Cookie 和 `x-csrf-token`。令牌由系统管理员在后台“外部系统”签发，\
            只能做其权限范围（`catalog:read`、`cases:read`、`cases:act`、`cases:decide`、`applications:file`、`webhooks`）之内、且系统岗位可以做的事；\
            每分钟的次数见 `RateLimit-Limit`、`RateLimit-Remaining`、`RateLimit-Reset`，超过的得到 429。\n\
            - 重复提交：写操作可带 `Idempotency-Key`（48 个以内可见 ASCII 字符），同一键再次发送得到第一次的结果，不会办两次。\n\
            - 出错：一律为 `application/problem+json`（RFC 9457），`code` 稳定不变，`clause` 为法律依据，`faults` 一次列全所有要改的项目。\n\
            - 时间：日期为北京时间的民用日（`2026-11-22`），时刻为 RFC 3339。"
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem)),
    modifiers(&Proofs),
    security(("session" = []), ("token" = [])),
    tags(
        (name = "session", description = "登录、会话"),
        (name = "tokens", description = "系统令牌"),
        (name = "themes", description = "一件事主题：问题、方案"),
        (name = "items", description = "事项（办事指南）"),
        (name = "drafts", description = "草稿：答题、填表、交材料、提交"),
        (name = "applications", description = "申请：查看进度、受理、补正、出件、撤回"),
        (name = "cases", description = "办件：待办、审批"),
        (name = "licences", description = "电子证照：本人的证照、查验"),
        (name = "webhooks", description = "事件推送：订阅、记录、重推")
    )
)]
pub struct Frame;

struct Proofs;

impl Modify for Proofs {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKeyValue::with_description(access_service::session::COOKIE, "会话，由 POST /session 设置");
        let token = ApiKeyValue::with_description(CSRF, "会话的 csrf，写操作必带");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        components.add_security_scheme("csrf", SecurityScheme::ApiKey(ApiKey::Header(token)));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("系统令牌，由系统管理员签发"));
        components.add_security_scheme("token", SecurityScheme::Http(bearer.build()));
    }
}

/// 出错说明（RFC 9457）。空的部分不出现。
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:yimen:problem:` 加 `code`
    #[serde(rename = "type")]
    pub kind: String,
    /// 发生了什么，一句话
    pub title: String,
    /// HTTP 状态码
    pub status: u16,
    /// 现在可以怎么办
    pub detail: String,
    /// 稳定的代码，如 `casework.already-accepted`、`invalid`、`not-found`
    pub code: String,
    /// 法律依据
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// 下一步的代码
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// 句子里填入的事实
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// 要改正的每一项
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FieldProblem>,
    /// 系统出错时的编号，报修用
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// 法律条款
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clause {
    pub law: String,
    pub article: String,
}

/// 一项要改正的内容
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// 数据元代码、问题编号或者参数名
    pub field: String,
    pub code: String,
    /// 给人看的一句话
    pub text: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// What a call open to everybody can be answered with besides its result.
pub enum OpenFaults {}
/// What signing in can be answered with besides its result.
pub enum SignInFaults {}
/// What a reading call can be answered with besides its result.
pub enum ReadFaults {}
/// What a writing call can be answered with besides its result.
pub enum WriteFaults {}

impl IntoResponses for OpenFaults {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 401, 403, 404, 422, 429, 503])
    }
}

impl IntoResponses for SignInFaults {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 413, 415, 422, 429, 503])
    }
}

impl IntoResponses for ReadFaults {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 401, 403, 404, 422, 429, 503])
    }
}

impl IntoResponses for WriteFaults {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
    }
}

fn problems(statuses: &[u16]) -> BTreeMap<String, RefOr<Response>> {
    let problem = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(problem)).build();
    let response = |status: &u16| {
        let said = ResponseBuilder::new().description(about(*status));
        let said = said.content("application/problem+json", content.clone());
        (status.to_string(), RefOr::T(said.build()))
    };
    statuses.iter().map(response).collect()
}

/// Gives every answer that went well its words; the standard wants some for each.
pub(crate) fn finished(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            // Whatever takes a session with its csrf takes a token in their place, but for the session itself.
            let is_session = operation.tags.as_deref().is_some_and(|tags| tags.iter().any(|tag| tag == "session"));
            if let Some(security) = operation.security.as_mut().filter(|list| !list.is_empty() && !is_session) {
                security.push(SecurityRequirement::new("token", Vec::<String>::new()));
            }
            for (status, response) in &mut operation.responses.responses {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    let said = match status.as_str() {
                        "201" => "已建立",
                        "204" => "已完成，没有内容",
                        _ => "成功",
                    };
                    response.description = said.to_owned();
                }
            }
        }
    }
    document
}

fn about(status: u16) -> &'static str {
    match status {
        400 => "请求没有读懂",
        401 => "尚未登录，或者登录、令牌已失效",
        403 => "没有权限，令牌的范围不含这项操作，或者 x-csrf-token 不符",
        404 => "没有，或者不便透露是否存在",
        409 => "刚刚有人改过，请取得最新状态再试",
        413 => "内容太大",
        415 => "请求内容的类型不对",
        422 => "依法不能，或者有几处要改",
        429 => "试得太多，或者调用太频繁，请稍候再试",
        503 => "暂时不可用，可以用同一个 Idempotency-Key 重试",
        _ => "出错",
    }
}

/// The header every writing call may carry.
pub enum WriteHeaders {}

impl IntoParams for WriteHeaders {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .description(Some("同一键再次发送，得到第一次的结果，不会办两次"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(48))));
        vec![key.build()]
    }
}
