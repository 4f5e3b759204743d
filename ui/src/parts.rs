//! The parts a page is put together from. Each is a plain struct that draws itself: put it into the page's struct
//! and write `{{ part }}` in the template. It is already escaped inside, so it needs no filter.

mod errors;
mod field;
mod figure;
mod journal;
mod lamp;
mod material;
mod pager;
mod progress;
mod select;
mod timeline;
mod track;
mod upload;

pub use errors::ErrorSummary;
pub use field::{Field, FieldKind, Opt, Source};
pub use figure::{Figure, Tally, TallyItem};
pub use journal::{Journal, JournalEntry};
pub use lamp::{Lamp, Signal};
pub use material::{MaterialRow, Standing};
pub use pager::Pager;
pub use progress::{Progress, Stage, StageState};
pub use select::Select;
pub use timeline::{Bar, Timeline};
pub use track::{Track, TrackRow};
pub use upload::{Upload, UploadedFile};

/// Everything here escapes the text it is given, so a template may print it as it is.
macro_rules! safe_to_print {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}

safe_to_print!(
    ErrorSummary,
    Field,
    Figure,
    Tally,
    Journal,
    Lamp,
    Select,
    Signal,
    MaterialRow,
    Pager,
    Progress,
    Timeline,
    Track,
    Upload,
);
