//! 通知设置: ways, kinds and hours.

use access_service::Visit;
use chrono::{DateTime, Utc};
use messages::Wishes;
use messages::acts::SET_WISHES;
use platform::Fault;

use super::{of_person, own};
use crate::store::wish::{Model, wish_find, wish_put};

/// Keeps what the person chose, in the place of what they chose before.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn choose_wishes(visit: &Visit, wishes: &Wishes) -> Result<(), Fault> {
    change(visit, |row, _| {
        row.wishes = serde_json::to_string(wishes)?;
        Ok(())
    })
    .await
}

/// Changes the person's own row, which is made when there is none.
pub(super) async fn change(
    visit: &Visit,
    change: impl Fn(&mut Model, DateTime<Utc>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let person = own(visit)?;
    visit.allow(SET_WISHES, &of_person(person))?;
    let change = &change;
    visit
        .write(None, async |tx| {
            let found = wish_find(tx.conn(), person).await?;
            let is_new = found.is_none();
            let mut row = match found {
                Some(row) => row,
                None => Model::fresh(person, tx.now())?,
            };
            change(&mut row, tx.now())?;
            row.changed_at = tx.now();
            wish_put(tx.conn(), row, is_new).await
        })
        .await
}
