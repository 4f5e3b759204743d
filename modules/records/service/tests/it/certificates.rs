//! Licences as they are shown, sealed, copied and checked, on both engines.

use std::sync::Arc;

use access_service::Words;
use documents::{Certificate, Press, PressFault, Printer, Sheet};
use kernel::id::LicenceId;
use platform::seal::{Checked, check};
use platform::vault::{self, KeyId, KeyRing};
use platform::{Clock, Config, Fault, Vault, World, journal};
use records::{Ended, Licence, LicenceState, Purpose, TrustLevel, UseKind, Verdict, Why};
use records_service::acts::{self, CopyLicence, NewLicence, NewUse};
use records_service::verify::{examine_code, examine_file, to_stranger};
use records_service::{TEXT_ZH, reads};

use crate::ground::{CATALOG, application, as_resident, case, demo, each_world_with, today};

/// A press that sets one blank page, with the certificate's words in a comment.
struct OnePage;

impl Press for OnePage {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        Ok(testkit::paper::one_page(&sheet.number))
    }

    fn certificate(&self, one: &Certificate) -> Result<Vec<u8>, PressFault> {
        Ok(testkit::paper::one_page(&format!("{} {}", one.number, one.watermark.join(" "))))
    }
}

/// Both engines, each world with words, a press and a key store of its own.
async fn each_house(body: impl AsyncFn(World)) {
    let furnish = |config: &mut Config, folder: &std::path::Path| config.data = folder.to_owned();
    each_world_with(furnish, async |world| {
        world.parts.install(Words::collect(&[TEXT_ZH]).unwrap());
        world.parts.install(Printer(Arc::new(OnePage)));
        world.parts.install(Vault::open(&world.config).unwrap());
        body(world).await;
    })
    .await;
}

fn own() -> Purpose {
    Purpose::of(Why::OwnRecord)
}

async fn held(world: &World, key: &str, kind: &str) -> Licence {
    let visit = as_resident(world, key);
    let all = reads::licences_of(&visit, demo(key).subject, &own()).await.unwrap();
    all.into_iter()
        .find(|one| one.licence == *kind && one.ended.is_none())
        .unwrap_or_else(|| panic!("{key}: no {kind}"))
}

async fn file(world: &World, key: &str, id: LicenceId) -> Vec<u8> {
    let visit = as_resident(world, key);
    let shown = acts::show_licence(&visit, &CATALOG, id, &own()).await.unwrap();
    acts::sealed_file(&visit, &CATALOG, shown).await.unwrap()
}

async fn verdict(world: &World, file: &[u8]) -> Verdict {
    examine_file(world, file.to_vec()).await.unwrap().judgement.verdict
}

/// A permit made by a case for the owner of a shop.
async fn permit(world: &World) -> Licence {
    let (item, owner, form) = (&CATALOG.items["drainage-permit"], demo("shop-owner").subject, Default::default());
    let fresh = NewLicence { catalog: &CATALOG, item, case: case(), applicant: owner, organisation: None, form: &form };
    world.db.write(None, async |tx| acts::record_licence(&tx, fresh).await).await.unwrap().licence
}

#[tokio::test]
async fn a_file_is_sealed_once_and_told_as_genuine_until_it_is_changed() {
    each_house(async |world| {
        let licence = permit(&world).await;
        let first = file(&world, "shop-owner", licence.id).await;
        assert_eq!(file(&world, "shop-owner", licence.id).await, first, "the same file however often it is fetched");
        let found = examine_file(&world, first.clone()).await.unwrap();
        assert_eq!(found.judgement.verdict, Verdict::Genuine);
        let statement = found.statement.clone().unwrap();
        assert_eq!((statement.licence, statement.version, &statement.mark), (licence.id, 1, &licence.mark));
        assert_eq!(statement.state, LicenceState::InForce);
        let told = to_stranger(&found, &CATALOG).shown.unwrap();
        // No firm holds this one: a person's number is masked.
        assert_eq!(told.number, "4406********0001");
        assert_eq!(told.issuer, CATALOG.authorities[&licence.issued_by].name);
        let mut changed = first.clone();
        changed[30] ^= 1;
        assert_eq!(verdict(&world, &changed).await, Verdict::Changed);
        assert_eq!(verdict(&world, &testkit::paper::one_page("x")).await, Verdict::Foreign);
        let by_code = examine_code(&world, &statement.code.to_lowercase(), Some(licence.mark.as_str())).await.unwrap();
        assert_eq!(by_code.unwrap().judgement.verdict, Verdict::Genuine);
        assert!(examine_code(&world, &statement.code, Some("1.2.156.3005.2.x")).await.unwrap().is_none());
        assert!(examine_code(&world, "0000-0000-0000-0000", None).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_licence_is_told_of_its_old_file_and_printed_on_the_new() {
    each_house(async |world| {
        let licence = permit(&world).await;
        let old = file(&world, "shop-owner", licence.id).await;
        world.db.write(None, async |tx| acts::end_licence(&tx, licence.id, Ended::Revoked).await).await.unwrap();
        let found = examine_file(&world, old.clone()).await.unwrap();
        assert_eq!((found.judgement.verdict, found.judgement.since), (Verdict::Revoked, Some(today())));
        let visit = as_resident(&world, "shop-owner");
        let shown = acts::show_licence(&visit, &CATALOG, licence.id, &own()).await.unwrap();
        assert_eq!(shown.sheet.void.as_ref().unwrap().word, "已吊销");
        assert_eq!(shown.sheet.seal, None);
        let new = acts::sealed_file(&visit, &CATALOG, shown).await.unwrap();
        assert_ne!(new, old);
        let statement = examine_file(&world, new).await.unwrap().statement.unwrap();
        assert_eq!(statement.state, LicenceState::Revoked, "the seal says how it stood");
        // The register's record has each event, in one chain of the licence's own.
        let rows = journal::read(world.db.reader(), licence.id, 0).await.unwrap();
        let acts: Vec<&str> = rows.iter().map(|row| row.act.as_str()).collect();
        assert_eq!(
            acts,
            ["records.licence-issued", "records.licence-sealed", "records.licence-ended", "records.licence-sealed"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_replaced_version_says_which_day_and_which_is_the_newer() {
    each_house(async |world| {
        let first = permit(&world).await;
        let old = file(&world, "shop-owner", first.id).await;
        let form = [("permit_no".to_owned(), first.number.as_str().into())].into();
        let (item, owner) = (&CATALOG.items["drainage-permit"], demo("shop-owner").subject);
        let fresh =
            NewLicence { catalog: &CATALOG, item, case: case(), applicant: owner, organisation: None, form: &form };
        let second = world.db.write(None, async |tx| acts::record_licence(&tx, fresh).await).await.unwrap().licence;
        assert_eq!((second.version, &second.number), (2, &first.number));
        let told = examine_file(&world, old).await.unwrap().judgement;
        assert_eq!(
            (told.verdict, told.since, told.newer),
            (Verdict::Replaced, Some(today()), Some(second.mark.clone()))
        );
        let new = file(&world, "shop-owner", second.id).await;
        assert_eq!(verdict(&world, &new).await, Verdict::Genuine);
    })
    .await;
}

#[tokio::test]
async fn it_runs_out_by_itself_on_the_day_after_its_last() {
    each_house(async |world| {
        let licence = held(&world, "shop-owner", "health-cert").await;
        let sealed = file(&world, "shop-owner", licence.id).await;
        let last = licence.valid_to.unwrap();
        let Clock::Fixed(clock) = &world.clock else { panic!("a clock of the test's own") };
        let days = u64::try_from((last - today()).num_days()).unwrap();
        clock.advance_days(days);
        assert_eq!(verdict(&world, &sealed).await, Verdict::Genuine);
        clock.advance_days(1);
        let told = examine_file(&world, sealed).await.unwrap().judgement;
        assert_eq!((told.verdict, told.since), (Verdict::Expired, last.succ_opt()));
    })
    .await;
}

#[tokio::test]
async fn a_rotated_key_still_counts_and_a_revoked_one_is_told_with_its_day() {
    each_house(async |world| {
        let licence = permit(&world).await;
        let old = file(&world, "shop-owner", licence.id).await;
        let vault = world.part::<Vault>();
        let keys = || KeyRing::of(vault::list(&world.config.key_folder()).unwrap());
        let Checked::Whole(sealed) = check(&old, &keys()) else { panic!("whole") };
        let purpose = format!("seal/{}", licence.issued_by).parse().unwrap();
        vault.rotate(&purpose, world.clock.now_utc()).unwrap();
        assert_eq!(verdict(&world, &old).await, Verdict::Genuine);
        // Revoked from tomorrow on: the register knows that this file was sealed before.
        let tomorrow = today().succ_opt().unwrap();
        revoke(&vault, sealed.key, tomorrow);
        let found = examine_file(&world, old.clone()).await.unwrap();
        assert_eq!((found.judgement.verdict, found.revoked.unwrap().day), (Verdict::Genuine, tomorrow));
        assert!(matches!(check(&old, &keys()), Checked::RevokedKey(_, revoked) if revoked.day == tomorrow));
        // The holder gets a new file with the key in force; the next one revoked from today on does not count at all.
        let new = file(&world, "shop-owner", licence.id).await;
        let Checked::Whole(again) = check(&new, &keys()) else { panic!("whole") };
        assert_ne!(again.key, sealed.key);
        revoke(&vault, again.key, today());
        let told = examine_file(&world, new).await.unwrap().judgement;
        assert_eq!((told.verdict, told.since), (Verdict::RevokedKey, Some(today())));
    })
    .await;
}

fn revoke(vault: &Vault, key: KeyId, day: chrono::NaiveDate) {
    vault.revoke(key, day, "私钥泄露").unwrap();
}

#[tokio::test]
async fn a_copy_serves_its_purpose_until_its_day_and_only_its_holder_makes_one() {
    each_house(async |world| {
        let licence = held(&world, "shop-owner", "id-card").await;
        let visit = as_resident(&world, "shop-owner");
        let order = CopyLicence {
            licence: licence.id,
            purpose: "办理银行开户".into(),
            recipient: "佛山农商银行".into(),
            until: Some(today() + chrono::Days::new(7)),
        };
        let id = acts::copy_licence(&visit, None, order.clone()).await.unwrap();
        let shown = acts::show_copy(&visit, &CATALOG, id, &own()).await.unwrap();
        assert_eq!(shown.sheet.watermark[0], "仅供办理银行开户使用");
        let sealed = acts::sealed_file(&visit, &CATALOG, shown).await.unwrap();
        let found = examine_file(&world, sealed.clone()).await.unwrap();
        assert_eq!(found.judgement.verdict, Verdict::Genuine);
        assert_eq!(found.statement.as_ref().unwrap().copy.as_ref().unwrap().recipient, "佛山农商银行");
        // A stranger sees a family name and the ends of the number.
        let told = to_stranger(&found, &CATALOG).shown.unwrap();
        assert!(told.holder.contains('*') && !told.holder.contains(&licence.holder_name), "{told:?}");
        assert!(told.number.contains("**********") && told.mark.contains('*'), "{told:?}");
        let uses = reads::uses_of(&visit, licence.id, 10).await.unwrap();
        assert_eq!(
            (uses.len(), uses[0].how, uses[0].matter.as_str()),
            (1, UseKind::Copy, "办理银行开户（佛山农商银行）")
        );
        let Clock::Fixed(clock) = &world.clock else { panic!("a clock of the test's own") };
        clock.advance_days(8);
        assert_eq!(verdict(&world, &sealed).await, Verdict::CopyLapsed);

        let other = as_resident(&world, "salon-founder");
        assert_eq!(acts::copy_licence(&other, None, order.clone()).await, Err(Fault::NotAllowed));
        let empty = CopyLicence { purpose: " ".into(), recipient: "x".repeat(41), until: None, ..order };
        let Err(Fault::Invalid(faults)) = acts::copy_licence(&visit, None, empty).await else { panic!("three faults") };
        let codes: Vec<&str> = faults.iter().map(|fault| &*fault.code).collect();
        assert_eq!(codes, ["copy-blank", "copy-long", "copy-until"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_licence_stood_for_is_on_record_for_its_holder() {
    each_house(async |world| {
        let visit = as_resident(&world, "shop-owner");
        let (loaded, made) = (held(&world, "shop-owner", "id-card").await, permit(&world).await);
        let used = |licence| NewUse {
            licence,
            how: UseKind::InsteadOfPaper,
            matter: "开一家餐饮店".into(),
            application: Some(application()),
        };
        let uses = [used(loaded.id), used(made.id)];
        let levels = world.db.write(None, async |tx| acts::use_licences(&tx, &visit, &uses).await).await.unwrap();
        assert_eq!(levels, [TrustLevel::Register, TrustLevel::Issued]);
        let seen = reads::uses_of(&visit, loaded.id, 10).await.unwrap();
        assert_eq!((seen.len(), seen[0].application), (1, Some(application())));
        let other = as_resident(&world, "salon-founder");
        assert_eq!(reads::uses_of(&other, loaded.id, 10).await, Err(Fault::NotAllowed));
    })
    .await;
}

/// The general template serves what has none of its own: every type of the district is printed with whoever holds it.
#[tokio::test]
async fn every_type_on_record_is_laid_out() {
    each_house(async |world| {
        let mut seen = std::collections::BTreeSet::new();
        for person in records_service::sample::demo_people() {
            let visit = as_resident(&world, person.key);
            for licence in reads::licences_of(&visit, person.subject, &own()).await.unwrap() {
                let shown = acts::show_licence(&visit, &CATALOG, licence.id, &own()).await.unwrap();
                assert!(!shown.sheet.rows.is_empty(), "{}", licence.licence);
                assert!(
                    shown.sheet.rows.iter().all(|(label, text)| !label.starts_with("certificate.") && !text.is_empty())
                );
                seen.insert(licence.licence);
            }
        }
        assert!(seen.len() >= 8, "{seen:?}");
    })
    .await;
}
