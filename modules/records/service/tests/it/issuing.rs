//! Licences issued by cases: numbers without gaps, marks that read, and what the next application finds.

use access_service::Visit;
use catalog::Item;
use catalog::model::HolderRole;
use kernel::codes::CitizenId;
use kernel::id::SubjectId;
use kernel::value::{Facts, Value};
use platform::{Fault, World};
use records::{Ended, Known, OrgStatus, Purpose};
use records_service::acts::{self, NewLicence, Recorded, StrikeOff};
use records_service::reads;

use crate::ground::{CATALOG, as_resident, case, demo, each_world, nobody, today};

fn form<const N: usize>(pairs: [(&str, Value); N]) -> Facts {
    pairs.into_iter().map(|(element, value)| (element.to_owned(), value)).collect()
}

fn shop() -> Facts {
    form([
        ("ent_name", "佛山市禅城区志远小馆".into()),
        ("org_form", "individual".into()),
        ("site_addr", "佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺".into()),
        ("scope", vec!["catering", "food-sale"].into()),
        ("capital", 10.into()),
    ])
}

async fn issue(
    world: &World,
    item: &str,
    applicant: SubjectId,
    organisation: Option<SubjectId>,
    form: &Facts,
) -> Result<Recorded, Fault> {
    let item = &CATALOG.items[item];
    let fresh = NewLicence { catalog: &CATALOG, item, case: case(), applicant, organisation, form };
    world.db.write(None, async |tx| acts::record_licence(&tx, fresh).await).await
}

async fn known(world: &World, key: &str) -> Known {
    let visit = as_resident(world, key);
    reads::known(&visit, &CATALOG, demo(key).subject, None, &Purpose::own_matter("x")).await.unwrap()
}

#[tokio::test]
async fn a_first_business_licence_registers_the_shop_and_the_next_application_finds_both() {
    each_world(async |world| {
        let founder = demo("restaurant-founder").subject;
        assert!(!known(&world, "restaurant-founder").await.holds("business-licence", HolderRole::Organisation));
        let recorded = issue(&world, "register-individual", founder, None, &shop()).await.unwrap();
        let firm = recorded.organisation.clone().expect("a new organisation");
        assert_eq!((firm.legal_rep, firm.scope.as_str()), (founder, "餐饮服务；食品销售"));
        assert_eq!(firm.credit_code.body(), Some("individual-business"));
        assert_eq!(recorded.licence.number, firm.credit_code.as_str());
        assert_eq!(recorded.licence.holder, firm.subject);
        assert!(recorded.licence.mark.warnings().is_empty());
        assert_eq!(recorded.carried.get("uscc"), Some(&firm.credit_code.as_str().into()));

        let permit = issue(&world, "food-permit-new", founder, Some(firm.subject), &shop()).await.unwrap();
        assert_eq!((permit.licence.holder, permit.licence.issued_on), (firm.subject, today()));
        assert_eq!(permit.licence.valid_to.unwrap().to_string(), "2031-11-21", "five years less a day");
        assert_eq!(permit.licence.number, "JY24406040000014");
        assert_eq!(permit.carried.get("food_permit_no"), Some(&"JY24406040000014".into()));

        let after = known(&world, "restaurant-founder").await;
        assert!(after.holds("business-licence", HolderRole::Organisation));
        assert!(after.holds("food-permit", HolderRole::Premises));
        assert_eq!(after.fact("org_uscc").unwrap().value, firm.credit_code.as_str().into());
        assert_eq!(after.organisation, Some(firm.subject));
    })
    .await;
}

#[tokio::test]
async fn a_later_case_of_the_application_finds_the_shop_by_its_name_or_code() {
    each_world(async |world| {
        let founder = demo("restaurant-founder").subject;
        let firm = issue(&world, "register-individual", founder, None, &shop()).await.unwrap().organisation.unwrap();
        let by_name = issue(&world, "tobacco-permit-new", founder, None, &shop()).await.unwrap();
        assert_eq!(by_name.licence.holder, firm.subject);
        let code = form([("org_uscc", firm.credit_code.as_str().into()), ("site_addr", "别处".into())]);
        let by_code = issue(&world, "drainage-permit", founder, None, &code).await.unwrap();
        assert_eq!((by_code.licence.holder, by_code.licence.place.as_deref()), (firm.subject, Some("别处")));
        let stranger = demo("agent").subject;
        let theirs = issue(&world, "drainage-permit", stranger, None, &code).await.unwrap();
        assert_eq!(theirs.licence.holder, stranger, "nobody gets a licence for somebody else's firm");
    })
    .await;
}

#[tokio::test]
async fn numbers_have_no_gaps_and_a_failed_case_gives_its_number_back() {
    each_world(async |world| {
        let owner = demo("shop-owner").subject;
        let item = &CATALOG.items["drainage-permit"];
        let form = shop();
        let fresh =
            NewLicence { catalog: &CATALOG, item, case: case(), applicant: owner, organisation: None, form: &form };
        let mut numbers = Vec::new();
        for round in 0..6 {
            let outcome = world
                .db
                .write(None, async |tx| {
                    let recorded = acts::record_licence(&tx, fresh).await?;
                    if round % 2 == 1 { Err(Fault::TooMany) } else { Ok(recorded) }
                })
                .await;
            numbers.extend(outcome.ok().map(|recorded| recorded.licence.number));
        }
        assert_eq!(numbers, ["4406042026000001", "4406042026000002", "4406042026000003"]);
    })
    .await;
}

#[tokio::test]
async fn many_at_once_still_count_one_by_one() {
    each_world(async |world| {
        let form = shop();
        let owner = demo("shop-owner").subject;
        let one = || issue(&world, "drainage-permit", owner, None, &form);
        let all = tokio::join!(one(), one(), one(), one(), one(), one());
        let all = [all.0, all.1, all.2, all.3, all.4, all.5];
        let mut numbers: Vec<String> = all.into_iter().map(|recorded| recorded.unwrap().licence.number).collect();
        numbers.sort();
        let expected: Vec<String> = (1..=6).map(|serial| format!("440604202600000{serial}")).collect();
        assert_eq!(numbers, expected);
    })
    .await;
}

#[tokio::test]
async fn a_renewed_permit_keeps_its_number_and_takes_the_place_of_the_old() {
    each_world(async |world| {
        let owner = demo("shop-owner");
        let before = known(&world, "shop-owner").await;
        let old = before.licence("food-permit", HolderRole::Premises).unwrap().clone();
        let form = form([("food_permit_no", old.number.as_str().into())]);
        let renewed = issue(&world, "food-permit-renewal", owner.subject, before.organisation, &form).await.unwrap();
        assert_eq!((renewed.licence.number.as_str(), renewed.licence.version), (old.number.as_str(), 2));
        assert_eq!(renewed.licence.mark.version(), "002");
        assert_eq!(renewed.licence.place, old.place, "the firm's address where the form names none");
        let visit = as_resident(&world, "shop-owner");
        let all = reads::licences_of(&visit, owner.subject, &Purpose::of(records::Why::OwnRecord)).await.unwrap();
        let ended = all.iter().find(|one| one.id == old.id).unwrap().ended.unwrap();
        assert_eq!((ended.on, ended.how), (today(), Ended::Replaced));
        let after = known(&world, "shop-owner").await;
        let standing: Vec<_> = after.licences.iter().filter(|one| one.licence == *"food-permit").collect();
        assert_eq!((standing.len(), standing[0].id), (1, renewed.licence.id));
    })
    .await;
}

#[tokio::test]
async fn a_changed_registration_keeps_the_credit_code() {
    each_world(async |world| {
        let owner = demo("shop-owner").subject;
        let before = known(&world, "shop-owner").await;
        let form = form([("new_name", "佛山市禅城区少玲小食店".into())]);
        let changed = issue(&world, "change-individual", owner, before.organisation, &form).await.unwrap();
        let firm = changed.organisation.unwrap();
        assert_eq!((firm.name.as_str(), Some(firm.subject)), ("佛山市禅城区少玲小食店", before.organisation));
        assert_eq!((changed.licence.number.as_str(), changed.licence.version), (firm.credit_code.as_str(), 2));
        assert_eq!(changed.licence.holder_name, firm.name);
        let after = known(&world, "shop-owner").await;
        assert_eq!(after.fact("org_name").unwrap().value, "佛山市禅城区少玲小食店".into());
    })
    .await;
}

#[tokio::test]
async fn a_changed_licence_keeps_number_last_day_and_what_the_change_does_not_speak_of() {
    each_world(async |world| {
        let owner = demo("shop-owner").subject;
        let before = known(&world, "shop-owner").await;
        let visit = as_resident(&world, "shop-owner");
        let held = reads::licences_of(&visit, owner, &Purpose::of(records::Why::OwnRecord)).await.unwrap();
        let old = held.into_iter().find(|one| one.licence == *"food-permit").unwrap();
        let change =
            Item { changes: Some("food-permit".into()), renews: None, ..CATALOG.items["food-permit-renewal"].clone() };
        let moved = form([("site_addr", "佛山市禅城区祖庙街道升平路8号首层".into())]);
        let fresh = NewLicence {
            catalog: &CATALOG,
            item: &change,
            case: case(),
            applicant: owner,
            organisation: before.organisation,
            form: &moved,
        };
        let new = world.db.write(None, async |tx| acts::record_licence(&tx, fresh).await).await.unwrap().licence;
        assert_eq!((new.number.as_str(), new.version, new.valid_to), (old.number.as_str(), 2, old.valid_to));
        assert_eq!(new.place.as_deref(), Some("佛山市禅城区祖庙街道升平路8号首层"));
        for (field, value) in &old.details {
            assert_eq!(new.details.get(field), Some(value), "{field} stays");
        }
        let form = form([("scope", vec!["food-sale"].into())]);
        let narrower = issue(&world, "change-individual", owner, before.organisation, &form);
        assert_eq!(narrower.await.unwrap().organisation.unwrap().scope, "食品销售");
    })
    .await;
}

#[tokio::test]
async fn a_business_licence_is_struck_off_with_its_organisation_and_the_permit_stays() {
    each_world(async |world| {
        let owner = demo("shop-owner").subject;
        let before = known(&world, "shop-owner").await;
        let licence = before.licence("business-licence", HolderRole::Organisation).unwrap().id;
        let form = before.values();
        let item = &CATALOG.items["cancel-individual"];
        let strike_off = async || {
            let wish =
                StrikeOff { item, case: case(), applicant: owner, organisation: before.organisation, form: &form };
            world.db.write(None, async |tx| acts::strike_off(&tx, wish).await).await
        };
        assert_eq!(strike_off().await, Ok(Some(licence)));
        let system = Visit::system(&world);
        let ended = reads::licence(&system, licence, &Purpose::of(records::Why::Case)).await.unwrap().ended.unwrap();
        assert_eq!((ended.on, ended.how), (today(), Ended::Cancelled));
        let (visit, own) = (as_resident(&world, "shop-owner"), Purpose::of(records::Why::OwnRecord));
        let firms = reads::organisations_of(&visit, owner, &own).await.unwrap();
        assert_eq!(firms[0].status, OrgStatus::Cancelled);
        assert_eq!(strike_off().await, Ok(None), "there is nothing left to strike off");
        let all = reads::licences_of(&visit, owner, &own).await.unwrap();
        let permit = all.iter().find(|one| one.licence == *"food-permit").unwrap();
        assert_eq!(permit.ended, None, "a permit of another kind has its own way to end");
    })
    .await;
}

#[tokio::test]
async fn a_newborn_gets_a_number_a_household_and_two_parents() {
    each_world(async |world| {
        let mother = demo("new-mother");
        let known_before = known(&world, "new-mother").await;
        let mut form = known_before.values();
        form.insert("child_name".into(), "梁知夏".into());
        form.insert("follow".into(), "mother".into());
        let certificate = issue(&world, "birth-certificate", mother.subject, None, &form).await.unwrap();
        assert_eq!(certificate.licence.about, Some(HolderRole::Child));
        assert!(certificate.carried.contains_key("birth_cert_no"));

        let page = issue(&world, "birth-hukou", mother.subject, None, &form).await.unwrap();
        let child = page.child.unwrap();
        assert_eq!((child.mother, child.father), (Some(mother.subject), Some(demo("new-father").subject)));
        assert_eq!(Value::from(child.citizen_id.birth()), form["child_birth"]);
        assert_eq!(page.carried.get("child_id"), Some(&child.citizen_id.as_str().into()));
        let again = issue(&world, "birth-hukou", mother.subject, None, &form).await.unwrap().child.unwrap();
        assert_ne!(again.citizen_id, child.citizen_id, "a twin gets the next number");
        assert!(CitizenId::parse(again.citizen_id.as_str()).is_ok());

        let after = known(&world, "new-mother").await;
        assert_eq!(after.fact("children_n").unwrap().value, Value::from(2));
        assert!(after.holds("birth-certificate", HolderRole::Child));
        let parent = issue(&world, "birth-registration", mother.subject, None, &form).await.unwrap();
        assert_eq!(parent.licence.about, None, "the voucher is the mother's own");
    })
    .await;
}

#[tokio::test]
async fn what_a_registration_lacks_is_refused_and_nothing_is_kept() {
    each_world(async |world| {
        let founder = demo("restaurant-founder").subject;
        for (item, form) in [("register-individual", form([("ent_name", "店".into())])), ("birth-hukou", Facts::new())]
        {
            let refused = issue(&world, item, founder, None, &form).await;
            assert!(matches!(&refused, Err(Fault::Refusal(no)) if no.code == "records.form-incomplete"), "{refused:?}");
        }
        let none = issue(&world, "cancel-individual", founder, None, &shop()).await;
        assert!(matches!(&none, Err(Fault::Refusal(no)) if no.code == "records.no-result"), "{none:?}");
        assert_eq!(issue(&world, "register-individual", nobody(), None, &shop()).await, Err(Fault::NotFound));
        let recorded = issue(&world, "register-individual", founder, None, &shop()).await.unwrap();
        assert!(recorded.licence.mark.as_str().contains(".20260000001.001."), "{}", recorded.licence.mark);
    })
    .await;
}

#[tokio::test]
async fn an_ended_licence_speaks_no_more_and_ends_once() {
    each_world(async |world| {
        let owner = demo("shop-owner").subject;
        let before = known(&world, "shop-owner").await;
        let permit = before.licence("food-permit", HolderRole::Premises).unwrap().id;
        let firm = before.organisation;
        let in_force = async || {
            let asked = world.db.write(None, async |tx| reads::licence_in_force(&tx, owner, firm, "food-permit").await);
            asked.await.unwrap().map(|licence| licence.id)
        };
        assert_eq!(in_force().await, Some(permit));
        let end = async || world.db.write(None, async |tx| acts::end_licence(&tx, permit, Ended::Revoked).await).await;
        assert_eq!(end().await, Ok(()));
        assert_eq!(in_force().await, None);
        assert_eq!(end().await, Err(Fault::Conflict));
        assert!(!known(&world, "shop-owner").await.holds("food-permit", HolderRole::Premises));
        let system = Visit::system(&world);
        let kept = reads::licence(&system, permit, &Purpose::of(records::Why::Case)).await.unwrap();
        assert_eq!(kept.ended.unwrap().how, Ended::Revoked, "the row stays");
    })
    .await;
}
