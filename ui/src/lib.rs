//! What every page shares: the shell around it, the parts inside it, the words for dates and figures, the files
//! a browser fetches. Floor 2: knows `kernel`, no module.
//!
//! Reading order: [`shell`] (who sees which page), [`mod@page`] (how it leaves the server), [`parts`] (fields, figures,
//! lamps, the timeline), [`say`] (dates and numbers in words), [`look`] (large text, dark desk), [`mod@assets`] and
//! [`headers`] (files and safety). The templates lie in `ui/templates`; `ui/README.md` shows how a page uses them.

// The shared templates name this crate as `ui::…`, both in other crates and here.
extern crate self as ui;

pub mod assets;
pub mod headers;
pub mod look;
pub mod page;
pub mod parts;
pub mod say;
pub mod shell;

pub use assets::{assets, routes};
pub use headers::guarded;
pub use look::{Look, TextSize, Theme};
pub use page::{Problem, page, page_with, problem_page, public_page};
pub use parts::*;
pub use shell::{Crumb, Door, Flash, FlashKind, NavLink, Shell, Site, Who};
