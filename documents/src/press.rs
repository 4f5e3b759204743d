//! The press: whoever turns a sheet into PDF. The engine is heavy and lives in a crate of its own that only the binary
//! knows; everybody else asks for the [`Printer`] that was installed.

use std::sync::Arc;

use crate::certificate::Certificate;
use crate::sheet::Sheet;

/// Turns sheets into PDF. Takes milliseconds of a processor: call it off the asynchronous threads, never in a transaction.
pub trait Press: Send + Sync {
    /// The sheet as a PDF file. The same sheet gives the same bytes.
    ///
    /// # Errors
    /// [`PressFault`].
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault>;

    /// A licence as a PDF file. The same certificate gives the same bytes.
    ///
    /// # Errors
    /// [`PressFault`].
    fn certificate(&self, one: &Certificate) -> Result<Vec<u8>, PressFault>;
}

/// No PDF could be made. The HTML is there all the same.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PressFault {
    /// There is no Chinese face on this machine.
    #[error("no Chinese font in {looked_in}; install one: sudo apt-get install fonts-noto-cjk")]
    NoFonts { looked_in: String },
    /// The engine refused the sheet: a defect of ours.
    #[error("the sheet could not be set: {0}")]
    Setting(String),
}

/// The press of this installation, a part of the world.
#[derive(Clone)]
pub struct Printer(pub Arc<dyn Press>);
