//! What came of an act: where the cases stand now. Less than the whole application, because not everybody who may act
//! may read all of it.

use access_service::Words;
use casework_service::acts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::item::Term;

/// 办理的结果：各件现在到了哪一步
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Done {
    pub application: Uuid,
    pub cases: Vec<CaseState>,
    /// 这个 Idempotency-Key 以前已经办过，这是现在的状态
    pub repeated: bool,
}

/// 一件到了哪一步
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseState {
    pub id: Uuid,
    pub status: Term,
}

impl Done {
    pub(crate) fn of(done: &acts::Done, words: &Words) -> Self {
        let state = |state: &acts::CaseState| {
            let code = state.status.code();
            CaseState { id: state.case.uuid(), status: Term::new(code, words.get(&format!("status.{code}"))) }
        };
        Self {
            application: done.application.uuid(),
            cases: done.cases.iter().map(state).collect(),
            repeated: done.repeated,
        }
    }
}
