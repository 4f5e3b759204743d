//! `yimen licence verify`, as a stranger and as the authority meet it. The file is printed by the real press.

use std::path::Path;

use platform::Clock;
use platform::vault::{Purpose as KeyPurpose, Vault};
use records::{Ended, Purpose, Why};
use records_service::acts::{end_licence, sealed_file, show_licence};
use records_service::reads;
use testkit::day;

use crate::binary::{Yimen, yimen};
use crate::district::{demo, loaded_folder};
use crate::life::District;

struct Sealed {
    folder: tempfile::TempDir,
    district: District,
    licence: records::Licence,
}

impl Sealed {
    /// A data folder with the sample, and in it the sealed business licence of a demo person.
    async fn build() -> Self {
        let folder = loaded_folder();
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("yimen.db").display());
        let district = District::open(&url, Clock::on(day("2026-11-23"))).await;
        // The keys lie where the commands look for them.
        let vault = Vault::open_at(&folder.path().join("keys"), None, None).expect("a key store");
        district.world.parts.install(vault);
        let visit = district.resident("shop-owner");
        let own = Purpose::of(Why::OwnRecord);
        let held = reads::licences_of(&visit, demo("shop-owner").subject, &own).await.expect("licences");
        let licence = held.into_iter().find(|one| one.licence == *"business-licence").expect("a business licence");
        let shelf = district.world.part::<catalog_service::Shelf>();
        let shown = show_licence(&visit, shelf.catalog(), licence.id, &own).await.expect("it is shown");
        let file = sealed_file(&visit, shelf.catalog(), shown).await.expect("it is printed and sealed");
        std::fs::write(folder.path().join("licence.pdf"), file).expect("a file");
        Self { folder, district, licence }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn verify(&self, file: &str, more: &[&str]) -> Yimen {
        let file = self.path(file);
        let arguments = ["licence", "verify", file.as_str()].into_iter().chain(more.iter().copied());
        yimen(arguments).data(self.folder.path())
    }
}

fn spoil(folder: &Path) {
    let mut file = std::fs::read(folder.join("licence.pdf")).expect("the file");
    let middle = file.len() / 2;
    file[middle] ^= 1;
    std::fs::write(folder.join("spoilt.pdf"), file).expect("a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_judged_with_the_register_and_with_the_public_keys_alone() {
    let sealed = Sealed::build().await;
    let told = sealed.verify("licence.pdf", &["--json"]).run().ends_with(0).json();
    assert_eq!((told["verdict"].as_str(), told["register"].as_bool()), (Some("genuine"), Some(true)));
    assert_eq!(told["statement"]["mark"], sealed.licence.mark.as_str());
    assert!(sealed.verify("licence.pdf", &[]).run().ends_with(0).out.contains("genuine and in force"));

    spoil(sealed.folder.path());
    assert!(sealed.verify("spoilt.pdf", &[]).run().ends_with(1).out.contains("changed since it was sealed"));

    // A stranger has the public keys and no database.
    let keys = yimen(["key", "public"]).data(sealed.folder.path()).run().ends_with(0).out;
    std::fs::write(sealed.path("keys.json"), keys).expect("a file");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let alone = |file: &str| {
        let (file, keys) = (sealed.path(file), sealed.path("keys.json"));
        yimen(["licence", "verify", &file, "--keys", &keys]).data(elsewhere.path()).run()
    };
    let told = alone("licence.pdf").ends_with(0);
    assert!(told.out.contains("unchanged since it was sealed") && told.out.contains("the register was not asked"));
    assert!(alone("spoilt.pdf").ends_with(1).out.contains("changed since it was sealed"));
    std::fs::write(sealed.path("plain.pdf"), testkit::paper::one_page("x")).expect("a file");
    assert!(alone("plain.pdf").ends_with(1).out.contains("no seal of ours"));
    assert!(alone("none.pdf").ends_with(3).err.contains("none.pdf"));

    // Struck off in the register: the old file says so, with the day.
    let (world, id) = (&sealed.district.world, sealed.licence.id);
    world.db.write(None, async |tx| end_licence(&tx, id, Ended::Cancelled).await).await.expect("it ends");
    let told = sealed.verify("licence.pdf", &["--json"]).run().ends_with(1).json();
    assert_eq!((told["verdict"].as_str(), told["since"].as_str()), (Some("cancelled"), Some("2026-11-23")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_told_with_its_day_and_a_rotated_one_still_counts() {
    let sealed = Sealed::build().await;
    let purpose = KeyPurpose::Seal("market-chancheng".into());
    let listed = yimen(["key", "list", "--purpose", &purpose.to_string(), "--json"]).data(sealed.folder.path());
    let key = listed.run().ends_with(0).json()[0]["id"].as_str().expect("an id").to_owned();
    yimen(["key", "rotate", &purpose.to_string()]).data(sealed.folder.path()).run().ends_with(0);
    sealed.verify("licence.pdf", &[]).run().ends_with(0);
    let revoke = ["key", "revoke", &key, "--day", "2026-11-20", "--reason", "私钥泄露"];
    yimen(revoke).data(sealed.folder.path()).run().ends_with(0);
    let told = sealed.verify("licence.pdf", &[]).run().ends_with(1);
    assert!(told.out.contains("sealed with a key that is revoked from 2026-11-20"), "{}", told.out);
}
