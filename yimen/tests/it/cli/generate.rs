//! `yimen generate DIR`: a city that is clean under the checker, the same for the same seed.

use tempfile::TempDir;

use crate::binary::yimen;
use crate::district::sample;

fn grown(seed: &str) -> TempDir {
    let folder = TempDir::with_prefix("yimen-city-").expect("a folder");
    let (path, sample) = (folder.path().to_str().expect("a path"), sample());
    let sample = sample.to_str().expect("a path");
    let size = ["--seed", seed, "--themes", "30", "--items", "60", "--sample", sample];
    let json = yimen([["generate", path, "--json"].as_slice(), &size].concat()).run().ends_with(0).json();
    assert_eq!((json["items_grown"].as_u64(), json["themes"].as_u64()), (Some(60), Some(30)));
    folder
}

#[test]
fn a_grown_city_is_clean_and_the_same_for_the_same_seed() {
    let (one, same, other) = (grown("7"), grown("7"), grown("8"));
    let path = one.path().to_str().expect("a path");
    let ran = yimen(["check", path, "--strict"]).run().ends_with(0);
    assert!(ran.out.contains("没有发现问题"), "{}{}", ran.out, ran.err);
    let read = |folder: &TempDir| catalog_service::folder::read(folder.path()).expect("a catalogue folder");
    assert_eq!(read(&one), read(&same));
    assert_ne!(read(&one), read(&other));
}

#[test]
fn nothing_is_written_over() {
    let folder = grown("7");
    let path = folder.path().to_str().expect("a path");
    yimen(["generate", path, "--sample", sample().to_str().expect("a path")]).run().ends_with(3);
}
