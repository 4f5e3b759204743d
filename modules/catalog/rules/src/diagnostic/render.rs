//! Diagnostics for people: the line, an arrow, the reason, the remedy, like a good compiler's.

use std::collections::{BTreeMap, HashMap};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Link, Place, Severity, SourceFile};

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// For files and pipes.
    #[default]
    Plain,
    /// With colours, for a terminal.
    Colour,
}

/// Renders them one after the other, with an empty line between, and a closing line with the count.
pub fn render(diagnostics: &[Diagnostic], files: &[SourceFile], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let texts: HashMap<&str, &str> = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    let mut out = String::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.accepted.is_none()) {
        let drawn = drawn(&diagnostic.circle);
        out.push_str(&renderer.render(&[group(diagnostic, &drawn, &texts)]));
        out.push_str("\n\n");
    }
    let accepted: Vec<String> = diagnostics.iter().filter_map(accepted).collect();
    if !accepted.is_empty() {
        out.push_str(&format!("已放行：\n{}\n", accepted.concat()));
    }
    out.push_str(&summary(diagnostics));
    out
}

/// An accepted warning on one line: it has been seen, and by whom.
fn accepted(diagnostic: &Diagnostic) -> Option<String> {
    let accepted = diagnostic.accepted.as_ref()?;
    let Diagnostic { code, place, what, .. } = diagnostic;
    let by = accepted.by.as_ref().map_or_else(String::new, |by| format!("，{by}"));
    let (file, line) = (&place.file, place.line);
    Some(format!("  {code} {file}:{line} {what}（{}{by}：{}）\n", accepted.date, accepted.reason))
}

/// How many there are, of each code when there are several.
fn summary(diagnostics: &[Diagnostic]) -> String {
    let open = || diagnostics.iter().filter(|diagnostic| diagnostic.accepted.is_none());
    let errors = open().filter(|d| d.severity == Severity::Error).count();
    let warnings = open().count() - errors;
    let mut line = match (errors, warnings) {
        (0, 0) => "没有发现问题".to_owned(),
        (0, warnings) => format!("没有错误，{warnings} 处提醒"),
        (errors, 0) => format!("{errors} 处错误"),
        (errors, warnings) => format!("{errors} 处错误，{warnings} 处提醒"),
    };
    let accepted = diagnostics.len() - errors - warnings;
    if accepted > 0 {
        line.push_str(&format!("，另有 {accepted} 处已放行"));
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    open().for_each(|diagnostic| *codes.entry(diagnostic.code).or_default() += 1);
    if codes.len() > 1 {
        let each: Vec<String> = codes.iter().map(|(code, times)| format!("{code}×{times}")).collect();
        line.push_str(&format!("\n{}", each.join(" ")));
    }
    line.push('\n');
    line
}

/// A circle drawn link by link, each with its place; None when there is none.
fn drawn(circle: &[Link]) -> Option<String> {
    let first = circle.first()?;
    let mut out = String::new();
    for (number, link) in circle.iter().enumerate() {
        let corner = if number == 0 { "┌→" } else { "│ " };
        let Link { place, who, needs } = link;
        out.push_str(&format!("{corner} {who}\n│    要先有{needs}  {}:{}\n", place.file, place.line));
    }
    out.push_str(&format!("└─ 又回到{}", first.who));
    Some(out)
}

fn group<'a>(diagnostic: &'a Diagnostic, drawn: &'a Option<String>, texts: &HashMap<&str, &'a str>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("提醒"),
    };
    let title = level.primary_title(diagnostic.what.as_str()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(snippet) = snippet(&diagnostic.place, texts, AnnotationKind::Primary, None) {
        group = group.element(snippet);
    }
    for also in &diagnostic.also {
        if let Some(snippet) = snippet(&also.place, texts, AnnotationKind::Context, Some(&also.what)) {
            group = group.element(snippet);
        }
    }
    if let Some(drawn) = drawn {
        group = group.element(Level::NOTE.with_name("循环").message(drawn.as_str()));
    }
    group = group.element(Level::NOTE.with_name("原因").message(diagnostic.why.as_str()));
    group.element(Level::HELP.with_name("改法").message(diagnostic.mend.as_str()))
}

/// Only the lines of the place are handed over, so that printing costs the same in a file of any size.
fn snippet<'a>(
    place: &Place,
    texts: &HashMap<&str, &'a str>,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let text = *texts.get(place.file.as_str())?;
    let head = text.get(..place.start)?;
    let first = head.rfind('\n').map_or(0, |at| at + 1);
    // A place that runs over several lines is shown by its first.
    let line_end = text[place.start..].find('\n').map_or(text.len(), |at| place.start + at);
    let end = place.end.min(line_end);
    let annotation = kind.span(place.start - first..end - first).label(label);
    let line = text[first..line_end].trim_end_matches('\r');
    Some(Snippet::source(line).line_start(place.line as usize).path(place.file.clone()).annotation(annotation))
}
