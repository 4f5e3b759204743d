//! What a seal finds: every changed byte, every other key, and nothing in a file left alone.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, Stream};

use super::*;
use crate::vault::{KeyRing, PublicKeyRecord, Vault};

const STATEMENT: &str = r#"{"licence":"L-1","mark":"1.2.156.3005.2","version":1}"#;

fn now() -> DateTime<Utc> {
    "2026-11-22T01:02:03Z".parse().unwrap()
}

/// A page with a word on it.
fn page() -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let pages = file.new_object_id();
    let content = file.add_object(Stream::new(Dictionary::new(), b"BT (licence) Tj ET".to_vec()));
    let mut page = Dictionary::new();
    page.set("Type", "Page");
    page.set("Parent", Object::Reference(pages));
    page.set("MediaBox", vec![0.into(), 0.into(), 842.into(), Object::Integer(595)]);
    page.set("Contents", Object::Reference(content));
    let page = file.add_object(page);
    let mut tree = Dictionary::new();
    tree.set("Type", "Pages");
    tree.set("Kids", vec![Object::Reference(page)]);
    tree.set("Count", 1);
    file.objects.insert(pages, Object::Dictionary(tree));
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", Object::Reference(pages));
    let catalog = file.add_object(catalog);
    file.trailer.set("Root", Object::Reference(catalog));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// A key store of its own, and what seals in it.
struct House {
    _folder: tempfile::TempDir,
    vault: Vault,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open_at(&folder.path().join("keys"), None, None).unwrap();
        Self { _folder: folder, vault }
    }

    fn sealer(&self, authority: &str) -> Sealer {
        let root = self.vault.signer(&Purpose::SealRoot, now()).unwrap();
        let own = self.vault.signer(&Purpose::Seal(authority.into()), now()).unwrap();
        Sealer::made_of(&root.key, own.key, (authority, "佛山市禅城区市场监督管理局, 试=用"), now()).unwrap()
    }

    fn sealed(&self) -> Vec<u8> {
        self.sealer("market").seal(&page(), STATEMENT, now()).unwrap()
    }

    fn keys(&self) -> Vec<PublicKeyRecord> {
        self.vault.list().unwrap()
    }

    fn check(&self, file: &[u8]) -> Checked {
        check(file, &KeyRing::of(self.keys()))
    }
}

fn whole(checked: Checked) -> SealedFile {
    match checked {
        Checked::Whole(file) => file,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sealed_file_says_what_was_sealed_by_whom_and_when() {
    let house = House::new();
    let sealed = house.sealed();
    assert!(sealed.starts_with(&page()), "what was printed is not touched");
    let read = Document::load_mem(&sealed).unwrap();
    assert_eq!(read.get_pages().len(), 1, "it is still a PDF");
    let file = whole(house.check(&sealed));
    assert_eq!((file.statement.as_str(), file.at, file.authority.as_str()), (STATEMENT, now(), "market"));
    assert_eq!(file.name, "佛山市禅城区市场监督管理局, 试=用");
    assert_eq!(house.sealed(), sealed, "the same file, statement and moment have the same seal");
}

#[test]
fn a_bit_changed_anywhere_is_found() {
    let house = House::new();
    let ring = KeyRing::of(house.keys());
    let ring = if ring.is_empty() {
        house.sealed();
        KeyRing::of(house.keys())
    } else {
        ring
    };
    let sealed = house.sealed();
    let digits = sealed.windows(10).rposition(|part| part == b"/Contents<").unwrap() + 10;
    // Two hundred places by a fixed rule all over the file, one in each of the first bytes of the signature, and both ends.
    let mut seed = 20_261_122_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let mut places: Vec<usize> = (0..200).map(|_| random() % sealed.len()).collect();
    places.extend(digits..digits + 1_900);
    places.extend([0, sealed.len() - 1]);
    let mut told_changed = 0;
    for (count, at) in places.iter().enumerate() {
        let mut other = sealed.clone();
        other[*at] ^= 1 << (count % 8);
        match check(&other, &ring) {
            Checked::Changed => told_changed += 1,
            Checked::Foreign => {}
            found => panic!("byte {at}, bit {}: {found:?}", count % 8),
        }
    }
    assert!(told_changed * 100 > places.len() * 97, "{told_changed} of {} are told as changed", places.len());
}

#[test]
fn what_is_added_or_cut_off_is_found() {
    let house = House::new();
    let sealed = house.sealed();
    for more in [&b"\n"[..], b"%%EOF", b"1 0 obj<</Type/Catalog>>endobj"] {
        assert_eq!(house.check(&[&sealed[..], more].concat()), Checked::Changed);
    }
    assert_eq!(house.check(&sealed[..sealed.len() - 1]), Checked::Changed);
    // A page slipped in before the signature moves it.
    let moved = [&sealed[..20], b"%", &sealed[20..]].concat();
    assert_eq!(house.check(&moved), Checked::Changed);
    // Another statement under the same signature.
    let statement = hex::encode(STATEMENT);
    let text = |from: &[u8]| sealed.windows(from.len()).position(|part| part.eq_ignore_ascii_case(from)).unwrap();
    let mut other = sealed.clone();
    other[text(statement.as_bytes()) + 20] ^= 1;
    assert_eq!(house.check(&other), Checked::Changed);
}

#[test]
fn a_file_without_our_seal_is_foreign() {
    let house = House::new();
    house.sealed();
    assert_eq!(house.check(&page()), Checked::Foreign);
    assert_eq!(house.check(b""), Checked::Foreign);
    assert_eq!(house.check(b"/ByteRange[0 1 2 3]/Contents<00>"), Checked::Foreign);
    let elsewhere = House::new();
    assert_eq!(house.check(&elsewhere.sealed()), Checked::Foreign, "sealed with keys nobody here knows");
}

#[test]
fn a_key_counts_for_its_own_authority_only() {
    let house = House::new();
    let root = house.vault.signer(&Purpose::SealRoot, now()).unwrap();
    let health = house.vault.signer(&Purpose::Seal("health".into()), now()).unwrap();
    // The certificate says market, the key is kept as that of health.
    let forged = Sealer::made_of(&root.key, health.key, ("market", "局"), now()).unwrap();
    assert_eq!(house.check(&forged.seal(&page(), STATEMENT, now()).unwrap()), Checked::Foreign);
    // Nor does a certificate that another key than the root has signed.
    let own = house.vault.signer(&Purpose::Seal("market".into()), now()).unwrap();
    let other_root = SignKey::generate().unwrap();
    let forged = Sealer::made_of(&other_root, own.key, ("market", "局"), now()).unwrap();
    assert_eq!(house.check(&forged.seal(&page(), STATEMENT, now()).unwrap()), Checked::Foreign);
}

#[test]
fn after_a_rotation_old_seals_hold_and_after_a_revocation_the_day_is_told() {
    let house = House::new();
    let purpose = Purpose::Seal("market".into());
    let old = house.sealed();
    house.vault.rotate(&purpose, now()).unwrap();
    let new = house.sealed();
    assert_ne!(whole(house.check(&old)).key, whole(house.check(&new)).key);
    let day = "2026-11-25".parse().unwrap();
    let lost = whole(house.check(&old)).key;
    house.vault.revoke(lost, day, "私钥泄露").unwrap();
    match house.check(&old) {
        Checked::RevokedKey(file, revoked) => {
            assert_eq!((file.statement.as_str(), revoked.day, revoked.reason.as_str()), (STATEMENT, day, "私钥泄露"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(whole(house.check(&new)).statement, STATEMENT);
    // A changed file is told as changed, whatever became of the key.
    let mut changed = old;
    changed[100] ^= 1;
    assert_eq!(house.check(&changed), Checked::Changed);
}
