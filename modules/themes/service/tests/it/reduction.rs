//! The same cases under an earlier standard and under the one in force.

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use catalog::SourceFile;
use catalog_service::acts::publish;
use chrono::TimeDelta;
use platform::{Fault, World};
use themes::reduction::Measured;
use themes_service::reduction::{reduction, standards};

use crate::browser::Browser;
use crate::house::{house, person, shelves};
use crate::way::{begin, fill, hand_in, submit};

const ITEM: &str = "items/hygiene-permit-salon.yaml";

fn office(world: &World, role: Role) -> Visit {
    let kind = ActorKind::Staff { roles: [role].into(), region: "440604".into(), authority: None, hall: None };
    Visit::of(world, Actor { id: "standards1".into(), name: "黄美琪".into(), kind })
}

/// The files in force, but the salon's permit no longer asks for the rules of hygiene.
fn leaner(world: &World) -> Vec<SourceFile> {
    let mut files = world.part::<catalog_service::Shelf>().files.clone();
    let file = files.iter_mut().find(|file| &*file.path == ITEM).expect("the item");
    let lines = file.text.lines().filter(|line| !line.contains("material: hygiene-system"));
    let text = lines.collect::<Vec<_>>().join("\n").replacen("version: 1", "version: 2", 1);
    *file = SourceFile::new(ITEM, text);
    files
}

async fn measured(visit: &Visit) -> Measured {
    let before = standards(visit).await.expect("releases").last().expect("a release").id;
    let since = visit.world.clock.now_utc() - TimeDelta::days(365);
    reduction(visit, before, since).await.expect("is measured").total()
}

#[tokio::test]
async fn a_paper_less_is_seen_on_the_cases_that_had_it() {
    let (world, _folder) = house().await;
    let office_visit = office(&world, Role::Standards);
    assert_eq!(measured(&office_visit).await, Measured::default(), "nobody has submitted anything");

    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let open = measured(&office_visit).await;
    assert_eq!(open.cases, 0, "what is not submitted is no case");
    fill(&world, &browser, &draft).await;
    hand_in(&browser, &draft).await;
    submit(&world, &browser, &draft).await;

    let same = measured(&office_visit).await;
    assert_eq!((same.cases, same.unclear), (1, 0));
    assert_eq!(same.before, same.after, "the same standard asks the same");
    assert!(same.apart.papers > same.after.papers && same.apart.trips > same.after.trips, "{same:?}");

    publish(&Visit::system(&world), &leaner(&world)).await.expect("a second release");
    shelves(&world).await;
    let less = measured(&office_visit).await;
    assert_eq!(less.before, same.before, "the earlier standard is as it was");
    assert_eq!(less.after.papers + 1, less.before.papers, "one paper less");
    assert_eq!(less.after.days, less.before.days);

    let before = standards(&office_visit).await.expect("releases")[1].id;
    let clerk = reduction(&office(&world, Role::Clerk), before, world.clock.now_utc()).await;
    assert!(matches!(clerk, Err(Fault::NotAllowed)), "{clerk:?}");
    let later =
        reduction(&office_visit, before, world.clock.now_utc() + TimeDelta::days(1)).await.expect("is measured");
    assert_eq!(later.total().cases, 0, "what came earlier is not counted");
}
