//! The demonstration (演示模式): whether this server shows invented people instead of serving real ones.

use kernel::refusal::Refusal;
use platform::World;
use platform::fault::Fault;

/// Whether this server is a demonstration with invented people. A world part; without it the server is a real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoMode(pub bool);

impl DemoMode {
    /// Whether this world is a demonstration.
    pub fn is_on(world: &World) -> bool {
        world.parts.get::<DemoMode>().is_some_and(|mode| mode.0)
    }

    /// Lets only a demonstration on. Asked by every way in that stands where the identity provider (统一身份认证) will:
    /// without proof of identity nobody may become a resident of a real server.
    ///
    /// # Errors
    /// `access.identity-not-connected`.
    pub fn only(world: &World) -> Result<(), Fault> {
        if Self::is_on(world) {
            Ok(())
        } else {
            Err(Refusal::new("access.identity-not-connected", "come-in-person").into())
        }
    }
}
