//! Files: sniffed, limited, cut off, taken back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::StatusCode;
use futures::StreamExt;

use crate::browser::Browser;
use crate::house::{house, person};
use crate::markup::{form, uploads};
use crate::way::{PDF, begin};

const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xaeB`\x82";

async fn at_the_papers() -> (platform::World, tempfile::TempDir, Browser, String, String) {
    let (world, folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let page = browser.get(&format!("{draft}/papers")).await.ok();
    let key = uploads(&page.html).into_iter().next().expect("a paper to hand in");
    (world, folder, browser, draft, key)
}

#[tokio::test]
async fn a_file_comes_in_can_be_looked_at_and_is_taken_back() {
    let (_world, _folder, browser, draft, key) = at_the_papers().await;
    browser.upload(&draft, &key, "租赁合同 2026.pdf", PDF).await.leads();
    let page = browser.get(&format!("{draft}/papers")).await.ok();
    page.says("租赁合同 2026.pdf");
    page.says("再加一个文件");
    let file = page.html.split("href=\"").find(|rest| rest.contains("/file\"")).expect("a link to the file");
    let seen = browser.get(file.split('"').next().expect("an address")).await.ok();
    assert_eq!(seen.html.as_bytes(), PDF);
    let remove = page.html.split("action=\"").find(|rest| rest.contains("/remove\"")).expect("a way to take it back");
    let remove = remove.split('"').next().expect("an address");
    let to = browser.post(remove, &form(&page.html, remove)).await.leads();
    assert!(to.contains("/papers#m-"), "{to}");
    assert!(!browser.get(&format!("{draft}/papers")).await.ok().html.contains("租赁合同 2026.pdf"));
}

#[tokio::test]
async fn lies_about_the_type_are_told_with_words() {
    let (_world, _folder, browser, draft, key) = at_the_papers().await;
    let rows: [(&str, &[u8], &str); 5] = [
        ("平面图.pdf", PNG, "文件名说它是 PDF，打开看却是 PNG"),
        ("程序.pdf", b"MZ\x90\0 not a paper at all", "只收 PDF、JPG 或 PNG"),
        ("空.pdf", b"", "这个文件是空的"),
        ("断.pdf", b"%PDF-1.4\n1 0 obj", "这个文件不完整"),
        ("", PDF, "请先选一个文件"),
    ];
    for (name, content, words) in rows {
        let answer = browser.upload(&draft, &key, name, content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        answer.says(words);
        answer.says("有错误：");
    }
    let page = browser.get(&format!("{draft}/papers")).await.ok();
    assert!(!page.html.contains("class=\"files\""), "none of them was kept");
}

#[tokio::test]
async fn a_gigabyte_is_cut_off_early_with_a_page() {
    let (_world, _folder, browser, draft, key) = at_the_papers().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    let head = futures::stream::iter([browser.before_file("录像.pdf").into_bytes()]);
    let flood = futures::stream::repeat_with(move || {
        counter.fetch_add(1 << 20, Ordering::SeqCst);
        vec![b'x'; 1 << 20]
    });
    let body = head.chain(flood.take(1024)).map(Ok::<_, std::io::Error>);
    let answer = browser.upload_body(&draft, &key, Body::from_stream(body)).await;
    answer.says("这个文件超过了 10 MB");
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(sent.load(Ordering::SeqCst) < 64 << 20, "{} bytes were read", sent.load(Ordering::SeqCst));
}

#[tokio::test]
async fn a_broken_or_forged_upload_keeps_nothing() {
    let (_world, _folder, mut browser, draft, key) = at_the_papers().await;
    let broken = browser.upload_body(&draft, &key, Body::from("not multipart at all")).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    broken.says("没有收到完整的文件");
    let half = format!("{}%PDF-1.4", browser.before_file("半.pdf"));
    let answer = browser.upload_body(&draft, &key, Body::from(half)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("上传中断了");
    assert_eq!(browser.upload(&draft, "no-such.paper", "a.pdf", PDF).await.status, StatusCode::NOT_FOUND);
    browser.csrf = "guessed".into();
    let forged = browser.upload(&draft, &key, "a.pdf", PDF).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    forged.says("不是从本站页面发出的");
}
