//! Uploads: the truth about their kind, their limit, and one copy of one content.

use futures::stream;
use platform::blobs::{Expected, FileKind, Stored};
use platform::{Blobs, Fault, FieldFault};

use crate::ground;

const LIMIT: u64 = 20_000;

fn pdf(filling: usize) -> Vec<u8> {
    [b"%PDF-1.7\n".as_slice(), &vec![b'x'; filling], b"\n%%EOF\n"].concat()
}

fn png() -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0; 40], b"\0\0\0\0IEND\xaeB`\x82"].concat()
}

fn jpeg() -> Vec<u8> {
    [b"\xff\xd8\xff\xe0\0\x10JFIF\0".as_slice(), &[1; 40], b"\xff\xd9"].concat()
}

/// Sends the content in pieces of 7 bytes, so that nothing depends on how it arrives.
async fn put(blobs: &Blobs, content: &[u8], name: &str) -> Result<Stored, Fault> {
    let pieces = content.chunks(7).map(|piece| Ok::<_, std::io::Error>(piece.to_vec()));
    let expected = Expected { field: "B5", name: Some(name), limit: LIMIT };
    blobs.put(stream::iter(pieces), expected).await
}

fn files(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_is_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let content = pdf(5_000);
    let first = put(&blobs, &content, "卫生检测报告.PDF").await.unwrap();
    let second = put(&blobs, &content, "another name.pdf").await.unwrap();
    assert_eq!(first, second);
    assert_eq!((first.kind, first.len), (FileKind::Pdf, content.len() as u64));
    assert_eq!(files(folder.path()), 1);
    let opened = blobs.get(&first.id).await.unwrap();
    assert_eq!(opened.len(), content.len() as u64);
    assert_eq!(opened.whole().await.unwrap(), content);
    assert_eq!(put(&blobs, &png(), "a.png").await.unwrap().kind, FileKind::Png);
    assert_eq!(put(&blobs, &jpeg(), "照片.jpeg").await.unwrap().kind, FileKind::Jpeg);
    assert_eq!(files(folder.path()), 3);
}

#[tokio::test]
async fn what_cannot_be_accepted_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let one = |fault: FieldFault| Err(Fault::Invalid(vec![fault]));
    let fault = |code: &'static str| FieldFault::new("B5", code);
    assert_eq!(put(&blobs, &[], "a.pdf").await, one(fault("file-empty")));
    assert_eq!(put(&blobs, b"MZ\x90\0 a program", "a.pdf").await, one(fault("file-kind")));
    assert_eq!(put(&blobs, b"<svg onload=alert(1)>", "a.png").await, one(fault("file-kind")));
    let lying = fault("file-kind-differs").fact("is", "pdf").fact("says", "png");
    assert_eq!(put(&blobs, &pdf(10), "a.png").await, one(lying));
    assert_eq!(put(&blobs, &pdf(5_000)[..3_000], "a.pdf").await, one(fault("file-broken")));
    let large = fault("file-too-large").fact("limit", LIMIT);
    assert_eq!(put(&blobs, &pdf(LIMIT as usize), "a.pdf").await, one(large));
    assert_eq!(files(folder.path()), 0);
}

#[tokio::test]
async fn an_endless_upload_is_cut_off_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>([b'%'; 4096]));
    let expected = Expected { field: "B5", name: None, limit: LIMIT };
    let outcome = blobs.put(endless, expected).await;
    assert!(matches!(outcome, Err(Fault::Invalid(faults)) if faults[0].code == "file-too-large"));
    let broken = stream::iter([Ok(pdf(10)), Err(std::io::Error::other("gone"))]);
    let outcome = blobs.put(broken, expected).await;
    assert!(matches!(outcome, Err(Fault::Invalid(faults)) if faults[0].code == "upload-interrupted"));
    assert_eq!(files(folder.path()), 0);
}

#[tokio::test]
async fn an_unknown_address_is_not_found_and_leavings_are_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), ground::sealer()).unwrap();
    let nowhere = kernel::id::BlobId::parse(&"0".repeat(64)).unwrap();
    assert!(matches!(blobs.get(&nowhere).await, Err(Fault::NotFound)));
    let leaving = folder.path().join("arriving/leaving");
    std::fs::write(&leaving, "half").unwrap();
    Blobs::open(folder.path(), ground::sealer()).unwrap();
    assert_eq!(files(folder.path()), 1, "it may be on its way to another process");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    std::fs::File::options().append(true).open(&leaving).unwrap().set_modified(long_ago).unwrap();
    Blobs::open(folder.path(), ground::sealer()).unwrap();
    assert_eq!(files(folder.path()), 0);
}
