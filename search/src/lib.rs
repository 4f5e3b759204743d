//! Finding by what people say (查找): everyday Chinese, colloquial names, pinyin and its initials, slips of the keyboard.
//!
//! It knows no theme and no item. In go [`Document`]s, each with the ways people say it, and a [`Lexicon`] of words that mean
//! the same; out come [`Hit`]s with the reason, so that a page can show what fitted. An [`Index`] is built once, never changed
//! and asked by many at a time. Pure: no clock, no files, no randomness; the same question always finds the same.
//!
//! Reading order: `document` and `lexicon` (what goes in), `plain` (a text without what says nothing), `sound` (how a
//! character may sound), `question` (the ways to read what was typed), `postings` and `index` (what is kept), `align` (how
//! well one saying fits), `find` (candidates, then the best), `hit` (what comes out).

mod align;
mod document;
mod find;
mod hit;
mod index;
mod lexicon;
mod plain;
mod postings;
mod question;
mod sound;

pub use document::Document;
pub use find::{Asked, QUESTION_MAX};
pub use hit::{Answer, Hit, Why};
pub use index::Index;
pub use lexicon::Lexicon;
