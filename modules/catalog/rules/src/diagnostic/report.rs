//! Collecting findings while reading and checking, and placing them at the end.

use std::ops::Range;

use super::places::{Locator, Span};
use super::{Also, Diagnostic, SourceFile};
use crate::codes::Code;

/// Something found, not yet placed. Made by [`Report::at`]; the methods add to it.
#[derive(Debug)]
pub struct Finding {
    code: &'static Code,
    span: Span,
    /// Bytes inside the text at the span, when the finding is about a part of it.
    part: Option<(String, Range<usize>)>,
    what: String,
    why: Option<String>,
    mend: Option<String>,
    also: Vec<(Span, String)>,
}

impl Finding {
    /// Replaces the general reason of the code.
    pub fn why(&mut self, why: impl Into<String>) -> &mut Self {
        self.why = Some(why.into());
        self
    }

    /// Replaces the general advice of the code.
    pub fn mend(&mut self, mend: impl Into<String>) -> &mut Self {
        self.mend = Some(mend.into());
        self
    }

    /// Points to another place that has to do with it.
    pub fn also(&mut self, span: Span, what: impl Into<String>) -> &mut Self {
        self.also.push((span, what.into()));
        self
    }

    /// Narrows the finding to some bytes of the text that stands at the span (an expression inside a scalar). If the
    /// file writes the text another way (escapes, folded lines), the whole span is kept.
    pub fn part(&mut self, text: &str, bytes: Range<usize>) -> &mut Self {
        self.part = Some((text.to_owned(), bytes));
        self
    }
}

/// All that was found in one set of files.
pub struct Report<'a> {
    files: &'a [SourceFile],
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    /// An empty report about these files.
    pub fn new(files: &'a [SourceFile]) -> Self {
        Self { files, findings: Vec::new() }
    }

    /// The files it is about; spans count them in this order.
    pub fn files(&self) -> &'a [SourceFile] {
        self.files
    }

    /// Adds a finding.
    pub fn at(&mut self, code: &'static Code, span: Span, what: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            code,
            span,
            part: None,
            what: what.into(),
            why: None,
            mend: None,
            also: Vec::new(),
        });
        self.findings.last_mut().expect("a finding was pushed just now")
    }

    /// How many findings there are so far; comparing two counts tells whether something in between found anything.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Places all findings, in the order of the files and of the lines.
    pub fn finish(self) -> Vec<Diagnostic> {
        let locators: Vec<_> = self.files.iter().map(Locator::new).collect();
        let nowhere = SourceFile::new("", "");
        let nowhere = Locator::new(&nowhere);
        let locator = |span: Span| locators.get(span.file as usize);
        let mut diagnostics: Vec<(u32, Diagnostic)> = Vec::with_capacity(self.findings.len());
        for finding in self.findings {
            let found_in = locator(finding.span);
            let place = match found_in {
                Some(found_in) => found_in.place(narrowed(found_in, &finding)),
                None => nowhere.place(0..0),
            };
            let also = finding.also.into_iter().filter_map(|(span, what)| {
                let found_in = locator(span)?;
                Some(Also { place: found_in.place(found_in.bytes(span)), what })
            });
            let diagnostic = Diagnostic {
                code: finding.code.id,
                severity: finding.code.severity,
                place,
                what: finding.what,
                why: finding.why.unwrap_or_else(|| finding.code.why.into()),
                mend: finding.mend.unwrap_or_else(|| finding.code.mend.into()),
                also: also.collect(),
            };
            diagnostics.push((finding.span.file, diagnostic));
        }
        diagnostics.sort_by(|(file_a, a), (file_b, b)| {
            let key = |d: &Diagnostic| (d.place.start, d.code);
            file_a.cmp(file_b).then_with(|| key(a).cmp(&key(b)))
        });
        diagnostics.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }
}

fn narrowed(locator: &Locator<'_>, finding: &Finding) -> Range<usize> {
    let whole = locator.bytes(finding.span);
    let Some((text, part)) = &finding.part else { return whole };
    match locator.text(whole.clone()).find(text.as_str()) {
        Some(offset) => {
            let start = whole.start + offset;
            start + part.start..start + part.end
        }
        None => whole,
    }
}
