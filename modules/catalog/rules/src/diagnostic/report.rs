//! Collecting findings while reading and checking, and placing them at the end.

use std::ops::Range;

use super::places::{Locator, Span};
use super::{Also, Diagnostic, Link, Place, SourceFile};
use crate::codes::Code;

/// Something found, not yet placed. Made by [`Report::at`]; the methods add to it.
#[derive(Debug, Clone)]
pub struct Finding {
    code: &'static Code,
    span: Span,
    /// Bytes inside the text at the span, when the finding is about a part of it.
    part: Option<(String, Range<usize>)>,
    what: String,
    why: Option<String>,
    mend: Option<String>,
    also: Vec<(Span, String)>,
    circle: Vec<Waiting>,
}

/// One who waits in a circle, not yet placed; the next in the list is who is waited for, after the last the first.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Where the wait is written.
    pub span: Span,
    /// Whose matter waits.
    pub who: String,
    /// For what.
    pub needs: String,
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

    /// Says that it is about a circle, and draws it.
    pub fn circle(&mut self, circle: Vec<Waiting>) -> &mut Self {
        self.circle = circle;
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
            circle: Vec::new(),
        });
        self.findings.last_mut().expect("a finding was pushed just now")
    }

    /// How many findings there are so far; comparing two counts tells whether something in between found anything.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Where a stretch of a file stands.
    pub fn place(&self, span: Span) -> Place {
        let locator = Locator::new(&self.files[span.file as usize]);
        locator.place(locator.bytes(span))
    }

    /// What was found, not yet placed, for those who keep it.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Places all findings, in the order of the files and of the lines.
    pub fn finish(self) -> Vec<Diagnostic> {
        let order: Vec<u32> = (0..self.files.len() as u32).collect();
        placed(self.files, &order, self.findings.iter())
    }
}

/// Places findings, in the order of the files given and of the lines.
pub(crate) fn placed<'f>(
    files: &[SourceFile],
    order: &[u32],
    findings: impl Iterator<Item = &'f Finding>,
) -> Vec<Diagnostic> {
    let locators: Vec<_> = files.iter().map(Locator::new).collect();
    let mut ranks = vec![u32::MAX; files.len()];
    order.iter().enumerate().for_each(|(rank, file)| ranks[*file as usize] = rank as u32);
    let mut diagnostics: Vec<(u32, Diagnostic)> = findings
        .map(|finding| {
            let rank = ranks.get(finding.span.file as usize).copied().unwrap_or(u32::MAX);
            (rank, diagnostic(&locators, finding))
        })
        .collect();
    diagnostics.sort_by(|(file_a, a), (file_b, b)| {
        let key = |d: &Diagnostic| (d.place.start, d.code);
        file_a.cmp(file_b).then_with(|| key(a).cmp(&key(b)))
    });
    diagnostics.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

fn diagnostic(locators: &[Locator<'_>], finding: &Finding) -> Diagnostic {
    let nowhere = SourceFile::new("", "");
    let locator = |span: Span| locators.get(span.file as usize);
    let place = match locator(finding.span) {
        Some(found_in) => found_in.place(narrowed(found_in, finding)),
        None => Locator::new(&nowhere).place(0..0),
    };
    let also = finding.also.iter().filter_map(|(span, what)| {
        let found_in = locator(*span)?;
        Some(Also { place: found_in.place(found_in.bytes(*span)), what: what.clone() })
    });
    let circle = finding.circle.iter().filter_map(|waiting| {
        let found_in = locator(waiting.span)?;
        let place = found_in.place(found_in.bytes(waiting.span));
        Some(Link { place, who: waiting.who.clone(), needs: waiting.needs.clone() })
    });
    Diagnostic {
        code: finding.code.id,
        severity: finding.code.severity,
        place,
        what: finding.what.clone(),
        why: finding.why.clone().unwrap_or_else(|| finding.code.why.into()),
        mend: finding.mend.clone().unwrap_or_else(|| finding.code.mend.into()),
        also: also.collect(),
        circle: circle.collect(),
        accepted: None,
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
