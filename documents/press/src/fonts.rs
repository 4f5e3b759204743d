//! Chinese fonts of this machine. Only the few files a document is set in are read: all of a system's are gigabytes.

use std::path::{Path, PathBuf};

use documents::PressFault;

/// Where systems keep fonts.
const KNOWN: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:\\Windows\\Fonts",
];

/// Faces of official documents, by what their files are called: 小标宋 and 仿宋 where somebody installed them, 宋.
const FACES: [&str; 10] = [
    "notoserifcjk-regular",
    "notoserifcjk-bold",
    "notoserifcjksc",
    "sourcehanserif",
    "simsun",
    "songti",
    "fangsong",
    "simfang",
    "fandolfang",
    "xiaobiaosong",
];
/// Where there is no 宋, a 黑 is better than nothing.
const LAST_RESORT: [&str; 5] = ["notosanscjk-regular", "notosanscjksc", "sourcehansans", "wqy", "droidsansfallback"];

/// How deep font folders are nested.
const DEPTH: usize = 6;
/// Files of the same face in several weights: more are not read.
const MOST: usize = 12;

/// The fonts, read.
pub(crate) fn find(folder: Option<&Path>) -> Result<Vec<Vec<u8>>, PressFault> {
    let folders: Vec<PathBuf> = folder.map_or_else(|| KNOWN.map(PathBuf::from).to_vec(), |one| vec![one.to_owned()]);
    let mut files = Vec::new();
    for folder in &folders {
        walk(folder, DEPTH, &mut files);
    }
    files.sort();
    let mut chosen = named(&files, &FACES);
    if !chosen.iter().any(|file| !is_special(file)) {
        chosen.extend(named(&files, &LAST_RESORT));
    }
    let fonts: Vec<Vec<u8>> = chosen.iter().take(MOST).filter_map(|file| read(file)).collect();
    if fonts.is_empty() {
        let looked_in: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
        return Err(PressFault::NoFonts { looked_in: looked_in.join(", ") });
    }
    Ok(fonts)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, files);
            }
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(is_font) {
            files.push(path);
        }
    }
}

fn is_font(ending: &str) -> bool {
    ["ttf", "otf", "ttc", "otc"].contains(&ending.to_ascii_lowercase().as_str())
}

fn named(files: &[PathBuf], faces: &[&str]) -> Vec<PathBuf> {
    files.iter().filter(|file| faces.iter().any(|face| plain_name(file).contains(face))).cloned().collect()
}

/// The file's name in small letters without blanks and underscores.
fn plain_name(file: &Path) -> String {
    let name = file.file_stem().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.replace([' ', '_'], "")
}

/// 小标宋 alone cannot set a body.
fn is_special(file: &Path) -> bool {
    plain_name(file).contains("xiaobiaosong")
}

fn read(file: &Path) -> Option<Vec<u8>> {
    std::fs::read(file).inspect_err(|cause| tracing::warn!("cannot read the font {}: {cause}", file.display())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_chinese_fonts_is_told_what_to_install() {
        let empty = tempfile::tempdir().unwrap();
        let told = find(Some(empty.path())).unwrap_err().to_string();
        assert!(told.contains("apt-get install fonts-noto-cjk"), "{told}");
        assert!(told.contains(&empty.path().display().to_string()), "{told}");
    }

    #[test]
    fn names_of_files_tell_the_face() {
        for (name, wanted) in
            [("NotoSerifCJK-Regular.ttc", true), ("FangSong_GB2312.ttf", true), ("DejaVuSans.ttf", false)]
        {
            assert_eq!(!named(&[PathBuf::from(name)], &FACES).is_empty(), wanted, "{name}");
        }
    }
}
