//! Notices (文书).

use casework_service::reads as told;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// 一份文书
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    pub id: Uuid,
    /// 所属办件；关系到整个申请的没有
    pub case: Option<Uuid>,
    /// 种类，如 `acceptance`、`correction`、`grant`
    pub kind: String,
    /// 文书名称
    pub title: String,
    /// 文号
    pub number: String,
    /// 事项名称
    pub matter: String,
    /// 制发机关
    pub authority: String,
    /// 制发日期
    pub issued_on: NaiveDate,
    /// 作废；有效的没有
    pub void: Option<NoticeVoid>,
}

/// 作废的日期和理由
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeVoid {
    pub on: NaiveDate,
    pub reason: String,
}

impl From<told::NoticeLine> for Notice {
    fn from(line: told::NoticeLine) -> Self {
        Self {
            id: line.id.uuid(),
            case: line.case.map(kernel::id::CaseId::uuid),
            kind: line.kind.code().to_owned(),
            title: line.title,
            number: line.number,
            matter: line.matter,
            authority: line.authority,
            issued_on: line.issued_on,
            void: line.void.map(|void| NoticeVoid { on: void.on, reason: void.reason }),
        }
    }
}
