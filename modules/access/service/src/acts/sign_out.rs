//! Signing out ends the session in the database, not only in the browser.

use platform::World;
use platform::fault::Fault;

use crate::session::Session;
use crate::store;

/// Ends this session. Ending it twice changes nothing.
pub async fn sign_out(world: &World, session: &Session) -> Result<(), Fault> {
    world.db.write(None, async |tx| Ok(store::session_end(tx.conn(), &session.id).await?)).await
}
