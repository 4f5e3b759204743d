//! Licences, and what a stranger is told of one.

use access_service::Words;
use catalog::Catalog;
use chrono::{DateTime, NaiveDate, Utc};
use records_service::acts::ShownLicence;
use records_service::verify::VerifiedLicence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// 一张电子证照
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Licence {
    pub id: Uuid,
    /// 证照类型，如 `food-permit`
    pub kind: String,
    /// 证照名称
    pub name: String,
    pub number: String,
    /// 电子证照标识（GB/T 36904）
    pub mark: String,
    pub version: u32,
    /// 发证机关
    pub issuer: String,
    pub issued_on: NaiveDate,
    /// 没有的为长期有效
    pub valid_to: Option<NaiveDate>,
    /// `in-force`、`expired`、`cancelled`、`withdrawn`、`revoked`、`replaced`、`not-yet`
    pub state: String,
    pub state_word: String,
    /// 查验码，给要核对的人
    pub code: String,
    /// 照面信息，按印制的次序
    pub rows: Vec<LicenceRow>,
}

/// 名下的一张证照
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LicenceLine {
    pub id: Uuid,
    /// 证照类型，如 `food-permit`
    pub kind: String,
    pub name: String,
    pub number: String,
    pub holder: String,
    pub issued_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// 同证照的 `state`
    pub state: String,
}

impl LicenceLine {
    pub fn of(one: &records::Licence, catalog: &Catalog, today: NaiveDate) -> Self {
        let kind = catalog.licences.get(&one.licence);
        Self {
            id: one.id.uuid(),
            kind: one.licence.to_string(),
            name: kind.map_or(one.licence.as_str(), |kind| kind.name.as_str()).to_owned(),
            number: one.number.clone(),
            holder: one.holder_name.clone(),
            issued_on: one.issued_on,
            valid_to: one.valid_to,
            state: one.state(today).code().to_owned(),
        }
    }
}

/// 照面上的一项
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LicenceRow {
    pub label: String,
    pub text: String,
}

impl Licence {
    pub fn of(shown: &ShownLicence, today: NaiveDate, words: &Words) -> Self {
        let (licence, sheet) = (&shown.licence, &shown.sheet);
        let state = licence.state(today);
        Self {
            id: licence.id.uuid(),
            kind: licence.licence.to_string(),
            name: sheet.title.clone(),
            number: licence.number.clone(),
            mark: licence.mark.to_string(),
            version: licence.version,
            issuer: sheet.issuer.clone(),
            issued_on: licence.issued_on,
            valid_to: licence.valid_to,
            state: state.code().to_owned(),
            state_word: words.get(state.text_key()).to_owned(),
            code: shown.certificate.code.clone(),
            rows: sheet
                .rows
                .iter()
                .map(|(label, text)| LicenceRow { label: label.clone(), text: text.clone() })
                .collect(),
        }
    }
}

/// 要核对的文件
#[derive(ToSchema)]
pub struct LicenceUpload {
    /// 收到的 PDF，2 MB 以内
    #[schema(content_media_type = "application/pdf")]
    pub file: Vec<u8>,
}

/// 查验结论
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Verification {
    /// `genuine`、`not-yet`、`expired`、`cancelled`、`withdrawn`、`revoked`、`replaced`、`copy-lapsed`、`changed`、
    /// `revoked-key`、`not-on-record`、`foreign`
    pub verdict: String,
    pub verdict_word: String,
    /// 可以采信
    pub good: bool,
    /// 从哪天起这样：过期、注销、换发、密钥作废的日期
    pub since: Option<NaiveDate>,
    /// 换发后新证的标识，隐去流水号
    pub newer_mark: Option<String>,
    /// 文件什么时候加盖；凭查验码核对的没有
    pub sealed_at: Option<DateTime<Utc>>,
    /// 隐去个人信息的照面；不是本平台的没有
    pub licence: Option<VerifiedShown>,
    /// 授权副本的用途、对象和期限
    pub copy: Option<VerifiedCopy>,
}

/// 证照的主要内容，个人的姓名和号码隐去一部分
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VerifiedShown {
    pub name: String,
    pub number: String,
    pub holder: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub version: u32,
    pub mark: String,
}

/// 授权副本
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VerifiedCopy {
    pub purpose: String,
    pub recipient: String,
    pub until: NaiveDate,
}

impl Verification {
    pub fn of(told: VerifiedLicence, words: &Words) -> Self {
        let judgement = told.judgement;
        Self {
            verdict: judgement.verdict.code().to_owned(),
            verdict_word: words.get(judgement.verdict.text_key()).to_owned(),
            good: judgement.is_good(),
            since: judgement.since,
            newer_mark: judgement.newer.map(|mark| mark.masked()),
            sealed_at: told.sealed_at,
            licence: told.shown.map(|shown| VerifiedShown {
                name: shown.name,
                number: shown.number,
                holder: shown.holder,
                issuer: shown.issuer,
                issued_on: shown.issued_on,
                valid_to: shown.valid_to,
                version: shown.version,
                mark: shown.mark,
            }),
            copy: told.copy.map(|copy| VerifiedCopy {
                purpose: copy.purpose,
                recipient: copy.recipient,
                until: copy.until,
            }),
        }
    }
}
