//! From character positions, which the YAML scanner counts, to bytes, lines and columns, which people and tools want.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Place, SourceFile};

/// A stretch of one file, in characters. Knows its file by its number among the files handed in, so that findings need
/// no context to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub file: u32,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The beginning of a file.
    pub fn top_of(file: usize) -> Self {
        Self { file: file as u32, start: 0, end: 0 }
    }
}

/// Resolves spans of one file. Tables are made when the first finding needs them; most files never do.
pub(super) struct Locator<'a> {
    file: &'a SourceFile,
    tables: OnceCell<Tables>,
}

struct Tables {
    /// Byte of every `STRIDE`th character.
    milestones: Vec<usize>,
    /// First byte of every line.
    lines: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'a> Locator<'a> {
    pub fn new(file: &'a SourceFile) -> Self {
        Self { file, tables: OnceCell::new() }
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            let text = &self.file.text;
            let milestones = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
            let lines = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            Tables { milestones, lines }
        })
    }

    fn byte(&self, character: u32) -> usize {
        let text = &self.file.text;
        let Some(milestone) = self.tables().milestones.get(character as usize / STRIDE) else { return text.len() };
        let rest = &text[*milestone..];
        rest.char_indices().nth(character as usize % STRIDE).map_or(text.len(), |(at, _)| milestone + at)
    }

    /// The bytes of a span.
    pub fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }

    /// The place of a stretch of bytes.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let (line, column) = self.line_and_column(bytes.start);
        let (end_line, end_column) = self.line_and_column(bytes.end);
        Place { file: self.file.path.clone(), line, column, end_line, end_column, start: bytes.start, end: bytes.end }
    }

    fn line_and_column(&self, byte: usize) -> (u32, u32) {
        let lines = &self.tables().lines;
        let line = lines.partition_point(|start| *start <= byte).max(1);
        let column = self.file.text[lines[line - 1]..byte].chars().count() + 1;
        (line as u32, column as u32)
    }

    /// The text of a stretch of bytes.
    pub fn text(&self, bytes: Range<usize>) -> &'a str {
        &self.file.text[bytes]
    }
}
