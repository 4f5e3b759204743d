//! Reading a catalogue folder: every text file below it, with its path relative to the folder.

use std::io;
use std::path::Path;

use catalog::{Corpora, LawLine, SourceFile};

/// Endings that belong to a catalogue; anything else in the folder is left alone.
const ENDINGS: [&str; 3] = ["yaml", "yml", "csv"];

/// The files below `folder`, sorted by path. A file that is not text is named in the error.
pub fn read(folder: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Law that the operator provides (法律文本库): one article a line, as JSON. A line that cannot be read is named in the error.
pub fn read_laws(path: &Path) -> io::Result<Corpora> {
    let text = std::fs::read_to_string(path).map_err(|fault| named(path, &fault))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str::<LawLine>(line).map_err(|fault| {
            let what = format!("{}, line {}: {fault}", path.display(), number + 1);
            io::Error::new(io::ErrorKind::InvalidData, what)
        })
    };
    text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()).map(line).collect()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder).map_err(|fault| named(folder, &fault))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| ENDINGS.contains(&ending)) {
            let text = std::fs::read_to_string(&path).map_err(|fault| named(&path, &fault))?;
            let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(SourceFile::new(shown, text));
        }
    }
    Ok(())
}

fn named(path: &Path, fault: &io::Error) -> io::Error {
    io::Error::new(fault.kind(), format!("{}: {fault}", path.display()))
}
