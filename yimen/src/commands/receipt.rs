//! `yimen receipt NUMBER`: the inclusion receipt of an application, for anybody to check without us.

use access_service::Visit;
use anyhow::{Result, bail};
use casework_service::reads::find_by_number;
use platform::{Clock, Fault, roots};

use crate::{Ending, WrongArguments, start};

/// Prints the receipt as JSON, which is its only form.
pub async fn run(number: &str) -> Result<Ending> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    if !start::shelves(&world).await? {
        bail!("no catalogue has been published yet, so nothing has been filed");
    }
    let found = match find_by_number(&Visit::system(&world), number).await {
        Err(Fault::NotFound) => return Err(WrongArguments(format!("there is no application {number}")).into()),
        found => found?,
    };
    let receipt = roots::receipt(world.db.reader(), found.application.into(), number).await?;
    world.db.close().await;
    let Some(receipt) = receipt else {
        eprintln!("no day has been closed since {number} was filed; a day is closed five minutes after its end");
        return Ok(Ending::No);
    };
    say!("{}", serde_json::to_string_pretty(&receipt)?);
    Ok(Ending::Good)
}
