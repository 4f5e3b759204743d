//! The journal as a file: it says what the database says, and a file that is not whole is refused.

use platform::journal::{self, Against, ExportFault, Verified};
use platform::roots::Root;

use crate::days::{Keys, fill};
use crate::ground::each_db;

#[tokio::test]
async fn a_file_is_found_as_whole_as_the_database_and_carries_its_keys() {
    each_db(async |db, hand| {
        let keys = Keys::new();
        let closed = fill(&db, &hand, &keys.signer(), 4).await;
        let mut file = Vec::new();
        let written = journal::export(&db, &keys.vault().list().unwrap(), &mut file).await.unwrap();
        let against = Against { keys: Some(keys.ring()), kept: closed.clone() };
        let verified = journal::verify_file(&file[..], &against).unwrap();
        assert!(verified.is_whole(), "{verified:?}");
        assert_eq!(verified, journal::verify_against(&db, &against).await.unwrap());
        assert_eq!((written.chains, written.rows, written.roots), (verified.chains, verified.rows, verified.roots));
        assert_eq!(journal::keys_of(&file[..]).unwrap(), keys.vault().list().unwrap());
        every_line_counts(std::str::from_utf8(&file).unwrap(), &closed);
    })
    .await;
}

/// Leaves out, doubles and swaps lines; either the file is refused or something is named.
fn every_line_counts(text: &str, kept: &[Root]) {
    let lines: Vec<&str> = text.lines().collect();
    let keys = |line: &&str| line.starts_with("{\"key\"");
    let verify = |lines: &[&str]| -> Result<Verified, ExportFault> {
        let file = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        journal::verify_file(file.as_bytes(), &Against { keys: None, kept: kept.to_vec() })
    };
    assert!(verify(&lines).unwrap().is_whole());
    for at in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(at);
        let told = verify(&without);
        assert!(keys(&lines[at]) || told.as_ref().map_or(true, |told| !told.is_whole()), "without line {at}: {told:?}");
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        let told = verify(&twice);
        assert!(keys(&lines[at]) || told.as_ref().map_or(true, |told| !told.is_whole()), "line {at} twice: {told:?}");
    }
    assert!(matches!(verify(&lines[..lines.len() - 1]), Err(ExportFault::CutOff)));
    assert!(matches!(verify(&[]), Err(ExportFault::CutOff)));
    let half = &text.as_bytes()[..text.len() / 2];
    assert!(matches!(journal::verify_file(half, &Against::default()), Err(ExportFault::Line { .. })));
}
