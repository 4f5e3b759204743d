//! The JSON of the interface: one type for each thing, made from the services' own views.
//!
//! The names are a contract: add, never rename. Text in `*_word` and `*_words` is ready to print; everything else is for
//! programs.

mod application;
mod case;
mod done;
mod draft;
mod guide;
mod item;
mod licence;
mod matter;
mod notice;
mod plan;
mod purse;
mod search;
mod session;
mod theme;
mod upload;

pub use application::*;
pub use case::*;
pub use done::*;
pub use draft::*;
pub use guide::*;
pub use item::*;
pub use licence::*;
pub use matter::*;
pub use notice::*;
pub use plan::*;
pub use purse::*;
pub use search::*;
pub use session::*;
pub use theme::*;
pub use upload::*;
