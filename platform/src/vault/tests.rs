//! The key store in a folder of its own.

use std::os::unix::fs::PermissionsExt;

use super::*;

fn now() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

fn open(folder: &Path) -> Result<Vault, KeyFault> {
    Vault::open_at(folder, None, None)
}

fn seal(authority: &str) -> Purpose {
    Purpose::Seal(authority.to_owned())
}

#[test]
fn a_key_is_made_at_its_first_use_and_found_at_the_second_by_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path()).unwrap();
    assert!(vault.made_master().is_some());
    let first = vault.signer(&seal("market"), now()).unwrap();
    assert!(first.made);
    let second = open(folder.path()).unwrap();
    assert!(second.made_master().is_none());
    let again = second.signer(&seal("market"), now()).unwrap();
    assert!(!again.made);
    assert_eq!((again.id, again.version), (first.id, 1));
    assert_ne!(vault.signer(&seal("health"), now()).unwrap().id, first.id);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
    }
}

#[test]
fn no_secret_lies_in_clear_and_no_file_opens_under_another_name_or_master_key() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path()).unwrap();
    let signer = vault.signer(&seal("market"), now()).unwrap();
    let path = folder.path().join("seal.market.1.json");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains(&hex::encode(signer.key.to_bytes())));

    let other = [9; gcm::KEY_BYTES];
    let fault = Vault::open_at(folder.path(), None, Some(&hex::encode(other))).err().unwrap();
    assert!(matches!(fault, KeyFault::Sealed { .. }), "{fault}");

    std::fs::write(&path, text.replace("seal/market", "seal/health")).unwrap();
    let fault = vault.signer(&seal("health"), now()).err().unwrap();
    assert!(matches!(fault, KeyFault::Sealed { .. }), "{fault}");
    std::fs::write(&path, "{}").unwrap();
    assert!(matches!(open(folder.path()).err().unwrap(), KeyFault::Form { .. }));
}

#[test]
fn without_its_master_key_the_store_does_not_open_and_makes_no_other() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).unwrap().signer(&Purpose::JournalRoot, now()).unwrap();
    std::fs::remove_file(folder.path().join(master::FILE)).unwrap();
    assert!(matches!(open(folder.path()).err().unwrap(), KeyFault::MasterMissing { .. }));
    assert!(!folder.path().join(master::FILE).exists());
}

#[test]
fn rotation_puts_a_new_version_in_force_and_keeps_the_old_to_read_with() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path()).unwrap();
    for purpose in [Purpose::PersonalData, Purpose::BlindIndex] {
        let first = vault.secret(&purpose, now()).unwrap();
        assert_eq!(first.bytes.len(), if purpose == Purpose::BlindIndex { 32 } else { 16 });
        assert_eq!(vault.rotate(&purpose, now()).unwrap().version, 2);
        let second = vault.secret(&purpose, now()).unwrap();
        assert_eq!(second.version, 2);
        assert_ne!(first.bytes, second.bytes);
        assert_eq!(vault.secret_version(&purpose, 1).unwrap().unwrap().bytes, first.bytes);
        assert!(vault.secret_version(&purpose, 3).unwrap().is_none());
        assert!(matches!(vault.make(&purpose, now()), Err(KeyFault::MadeBefore(_))));
    }
}

#[test]
fn a_revoked_key_counts_for_what_it_signed_before_and_is_followed_by_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path()).unwrap();
    let first = vault.make(&Purpose::JournalRoot, now()).unwrap();
    let day = |day: &str| day.parse::<NaiveDate>().unwrap();
    vault.revoke(first.id, day("2026-03-10"), "lost").unwrap();
    let fault = vault.revoke(first.id, day("2026-04-01"), "again").err().unwrap();
    assert!(matches!(fault, KeyFault::RevokedBefore(_)), "{fault}");

    let next = vault.signer(&Purpose::JournalRoot, now()).unwrap();
    assert!(next.made && next.version == 2 && next.id != first.id);
    let keys = vault.list().unwrap();
    assert_eq!(keys.iter().map(|key| key.version).collect::<Vec<_>>(), [1, 2]);
    let ring = KeyRing::of(keys);
    assert_eq!(ring.standing(first.id, &Purpose::JournalRoot, day("2026-03-09")), Standing::Good);
    assert_eq!(ring.standing(first.id, &Purpose::JournalRoot, day("2026-03-10")), Standing::Revoked);
    assert_eq!(ring.standing(next.id, &Purpose::JournalRoot, day("2026-03-10")), Standing::Good);
    assert_eq!(ring.standing(next.id, &seal("market"), day("2026-03-10")), Standing::Unknown);
}

#[test]
fn eight_processes_at_once_make_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let signed = |_| {
        let path = folder.path().to_owned();
        std::thread::spawn(move || open(&path).unwrap().signer(&Purpose::JournalRoot, now()).unwrap().id)
    };
    let threads: Vec<_> = (0..8).map(signed).collect();
    let ids: std::collections::BTreeSet<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(ids.len(), 1);
}

#[test]
fn a_public_record_that_contradicts_itself_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path()).unwrap();
    let (mut one, other) = (vault.make(&seal("market"), now()).unwrap(), vault.make(&seal("health"), now()).unwrap());
    assert!(one.pem.as_ref().unwrap().starts_with("-----BEGIN PUBLIC KEY-----"));
    one.id = other.id;
    let ring = KeyRing::of([one]);
    let day = "2026-03-10".parse().unwrap();
    assert_eq!(ring.standing(other.id, &seal("market"), day), Standing::Unknown);
}
