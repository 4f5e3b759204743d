//! Uploaded files as they lie on the disk: unreadable without the key, not to be changed or exchanged unseen, and under the
//! newest key after a while.

use std::path::{Path, PathBuf};

use futures::{StreamExt, stream};
use kernel::id::BlobId;
use platform::blobs::{Expected, Stored};
use platform::sealed::{self, Sealer, Sealing, Tables};
use platform::vault::{KeyId, Purpose, Vault};
use platform::{Blobs, Dispatcher, Fault, World};
use sm3::{Digest, Sm3};

use crate::ground;

/// A piece as it is sealed.
const PIECE: usize = 64 * 1024;

fn pdf(bytes: usize) -> Vec<u8> {
    let filling = (0..bytes).map(|at| (at % 251) as u8).collect::<Vec<_>>();
    [b"%PDF-1.7 440106199001011234 ".as_slice(), &filling, b"\n%%EOF\n"].concat()
}

async fn put(blobs: &Blobs, content: &[u8]) -> Stored {
    let pieces = stream::iter(content.chunks(1000).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())));
    blobs.put(pieces, Expected { field: "file", name: None, limit: 1 << 20 }).await.unwrap()
}

/// What can be read under an address, or why not.
async fn read(blobs: &Blobs, id: &BlobId) -> Result<Vec<u8>, Fault> {
    blobs.get(id).await?.whole().await
}

fn place(folder: &Path, id: &BlobId) -> PathBuf {
    folder.join(&id.as_str()[..2]).join(&id.as_str()[2..])
}

#[tokio::test]
async fn files_of_every_length_come_back_and_say_nothing_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let frame = pdf(0).len();
    for length in [frame, 1_000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17] {
        let content = pdf(length - frame);
        let stored = put(&blobs, &content).await;
        assert_eq!(stored.id.as_str(), hex::encode(Sm3::digest(&content)), "the address is that of the content");
        let opened = blobs.get(&stored.id).await.unwrap();
        assert_eq!(opened.len(), content.len() as u64);
        let pieces: Vec<Vec<u8>> = opened.pieces().map(Result::unwrap).collect().await;
        assert_eq!(pieces.concat(), content, "{length}");
        let on_disk = std::fs::read(place(folder.path(), &stored.id)).unwrap();
        for words in [b"%PDF-1.7".as_slice(), b"440106199001011234", b"%%EOF"] {
            assert!(!on_disk.windows(words.len()).any(|window| window == words), "{length}");
        }
    }
}

#[tokio::test]
async fn a_changed_cut_shuffled_or_exchanged_file_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let stored = put(&blobs, &pdf(3 * PIECE)).await;
    let other = put(&blobs, &pdf(3 * PIECE + 1)).await;
    let path = place(folder.path(), &stored.id);
    let whole = std::fs::read(&path).unwrap();
    let piece = |number: usize| 256 + number * (PIECE + 16)..256 + (number + 1) * (PIECE + 16);
    let mut wrong: Vec<(&str, Vec<u8>)> = Vec::new();
    for at in [20, 60, 256, 300, 256 + PIECE, piece(1).start + 5, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        wrong.push(("a flipped bit", changed));
    }
    wrong.push(("the last piece is gone", whole[..piece(2).end].to_vec()));
    wrong.push(("cut within a piece", whole[..whole.len() - 3].to_vec()));
    wrong.push(("the head alone", whole[..256].to_vec()));
    wrong.push(("something behind the end", [whole.as_slice(), b"x"].concat()));
    wrong.push((
        "exchanged pieces",
        [&whole[..256], &whole[piece(1)], &whole[piece(0)], &whole[piece(2).start..]].concat(),
    ));
    wrong.push(("another file in its place", std::fs::read(place(folder.path(), &other.id)).unwrap()));
    for (what, bytes) in wrong {
        std::fs::write(&path, &bytes).unwrap();
        let outcome = read(&blobs, &stored.id).await;
        assert!(matches!(outcome, Err(Fault::Internal(_) | Fault::Unavailable { .. })), "{what}: {outcome:?}");
    }
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(read(&blobs, &stored.id).await.unwrap(), pdf(3 * PIECE));
}

#[tokio::test]
async fn another_installation_s_keys_do_not_open_them() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let stored = put(&blobs, &pdf(10)).await;
    let stranger = Blobs::open(folder.path(), Sealer::in_folder(keys.path())).unwrap();
    assert!(matches!(stranger.get(&stored.id).await, Err(Fault::Internal(_))));
    let nobody = Blobs::open(folder.path(), Sealer::default()).unwrap();
    let content = stream::iter([Ok::<_, std::io::Error>(pdf(11))]);
    let outcome = nobody.put(content, Expected { field: "file", name: None, limit: 1 << 20 }).await;
    assert!(matches!(outcome, Err(Fault::Internal(_))), "without a key store nothing is kept in clear");
}

/// A world with a key store of its own, and how many files it has in clear or under an older key.
async fn each(body: impl AsyncFn(&World, &Vault, &Path)) {
    ground::each_db(async |db, _| {
        let keys = tempfile::tempdir().unwrap();
        let (world, folder) = ground::world(&db.with_sealer(Sealer::in_folder(keys.path())));
        world.parts.install(Tables(Vec::new()));
        let vault = Vault::open_at(keys.path(), None, None).unwrap();
        body(&world, &vault, folder.path()).await;
    })
    .await;
}

async fn left(world: &World) -> (u64, u64) {
    let standing = sealed::standing(world).await.unwrap();
    let files = standing.iter().find(|one| one.table == "files").unwrap();
    (files.rows, files.left)
}

fn in_force(world: &World) -> KeyId {
    world.db.reader().sealer().in_force().unwrap().0
}

#[tokio::test]
async fn files_in_clear_and_under_an_older_key_come_under_the_one_in_force() {
    each(async |world, vault, folder| {
        let old = pdf(2 * PIECE);
        let clear = BlobId::parse(&hex::encode(Sm3::digest(&old))).unwrap();
        let rotten = BlobId::parse(&"ab".repeat(32)).unwrap();
        for (id, content) in [(&clear, old.as_slice()), (&rotten, b"%PDF-1.7 rotten")] {
            std::fs::create_dir_all(place(folder, id).parent().unwrap()).unwrap();
            std::fs::write(place(folder, id), content).unwrap();
        }
        let first = put(&world.blobs, &pdf(5)).await.id;
        assert_eq!(read(&world.blobs, &clear).await.unwrap(), old, "files from before can be read");
        assert_eq!(left(world).await, (3, 2));
        assert!(sealed::arrange(world).await.unwrap(), "a server that starts sees that files are left");
        assert_eq!(sealed::seal_all(world).await.unwrap(), 1);
        assert_eq!(left(world).await, (3, 1), "what is not what its address says is left alone, and told");
        // The job does not go round for ever on what cannot be mended.
        Dispatcher::new(world.clone(), Vec::new(), sealed::jobs()).run_until_empty().await.unwrap();
        assert_eq!(left(world).await, (3, 1));
        std::fs::remove_file(place(folder, &rotten)).unwrap();
        assert_eq!(left(world).await, (2, 0));
        assert!(!sealed::arrange(world).await.unwrap(), "nothing is left");

        let before = in_force(world);
        assert_eq!(sealed::uses(world, before).await.unwrap().get("files"), Some(&2));
        let body = std::fs::read(place(folder, &first)).unwrap().split_off(256);
        vault.rotate(&Purpose::PersonalData, world.clock.now_utc()).unwrap();
        assert_ne!(in_force(world), before);
        assert!(sealed::arrange(world).await.unwrap(), "the new key counts for files too");
        assert_eq!(sealed::seal_all(world).await.unwrap(), 2);
        assert_eq!((left(world).await, sealed::uses(world, before).await.unwrap().len()), ((2, 0), 0));
        assert_eq!(std::fs::read(place(folder, &first)).unwrap()[256..], body, "only the head was made anew");
        assert_eq!(read(&world.blobs, &clear).await.unwrap(), old);
        assert_eq!(read(&world.blobs, &first).await.unwrap(), pdf(5));
    })
    .await;
}

#[tokio::test]
async fn few_files_at_a_time_are_all_of_them() {
    each(async |world, vault, folder| {
        for length in 0..250 {
            put(&world.blobs, &pdf(length)).await;
        }
        vault.rotate(&Purpose::PersonalData, world.clock.now_utc()).unwrap();
        assert!(sealed::arrange(world).await.unwrap());
        Dispatcher::new(world.clone(), Vec::new(), sealed::jobs()).run_until_empty().await.unwrap();
        assert_eq!(left(world).await, (250, 0), "more than one run of the job");
        assert!(folder.join("sealed-under").is_file(), "the next start need not look");
    })
    .await;
}
