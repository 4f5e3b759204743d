//! Official documents (文书): what they hold, how they are worded and laid out, their HTML to print and their PDF.
//!
//! Knows no case and no database: a notice is handed in with all its facts, a sheet comes out, or the name of the fact
//! that is missing. Read in this order:
//!
//! 1. [`Notice`]: a [`struct@Head`] that all forms share, and one [`Form`] with its own facts
//! 2. [`DocumentNumber`], as 禅市监受〔2026〕1号
//! 3. [`compose`]: the words of `text/forms.toml` filled in, refused where one is missing
//! 4. [`Sheet`]: the page as blocks, the same for every kind of paper; `marks` draws seal and QR code
//! 5. [`certificate`]: a licence as it is printed (证照照面), which is no letter and has a layout of its own
//! 6. [`html`]: the sheet in a browser; [`Press`]: the sheet as PDF, made by whoever was installed

mod amount;
mod certificate;
mod compose;
mod form;
mod format;
mod html;
mod marks;
mod notice;
mod number;
mod press;
mod sheet;

pub use certificate::{Certificate, CertificateFacts, Void, certificate, certificate_html};
pub use compose::{Issue, Missing, Voided, compose};
pub use form::{CorrectionLine, Document, FeeLine, Form, Paper, PaperDue, Undoing};
pub use format::{FORMS, is_for_applicant, mark_of, title_of};
pub use html::html;
pub use marks::labelled_qr;
pub use notice::{Head, Notice, Power, Remedy};
pub use number::DocumentNumber;
pub use press::{Press, PressFault, Printer};
pub use sheet::{Block, Cell, Check, Column, Head as SheetHead, Seal, Sheet, Signature};
