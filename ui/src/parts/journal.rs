//! What happened and who did it (留痕), newest first or oldest first as handed in.

use askama::Template;

/// One line of the record.
#[derive(Debug, Clone, Default)]
pub struct JournalEntry {
    /// 今天 10:32
    pub at: String,
    /// The moment for machines: 2026-11-22T10:32:00+08:00; may be empty.
    pub iso: String,
    /// Who: 李敏（区市场监管局 承办）.
    pub who: String,
    /// What: 受理了申请.
    pub did: String,
    /// Words that go with it: an opinion, a reason.
    pub detail: Option<String>,
    /// An official act (decision, notice), marked with the seal's red.
    pub official: bool,
}

/// The record as a list.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/journal.html")]
pub struct Journal {
    /// The lines.
    pub entries: Vec<JournalEntry>,
}
