//! What most look for today: counted without anybody's name, shown only when many looked for it; the table on both engines.

use platform::World;
use themes_service::{FindKind, sought};

use crate::house::{fill, open, shelves};

#[tokio::test(flavor = "multi_thread")]
async fn only_what_many_looked_for_today_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let prepare = async |url: String| {
        let world = open(&url, folder.path()).await;
        fill(&world).await;
        world.db.close().await;
    };
    testkit::each_engine_from("themes-service", prepare, async |url| {
        let world = open(&url, folder.path()).await;
        shelves(&world).await;
        counted(&world).await;
        world.db.close().await;
    })
    .await;
}

async fn counted(world: &World) {
    assert_eq!(sought::most(world, 6).await.expect("no rows"), []);
    for _ in 0..sought::LEAST {
        sought::count(world, FindKind::Theme, "open-restaurant");
    }
    for _ in 1..sought::LEAST {
        sought::count(world, FindKind::Item, "senior-card");
    }
    sought::write(world).await.expect("written");
    let most = || async { sought::most(world, 6).await.expect("rows") };
    assert_eq!(most().await, [(FindKind::Theme, "open-restaurant".to_owned())]);
    for _ in 0..sought::LEAST {
        sought::count(world, FindKind::Item, "senior-card");
    }
    sought::write(world).await.expect("written again");
    sought::write(world).await.expect("nothing left to write");
    let both = [(FindKind::Item, "senior-card".to_owned()), (FindKind::Theme, "open-restaurant".to_owned())];
    assert_eq!(most().await, both);
}
