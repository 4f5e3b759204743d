//! Diagnostics for people: the line, an arrow, the reason, the remedy, like a good compiler's.

use std::collections::HashMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, SourceFile};

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
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, &texts)]));
        out.push_str("\n\n");
    }
    out.push_str(&summary(diagnostics));
    out
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (0, 0) => "没有发现问题\n".into(),
        (0, warnings) => format!("没有错误，{warnings} 处提醒\n"),
        (errors, 0) => format!("{errors} 处错误\n"),
        (errors, warnings) => format!("{errors} 处错误，{warnings} 处提醒\n"),
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, texts: &HashMap<&str, &'a str>) -> Group<'a> {
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
