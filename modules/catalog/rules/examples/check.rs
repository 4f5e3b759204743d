//! Compiles a catalogue folder and prints what is wrong with it: `cargo run -p catalog --example check -- DIR [--json]`.

use std::path::Path;
use std::process::ExitCode;

use catalog::diagnostic::{Style, has_errors};
use catalog::{SourceFile, compile, render};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: check DIR [--json]");
        return ExitCode::from(2);
    };
    let mut files = Vec::new();
    if let Err(fault) = gather(Path::new(&folder), Path::new(&folder), &mut files) {
        eprintln!("{folder}: {fault}");
        return ExitCode::from(2);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let started = std::time::Instant::now();
    let (compiled, diagnostics) = compile(&files);
    let took = started.elapsed();
    if arguments.next().as_deref() == Some("--json") {
        println!("{}", serde_json::to_string_pretty(&diagnostics).expect("diagnostics are plain data"));
    } else {
        println!("{}", render(&diagnostics, &files, Style::Plain));
        let items = compiled.map_or(0, |compiled| compiled.catalog.items.len());
        println!("{} 个文件，{items} 个事项，用时 {took:?}", files.len());
    }
    ExitCode::from(u8::from(has_errors(&diagnostics)))
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml" || ending == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(SourceFile::new(name, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
