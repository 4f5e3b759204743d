//! Several things in one cell: one a line, their parts between bars. What a text has of its own of either is escaped, so that
//! writing and reading again gives the same.

/// Parts of one thing, as a line.
pub fn line(parts: &[&str]) -> String {
    let last = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |at| at + 1);
    parts[..last].iter().map(|part| escape(part)).collect::<Vec<_>>().join("｜")
}

/// Things, each a line, as a cell.
pub fn cell(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

/// The lines of a cell, each in its parts. Lines without text are left out.
pub fn read(cell: &str) -> Vec<Vec<String>> {
    let lines = cell.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    lines.filter(|line| !line.trim().is_empty()).map(parts).collect()
}

fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let own = parts.last_mut().expect("never empty");
        match letter {
            '｜' => parts.push(String::new()),
            '\\' => match letters.next() {
                Some('n') => own.push('\n'),
                Some('r') => own.push('\r'),
                Some('s') => own.push(' '),
                Some(other) => own.push(other),
                None => own.push('\\'),
            },
            other => own.push(other),
        }
    }
    parts
}

fn escape(part: &str) -> String {
    let escaped = part.replace('\\', r"\\").replace('｜', r"\｜").replace('\n', r"\n").replace('\r', r"\r");
    // A line of nothing but blanks would be taken for no line at all.
    if !escaped.is_empty() && escaped.trim().is_empty() { r"\s".repeat(escaped.chars().count()) } else { escaped }
}
