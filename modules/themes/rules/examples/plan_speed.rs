//! How long a plan takes: `cargo run --release -p themes --example plan_speed [FOLDER]`.
//!
//! Compiles a catalogue folder (the sample district by default) and plans the scenarios of each theme round and round.

use std::path::Path;
use std::time::Instant;
use std::{env, fs, process};

use catalog::SourceFile;
use themes::bench::Workload;

const PLANS: usize = 20_000;

fn main() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../samples/chancheng");
    let root = env::args().nth(1).unwrap_or_else(|| sample.to_owned());
    let mut files = Vec::new();
    read(Path::new(&root), Path::new(&root), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let start = Instant::now();
    let (compiled, diagnostics) = catalog::compile(&files);
    let compiled = compiled.unwrap_or_else(|| refuse(&diagnostics, &files));
    let catalogue = start.elapsed();
    let (found, diagnostics) = themes::compile(&compiled.catalog, &files);
    let found = found.unwrap_or_else(|| refuse(&diagnostics, &files));
    println!("目录 {catalogue:.1?}，{} 个主题 {:.1?}", found.len(), start.elapsed() - catalogue);
    let (scenarios, _) = themes::scenarios(&compiled.catalog, &found, &files);
    for theme in &found {
        let Some(workload) = Workload::new(theme, &scenarios) else { continue };
        workload.plan(PLANS / 10);
        let start = Instant::now();
        let sum = workload.plan(PLANS);
        let plan = start.elapsed() / PLANS as u32;
        let start = Instant::now();
        let bytes = workload.plan_and_write(PLANS / 10) / (PLANS as u64 / 10);
        let written = start.elapsed() / (PLANS as u32 / 10);
        println!("{:24} 方案 {plan:>9.2?}   方案和 JSON {written:>9.2?} （{bytes} 字节，校验 {sum}）", theme.id);
    }
}

fn read(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, files);
        } else if let (Ok(text), Ok(name)) = (fs::read_to_string(&path), path.strip_prefix(root)) {
            files.push(SourceFile::new(name.to_string_lossy(), text));
        }
    }
}

fn refuse<T>(diagnostics: &[catalog::Diagnostic], files: &[SourceFile]) -> T {
    eprint!("{}", catalog::render(diagnostics, files, catalog::diagnostic::Style::Plain));
    process::exit(1)
}
