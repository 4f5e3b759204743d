//! 作废 of a notice: it stays in the register with its number, and whoever checks it is told that it is void.

use access_service::Visit;
use casework::VOID_NOTICE;
use kernel::id::ApplicationId;
use platform::{Fault, RequestKey};
use serde_json::json;

use super::matter::Matter;
use super::record::about;
use crate::notice::forms::in_words;
use crate::notice::{NOTICE_VOIDED, NoticeId};
use crate::store::{self, Which};
use crate::{pins, refusals};

/// Make this notice void.
#[derive(Debug, Clone)]
pub struct VoidNotice {
    pub notice: NoticeId,
    pub reason: String,
}

/// Makes it void. What the case decided stands; a notice with other words is issued by the act that gives it.
///
/// # Errors
/// `casework.void-without-reason`, `casework.notice-void`; [`Fault::NotAllowed`], [`Fault::NotFound`].
pub async fn void_notice(visit: &Visit, key: Option<&RequestKey>, order: VoidNotice) -> Result<(), Fault> {
    let (shelf, order) = (pins::shelf(&visit.world)?, &order);
    let outcome = visit.write(key, async |tx| {
        let found = store::notice_find(tx.conn(), order.notice).await?.ok_or(Fault::NotFound)?;
        let application = ApplicationId::from_uuid(found.application);
        // Under the application's lock two who void it at once come one after the other.
        let matter = Matter::lock(&tx, visit, &shelf, Which::Application(application)).await?;
        visit.allow(VOID_NOTICE, &matter.notice_resource(&found))?;
        let mut row = store::notice_find(tx.conn(), order.notice).await?.ok_or(Fault::NotFound)?;
        let reason = order.reason.trim();
        if reason.is_empty() {
            return Err(refusals::VOID_WITHOUT_REASON.refuse().into());
        }
        if let Some(at) = row.voided_at {
            let on = in_words(platform::clock::china_day(at));
            return Err(refusals::NOTICE_VOID.refuse().fact("on", on).into());
        }
        row.voided_at = Some(tx.now());
        row.void_reason = Some(reason.to_owned());
        row.voided_by = Some(visit.actor.id.clone());
        row.voided_by_name = Some(visit.actor.name.clone());
        let facts =
            json!({ "notices": [{ "id": order.notice, "kind": row.kind, "number": row.number }], "reason": reason });
        about(&tx, visit, application, NOTICE_VOIDED, order.notice, facts);
        tx.with_commit(store::notice_void(tx.conn(), &row)?);
        Ok(())
    });
    match outcome.await {
        Err(Fault::Repeated(_)) => Ok(()),
        other => other,
    }
}
