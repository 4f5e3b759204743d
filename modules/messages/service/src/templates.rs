//! The words in force: those the house comes with, or the installation's own `messages.toml` in its data folder.

use std::sync::Arc;

use messages::{TemplateFault, Templates};
use platform::{Fault, World};

/// The installation's own words, in the data folder.
const FILE: &str = "messages.toml";

/// Installs the words.
///
/// # Errors
/// [`TemplateFault`], in words for the person who starts the server.
pub fn install(world: &World) -> Result<(), TemplateFault> {
    let words = match std::fs::read_to_string(world.config.data.join(FILE)) {
        Ok(text) => Templates::read(&text)?,
        Err(_) => Templates::built_in()?,
    };
    world.parts.install(words);
    Ok(())
}

/// The words in force.
pub(crate) fn templates(world: &World) -> Result<Arc<Templates>, Fault> {
    match world.parts.get::<Templates>() {
        Some(words) => Ok(words),
        None => {
            install(world).map_err(Fault::internal)?;
            world.parts.get::<Templates>().ok_or_else(|| Fault::internal("no words for messages"))
        }
    }
}
