//! The record as proof, by commands: receipt, export, roots kept outside, keys.

use std::path::{Path, PathBuf};

use platform::roots::{self, RootsFile, Step};
use platform::vault::{Purpose, Vault};
use platform::{Clock, World};
use testkit::day;

use crate::binary::{Yimen, yimen};
use crate::district::{database_of, loaded_folder};
use crate::life::District;

/// A data folder with one accepted application of 23 November and two days closed after it.
struct Proven {
    folder: tempfile::TempDir,
    number: String,
    chain: String,
}

impl Proven {
    async fn build() -> Self {
        let folder = loaded_folder();
        let url = database_of(folder.path());
        let clock = Clock::on(day("2026-11-23"));
        let district = District::open(&url, clock.clone()).await;
        let opened = district.submit("shop-owner", &["sign-filing"], &["business-licence"]).await;
        close(&district.world, folder.path()).await;
        district.accept(opened.application).await;
        let Clock::Fixed(hand) = clock else { unreachable!() };
        hand.advance_days(2);
        close(&district.world, folder.path()).await;
        district.world.db.close().await;
        Self { folder, number: opened.number, chain: opened.application.to_string() }
    }

    fn yimen<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Yimen {
        yimen(arguments).data(self.folder.path())
    }

    fn keep(&self, name: &str, content: &str) -> String {
        let file = self.folder.path().join(name);
        std::fs::write(&file, content).expect("a file");
        path(&file)
    }

    async fn roots(&self) -> RootsFile {
        let url = database_of(self.folder.path());
        let reader = platform::Database::connect_to_read(&url).await.expect("the database");
        let found = roots::list(&reader, None, 100).await.expect("the roots");
        reader.close().await.expect("the connection closes");
        RootsFile::of(platform::vault::list(&self.folder.path().join("keys")).expect("the keys"), found, None)
    }
}

fn path(file: &Path) -> String {
    file.to_str().expect("a path").to_owned()
}

/// Closes what is due, as the nightly job does.
async fn close(world: &World, folder: &Path) {
    let vault = Vault::open_at(&folder.join("keys"), None, None).expect("the key store");
    let signer = vault.signer(&Purpose::JournalRoot, world.clock.now_utc()).expect("a key");
    while roots::step(&world.db, &signer, 1_000).await.expect("the database") != Step::Nothing {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_holds_without_the_database_and_a_changed_one_does_not() {
    let proven = Proven::build().await;
    let printed = proven.yimen(["receipt", &proven.number]).run().ends_with(0);
    assert_eq!(printed.json()["chain"], proven.chain);
    let receipt = proven.keep("receipt.json", &printed.out);
    let keys = proven.keep("keys.json", &proven.yimen(["key", "public"]).run().ends_with(0).out);
    let kept = proven.keep("kept.json", &serde_json::to_string(&proven.roots().await).expect("JSON"));

    // Somewhere else, with nothing but the files.
    let ran = yimen(["verify", "--receipt", &receipt]).run().ends_with(0);
    assert!(
        ran.out.contains(&proven.number) && ran.out.contains("2026-11-24") && ran.out.contains("--keys"),
        "{}",
        ran.out
    );
    let ran = yimen(["verify", "--receipt", &receipt, "--keys", &keys, "--roots", &kept]).run().ends_with(0);
    assert!(!ran.out.contains("--keys"), "{}", ran.out);

    let mut changed = printed.json();
    changed["rows"][0]["hash"] = changed["rows"][1]["hash"].clone();
    changed["rows"].as_array_mut().expect("rows").pop();
    let changed = proven.keep("changed.json", &changed.to_string());
    let told = yimen(["verify", "--receipt", &changed, "--json"]).run().ends_with(1).json();
    assert_eq!(told["faults"], serde_json::json!(["path"]));
    yimen(["verify", "--receipt", &path(&PathBuf::from("/nowhere.json"))]).run().ends_with(3);
    let ran = proven.yimen(["receipt", "4406042026999900000"]).run().ends_with(2);
    assert!(ran.err.contains("4406042026999900000"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_written_anew_is_found_by_its_roots_in_database_and_file() {
    let proven = Proven::build().await;
    let ran = proven.yimen(["verify"]).run().ends_with(0);
    assert!(ran.out.contains(" 3 days closed, 0 findings"), "{}", ran.out);
    let file = path(&proven.folder.path().join("journal.jsonl"));
    let written = proven.yimen(["export", "journal", &file, "--json"]).run().ends_with(0).json();
    assert_eq!(written["roots"], 3);
    proven.yimen(["export", "journal", &file]).run().ends_with(3);
    yimen(["verify", "--file", &file]).run().ends_with(0);
    let kept = proven.keep("kept.json", &serde_json::to_string(&proven.roots().await).expect("JSON"));
    yimen(["verify", "--file", &file, "--roots", &kept]).run().ends_with(0);

    let text = std::fs::read_to_string(&file).expect("the export");
    let cut = proven.keep("cut.jsonl", text.rsplit_once("\n{\"end\"").expect("an end").0);
    assert!(yimen(["verify", "--file", &cut]).run().ends_with(1).out.contains("cut off"));
    let changed = proven.keep("changed.jsonl", &text.replacen("casework.accept", "casework.refuse", 1));
    let ran = yimen(["verify", "--file", &changed]).run().ends_with(1);
    assert!(ran.out.contains(&proven.chain) && ran.out.contains("changed"), "{}", ran.out);

    // The last root is taken away, and the day set back as if it had never been closed.
    let url = database_of(proven.folder.path());
    let db = sea_orm::Database::connect(&url).await.expect("a connection");
    for sql in
        ["DELETE FROM platform_root WHERE day = '2026-11-24'", "UPDATE platform_root_open SET day = '2026-11-24'"]
    {
        sea_orm::ConnectionTrait::execute_unprepared(&db, sql).await.expect("a statement");
    }
    db.close().await.expect("the connection closes");
    let ran = yimen(["verify", "--database", &url, "--roots", &kept]).run().ends_with(1);
    assert!(ran.out.contains("day 2026-11-24: a root was kept outside, and here is none"), "{}", ran.out);
}

#[test]
fn keys_are_made_rotated_revoked_and_shown_without_their_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = |arguments: &[&str]| yimen([&["key"], arguments].concat()).data(folder.path()).run();
    assert_eq!(key(&["list"]).ends_with(0).out, "");
    let made = key(&["make", "seal/market-chancheng", "--json"]).ends_with(0);
    assert!(made.err.contains("master.key") && made.err.contains("copy"), "{}", made.err);
    let first = made.json()["id"].as_str().expect("an id").to_owned();
    let again = key(&["make", "seal/market-chancheng"]).ends_with(1);
    assert!(again.err.contains("rotate"), "{}", again.err);
    assert_eq!(key(&["rotate", "seal/market-chancheng", "--json"]).ends_with(0).json()["version"], 2);
    key(&["revoke", &first, "--reason", "印章更换", "--day", "2026-11-20"]).ends_with(0);
    key(&["revoke", &first, "--reason", "again"]).ends_with(1);
    key(&["revoke", "00112233445566778899aabbccddeeff", "--reason", "x"]).ends_with(2);
    key(&["make", "seal/../../etc"]).ends_with(2);
    let kept = key(&["make", "personal-data"]).ends_with(1);
    assert!(kept.err.contains("rotate"), "the keys of personal data are made at the first start: {}", kept.err);

    let list = key(&["list"]).ends_with(0);
    let lines = list.lines();
    assert_eq!(lines.len(), 5, "two seals, and the keys that seal, mark and record: {}", list.out);
    assert!(list.out.contains("revoked from 2026-11-20: 印章更换") && list.out.contains("in force"), "{}", list.out);
    let public = key(&["public"]).ends_with(0).json();
    assert_eq!(public["keys"].as_array().expect("keys").len(), 2, "secrets have no public part: {public:#}");
    assert!(public["keys"][0]["pem"].as_str().expect("PEM").contains("BEGIN PUBLIC KEY"));
    assert_eq!(public["keys"][0]["revoked"]["day"], "2026-11-20");
    yimen(["verify"]).data(folder.path()).run().ends_with(0);
    std::fs::remove_file(folder.path().join("keys/master.key")).expect("the master key");
    let ran = key(&["make", "journal-root"]).ends_with(3);
    assert!(ran.err.contains("YIMEN_MASTER_KEY"), "{}", ran.err);
}

#[test]
fn rows_are_sealed_anew_under_a_new_key_and_the_old_one_stays_while_it_is_used_or_young() {
    let folder = loaded_folder();
    let key = |arguments: &[&str]| yimen([&["key"], arguments].concat()).data(folder.path()).run();
    let id = |list: serde_json::Value| list[0]["id"].as_str().expect("an id").to_owned();
    let old = id(key(&["list", "--purpose", "personal-data", "--json"]).ends_with(0).json());
    let before = key(&["reseal", "--check", "--json"]).ends_with(0).json();
    assert_eq!(before["left"], 0, "what was loaded was sealed on its way: {before:#}");
    assert!(key(&["destroy", &old]).ends_with(1).err.contains("records_resident"));

    key(&["rotate", "personal-data"]).ends_with(0);
    key(&["rotate", "blind-index"]).ends_with(0);
    let left = key(&["reseal", "--check", "--json"]).ends_with(1).json();
    assert!(left["left"].as_u64().expect("a number") > 100, "{left:#}");
    assert_eq!(key(&["reseal", "--json"]).ends_with(0).json()["left"], 0);
    // Nothing uses it, but its successor is only seconds old.
    assert!(key(&["destroy", &old]).ends_with(1).err.contains("five minutes"));
    let root = id(key(&["list", "--purpose", "journal-data", "--json"]).ends_with(0).json());
    assert!(key(&["destroy", &root]).ends_with(1).err.contains("journal"));

    let master = || std::fs::read(folder.path().join("keys/master.key")).expect("the master key");
    let first = master();
    key(&["rewrap"]).ends_with(0);
    assert_ne!(master(), first);
    assert_eq!(key(&["reseal", "--check", "--json"]).ends_with(0).json()["left"], 0, "the keys open under the new one");
}
