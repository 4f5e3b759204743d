//! Reads: what is known about whom, who may ask, and that every look is on record.

use std::time::Instant;

use access::Role;
use access_service::Visit;
use chrono::TimeDelta;
use kernel::codes::CitizenId;
use kernel::value::Value;
use platform::{Clock, Fault, Migrations, World};
use records::{Known, Purpose, Register, Why};
use records_service::{Lookup, acts, reads, sample};

use crate::ground::{CATALOG, PEOPLE, application, as_resident, as_staff, case, demo, each_world, nobody, open, today};

async fn known(visit: &Visit, key: &str, purpose: &Purpose) -> Known {
    reads::known(visit, &CATALOG, demo(key).subject, None, purpose).await.unwrap()
}

async fn own(world: &World, key: &str) -> Known {
    known(&as_resident(world, key), key, &Purpose::own_matter("open-hair-salon")).await
}

async fn looks(world: &World, key: &str) -> Vec<Lookup> {
    reads::lookups_of(&as_resident(world, key), demo(key).subject, 100).await.unwrap()
}

fn text<'a>(known: &'a Known, element: &str) -> Option<&'a str> {
    known.fact(element).and_then(|fact| fact.value.as_text())
}

#[tokio::test]
async fn each_demo_person_is_known_as_the_story_says() {
    each_world(async |world| {
        let salon = own(&world, "salon-founder").await;
        assert_eq!(text(&salon, "op_name"), Some("陈嘉怡"));
        assert_eq!(salon.fact("op_name").unwrap().source.register, Register::Population);
        assert!(text(&salon, "health_certs").is_some(), "the certificate of the founder fills the field");
        assert!(salon.organisations.is_empty() && !salon.licences.iter().any(|one| one.licence == *"business-licence"));

        let seeker = own(&world, "job-seeker").await;
        assert_eq!(seeker.fact("paid_months").unwrap().value, Value::from(126));
        assert_eq!(text(&seeker, "ex_employer"), Some("佛山市澜景陶瓷机械有限公司"));
        assert!(matches!(seeker.fact("leave_date").unwrap().value, Value::Date(_)), "a date comes back as a date");
        assert!(text(&seeker, "benefit_account").is_some() && seeker.fact("unemployed_since").is_none());

        let mother = own(&world, "new-mother").await;
        assert_eq!(text(&mother, "father_name"), Some("梁俊杰"));
        assert_eq!(text(&mother, "father_employer"), Some("佛山市恒达机械设备有限公司"));
        assert_eq!(mother.fact("child_weight").unwrap().value, Value::from(3250));
        assert_eq!(mother.fact("parents_married").unwrap().value, Value::from(true));
        assert_eq!(mother.fact("children_n").unwrap().value, Value::from(0));

        let owner = own(&world, "company-owner").await;
        assert_eq!(text(&owner, "org_name"), Some("佛山市伟雄商贸有限公司"));
        assert!(owner.holds("business-licence", catalog::model::HolderRole::Organisation));
        assert!(owner.holds("real-estate", catalog::model::HolderRole::Premises));

        let outsider = own(&world, "outsider").await;
        assert!(outsider.licences.is_empty() && outsider.fact("hukou_addr").is_none());
        assert!(outsider.facts.iter().all(|fact| fact.source.register == Register::Identity));
    })
    .await;
}

/// A field that nobody ever has would be a spelling mistake in the dictionary or here.
#[tokio::test]
async fn every_source_of_the_dictionary_is_known_of_somebody() {
    each_world(async |world| {
        let mut silent: Vec<&str> =
            CATALOG.elements.values().filter(|one| one.source.is_some()).map(|one| one.code.as_str()).collect();
        // Made by cases, so nobody begins with one.
        silent.retain(|code| !["birth_cert_no", "child_id", "unemployed_since"].contains(code));
        for person in sample::demo_people() {
            let known = own(&world, person.key).await;
            silent.retain(|code| known.fact(code).is_none());
        }
        assert!(silent.is_empty(), "nobody has {silent:?}");
    })
    .await;
}

#[tokio::test]
async fn a_subject_on_no_register_is_nobody_known() {
    each_world(async |world| {
        let visit = Visit::system(&world);
        let known = reads::known(&visit, &CATALOG, nobody(), None, &Purpose::of(Why::Case)).await.unwrap();
        assert_eq!(known, Known::nothing());
        assert_eq!(reads::person(&visit, nobody(), &Purpose::of(Why::Case)).await, Err(Fault::NotFound));
        let id = CitizenId::parse("11010519491231002X").unwrap();
        assert_eq!(reads::person_by_citizen_id(&visit, &id, &Purpose::of(Why::Case)).await, Ok(None));
    })
    .await;
}

#[tokio::test]
async fn every_look_is_on_record_with_its_purpose_and_also_for_the_spouse() {
    each_world(async |world| {
        let officer = as_staff(&world, Role::Handler, "440604");
        let purpose = Purpose::case(application(), case());
        let mother = demo("new-mother");
        for _ in 0..2 {
            known(&officer, "new-mother", &purpose).await;
        }
        reads::person(&officer, mother.subject, &purpose).await.unwrap();
        reads::person_by_citizen_id(&officer, &mother.citizen_id, &purpose).await.unwrap().unwrap();
        let licences = reads::licences_of(&officer, mother.subject, &purpose).await.unwrap();
        reads::licence(&officer, licences[0].id, &purpose).await.unwrap();
        reads::organisations_of(&officer, mother.subject, &purpose).await.unwrap();

        let found = looks(&world, "new-mother").await;
        assert_eq!(found.len(), 1, "for one case on one day they are one look: {found:#?}");
        for look in &found {
            assert_eq!((look.actor.as_str(), look.actor_name.as_str()), ("handler-1", "李敏"));
            assert_eq!((look.why, look.application, look.case), (Why::Case, Some(application()), Some(case())));
            assert_eq!(look.at, world.clock.now_utc());
        }
        assert_eq!(looks(&world, "new-father").await.len(), 1, "her record shows him too");
        assert_eq!(looks(&world, "senior").await, []);
    })
    .await;
}

#[tokio::test]
async fn an_officers_looks_are_one_for_each_officer_matter_and_day() {
    each_world(async |world| {
        let senior = demo("senior").subject;
        let (officer, clerk) = (as_staff(&world, Role::Handler, "440604"), as_staff(&world, Role::Clerk, "440604"));
        let purpose = Purpose::case(application(), case());
        let together = futures::future::join_all((0..4).map(|_| acts::note_look(&officer, senior, &purpose))).await;
        assert_eq!(together, [Ok(()), Ok(()), Ok(()), Ok(())], "pages opened at the same moment");
        assert_eq!(looks(&world, "senior").await.len(), 1);
        acts::note_look(&clerk, senior, &purpose).await.unwrap();
        acts::note_look(&officer, senior, &Purpose::application(application())).await.unwrap();
        assert_eq!(looks(&world, "senior").await.len(), 3, "another officer, another matter");
        let Clock::Fixed(hand) = &world.clock else { unreachable!("tests have a fixed clock") };
        hand.advance(TimeDelta::days(1));
        acts::note_look(&officer, senior, &purpose).await.unwrap();
        assert_eq!(looks(&world, "senior").await.len(), 4, "another day");

        for _ in 0..2 {
            known(&clerk, "senior", &Purpose::at_window("senior-card")).await;
        }
        assert_eq!(looks(&world, "senior").await.len(), 5, "the pages of a draft");
        for _ in 0..2 {
            reads::person(&clerk, senior, &Purpose::of(Why::AtWindow)).await.unwrap();
        }
        assert_eq!(looks(&world, "senior").await.len(), 7, "looking somebody up without a matter counts each time");
        acts::note_look(&as_resident(&world, "senior"), senior, &purpose).await.unwrap();
        assert_eq!(looks(&world, "senior").await.len(), 7, "nobody's own page is an officer's look");
    })
    .await;
}

#[tokio::test]
async fn a_licence_of_an_organisation_is_a_look_at_its_representative() {
    each_world(async |world| {
        let owner = demo("company-owner");
        let visit = as_resident(&world, "company-owner");
        let purpose = Purpose::of(Why::OwnRecord);
        let licences = reads::licences_of(&visit, owner.subject, &purpose).await.unwrap();
        let business = licences.iter().find(|one| one.licence == *"business-licence").unwrap();
        assert_ne!(business.holder, owner.subject);
        assert_eq!(reads::licence(&visit, business.id, &purpose).await.as_ref(), Ok(business));
        let other = as_resident(&world, "senior");
        assert_eq!(reads::licence(&other, business.id, &purpose).await, Err(Fault::NotAllowed));
    })
    .await;
}

#[tokio::test]
async fn turning_pages_of_ones_own_form_is_one_look_an_hour() {
    each_world(async |world| {
        for _ in 0..3 {
            own(&world, "senior").await;
        }
        assert_eq!(looks(&world, "senior").await.len(), 1);
        let visit = as_resident(&world, "senior");
        known(&visit, "senior", &Purpose::own_matter("unemployment-benefit")).await;
        assert_eq!(looks(&world, "senior").await.len(), 2, "another matter is another look");
        let Clock::Fixed(hand) = &world.clock else { unreachable!("tests have a fixed clock") };
        hand.advance(TimeDelta::minutes(61));
        own(&world, "senior").await;
        assert_eq!(looks(&world, "senior").await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_look_sees_nothing_and_leaves_no_look() {
    each_world(async |world| {
        let subject = demo("senior").subject;
        let purpose = Purpose::case(application(), case());
        for visit in [
            as_resident(&world, "agent"),
            as_staff(&world, Role::Handler, "440605"),
            as_staff(&world, Role::Admin, "440604"),
            Visit::of(&world, access::Actor::visitor()),
        ] {
            assert_eq!(reads::person(&visit, subject, &purpose).await, Err(Fault::NotAllowed));
            assert_eq!(reads::known(&visit, &CATALOG, subject, None, &purpose).await, Err(Fault::NotAllowed));
            assert_eq!(reads::licences_of(&visit, subject, &purpose).await, Err(Fault::NotAllowed));
        }
        let handler = as_staff(&world, Role::Handler, "440604");
        let without_matter = Purpose::of(Why::Case);
        assert_eq!(reads::person(&handler, subject, &without_matter).await, Err(Fault::NotAllowed));
        assert_eq!(reads::lookups_of(&handler, subject, 10).await, Err(Fault::NotAllowed));
        assert_eq!(looks(&world, "senior").await, []);
    })
    .await;
}

#[tokio::test]
async fn nobody_acts_for_an_organisation_of_somebody_else() {
    each_world(async |world| {
        let visit = as_resident(&world, "restaurant-founder");
        let theirs = PEOPLE.organisations[0].subject;
        let purpose = Purpose::own_matter("open-restaurant");
        let asked = reads::known(&visit, &CATALOG, demo("restaurant-founder").subject, Some(theirs), &purpose).await;
        assert_eq!(asked, Err(Fault::NotAllowed));
    })
    .await;
}

#[tokio::test]
async fn a_look_within_an_act_is_kept_or_lost_with_it() {
    each_world(async |world| {
        let visit = as_resident(&world, "senior");
        let subject = demo("senior").subject;
        let purpose = Purpose::own_matter("senior-card");
        let (visit, purpose) = (&visit, &purpose);
        let failed: Result<(), Fault> = world
            .db
            .write(None, async |tx| {
                reads::known_in(&tx, visit, &CATALOG, subject, None, purpose).await?;
                Err(Fault::TooMany)
            })
            .await;
        assert_eq!(failed, Err(Fault::TooMany));
        assert_eq!(looks(&world, "senior").await, []);
        world
            .db
            .write(None, async |tx| reads::known_in(&tx, visit, &CATALOG, subject, None, purpose).await)
            .await
            .unwrap();
        assert_eq!(looks(&world, "senior").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn signing_in_takes_the_name_that_belongs_to_the_number() {
    each_world(async |world| {
        let visit = Visit::of(&world, access::Actor::visitor());
        let sign_in = Purpose::of(Why::SignIn);
        let senior = demo("senior");
        let found = acts::identify(&visit, &senior.citizen_id, " 冯桂兰 ", &sign_in).await.unwrap();
        assert_eq!(found.subject, senior.subject);
        let wrong = acts::identify(&visit, &senior.citizen_id, "冯桂芳", &sign_in).await;
        assert!(matches!(wrong, Err(Fault::Refusal(refusal)) if refusal.code == "records.name-mismatch"));
        assert_eq!(
            acts::identify(&visit, &senior.citizen_id, " ", &sign_in).await,
            Err(Fault::field("name", "required"))
        );
        let long = acts::identify(&visit, &senior.citizen_id, &"冯".repeat(65), &sign_in).await;
        assert_eq!(long, Err(Fault::field("name", "too-long")));
        let found = looks(&world, "senior").await;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].why, found[0].actor_name.as_str()), (Why::SignIn, "冯桂兰"));
    })
    .await;
}

#[tokio::test]
async fn somebody_from_elsewhere_is_met_once() {
    each_world(async |world| {
        let clerk = as_staff(&world, Role::Clerk, "440604012");
        let id = CitizenId::parse("11010519491231002X").unwrap();
        let purpose = Purpose::at_window("open-hair-salon");
        let first = acts::identify(&clerk, &id, "赵丽", &purpose).await.unwrap();
        let second = acts::identify(&clerk, &id, "赵丽", &purpose).await.unwrap();
        assert_eq!(first, second);
        assert_eq!((first.origin, first.as_of), (records::Origin::Identity, today()));
        let handler = as_staff(&world, Role::Handler, "440604");
        let unknown = CitizenId::parse("440307199206074325").unwrap();
        assert_eq!(acts::identify(&handler, &unknown, "钱红", &purpose).await, Err(Fault::NotAllowed));
        let system = Visit::system(&world);
        let met = reads::person_by_citizen_id(&system, &unknown, &Purpose::of(Why::Case)).await;
        assert_eq!(met, Ok(None), "who was refused has left nothing");
    })
    .await;
}

#[tokio::test]
async fn loading_again_adds_nothing() {
    each_world(async |world| {
        assert_eq!(acts::load_people(&world.db, &PEOPLE).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn five_thousand_people_are_loaded_in_seconds() {
    let people = sample::people(5, 5_000, &CATALOG, today());
    testkit::engines::each_engine(async |url: String| {
        let db = open(&url).await;
        db.migrate(&[Migrations::new("records", records_service::migrations())]).await.unwrap();
        let begun = Instant::now();
        assert_eq!(acts::load_people(&db, &people).await, Ok(5_000));
        eprintln!("loaded in {:?} ({} licences) into {:?}", begun.elapsed(), people.licences.len(), db.engine());
        // Five seconds on a quiet machine, most of it sealing without optimisation; a test may share its two cores with builds.
        assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
        db.close().await;
    })
    .await;
}
