//! A correction notice answered: everything at once, what was good stays, one answer.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use casework_service::acts::{CorrectionLine, CorrectionTarget, NotifyCorrection, notify_correction};
use casework_service::reads;
use kernel::id::ApplicationId;

use crate::house::{Answer, House, hidden};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// Sends a notice about the contract and the shop's name; gives the box of the paper.
async fn notice(house: &House, application: ApplicationId) -> String {
    let clerk = house.clerk_visit().await;
    let seen = reads::application_view(&clerk, application).await.unwrap();
    let paper = seen.papers.iter().find(|paper| paper.file.is_some()).unwrap().id;
    let line = |target, reason: &str, mend: &str| CorrectionLine {
        target,
        reason: reason.into(),
        mend: mend.into(),
        basis: None,
    };
    let lines = vec![
        line(CorrectionTarget::Paper(paper), "合同缺签字页", "补上双方签字的一页"),
        line(CorrectionTarget::Field("ent_name".into()), "名称与已登记的相同", "换一个名称"),
    ];
    notify_correction(&clerk, None, NotifyCorrection { application, lines }).await.unwrap();
    format!("paper-{paper}")
}

fn form(parts: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        body.extend_from_slice(b"--cut\r\nContent-Disposition: form-data; name=\"");
        body.extend_from_slice(name.as_bytes());
        if let Some(file) = file {
            body.extend_from_slice(format!("\"; filename=\"{file}").as_bytes());
        }
        body.extend_from_slice(b"\"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--cut--\r\n");
    ("multipart/form-data; boundary=cut".to_owned(), body)
}

async fn send(house: &House, path: &str, cookie: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
    let (kind, body) = form(parts);
    let request = Request::post(path).header(header::COOKIE, cookie).header(header::CONTENT_TYPE, kind);
    house.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_lines_are_answered_together_and_good_files_are_kept_meanwhile() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let own = format!("/applications/{}", opened.application);
    let path = format!("{own}/correct");
    let paper = notice(&house, opened.application).await;
    let matter = house.get(&own, &cookie).await;
    assert!(matter.text.contains("需要您做一件事") && matter.text.contains("合同缺签字页"));
    let home = house.get("/", &cookie).await;
    assert!(home.text.contains("要您办："), "the home page says so too");

    let page = house.get(&path, &cookie).await;
    let (token, key) = (hidden(&page.text, "_csrf"), hidden(&page.text, "_key"));
    let begin = |key: &'static str, value: &str| (key, None, value.as_bytes().to_vec());
    let head = [begin("_csrf", &token), begin("_key", &key)];
    let with = |more: &[(&'static str, Option<&'static str>, &[u8])]| {
        let more = more.iter().map(|(name, file, content)| (*name, *file, content.to_vec()));
        head.iter().cloned().chain(more).collect::<Vec<_>>()
    };
    let paper: &'static str = Box::leak(paper.into_boxed_str());
    let post = async |parts: Vec<(&'static str, Option<&'static str>, Vec<u8>)>| {
        let parts: Vec<_> = parts.iter().map(|(name, file, content)| (*name, *file, content.as_slice())).collect();
        send(&house, &path, &cookie, &parts).await
    };

    let empty = post(with(&[("ent_name", None, b"")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("有 2 处需要改一下"), "all errors at once");
    let lying = post(with(&[(paper, Some("合同.pdf"), b"\x89PNG\r\n\x1a\n0000IEND\xaeB`\x82")])).await;
    assert!(lying.text.contains("文件名说它是"));
    let half = post(with(&[(paper, Some("合同.pdf"), PDF)])).await;
    assert!(half.text.contains("已收到：合同.pdf") && half.text.contains("有 1 处需要改一下"));
    let kept = hidden(&half.text, "kept");
    let good = post(with(&[
        ("kept", None, kept.as_bytes()),
        (paper, Some(""), b""),
        ("ent_name", None, "嘉怡美发店".as_bytes()),
    ]));
    let good = good.await;
    assert_eq!((good.status, good.to.as_str()), (StatusCode::SEE_OTHER, format!("{own}?said=corrected").as_str()));

    let matter = house.get(&good.to, &cookie).await;
    assert!(matter.text.contains("补正的内容已经收到") && !matter.text.contains("需要您做一件事"));
    assert!(matter.text.contains("嘉怡美发店") && matter.text.contains("合同.pdf"));
    assert_eq!(house.get(&path, &cookie).await.to, own, "there is nothing left to mend");
    let again = post(with(&[("ent_name", None, "又一个".as_bytes())])).await;
    assert_eq!(again.to, own);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_before_the_token_or_of_another_person_is_not_taken() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let owner = house.resident("salon-founder").await;
    let path = format!("/applications/{}/correct", opened.application);
    let paper = notice(&house, opened.application).await;
    let token = hidden(&house.get(&path, &owner).await.text, "_csrf");
    let first = send(&house, &path, &owner, &[(&paper, Some("a.pdf"), PDF), ("_csrf", None, token.as_bytes())]).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = house.resident("tenant").await;
    let token = hidden(&house.get("/mine", &other).await.text, "_csrf");
    let theirs = send(&house, &path, &other, &[("_csrf", None, token.as_bytes()), (&paper, Some("a.pdf"), PDF)]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let large = vec![b'x'; 11 << 20];
    let token = hidden(&house.get(&path, &owner).await.text, "_csrf");
    let parts: [(&str, Option<&str>, &[u8]); 3] =
        [("_csrf", None, token.as_bytes()), ("_key", None, b"k1"), (&paper, Some("a.pdf"), &large)];
    let large = send(&house, &path, &owner, &parts).await;
    assert!(
        large.status == StatusCode::UNPROCESSABLE_ENTITY && large.text.contains("超过了 10.0 MB"),
        "{}",
        large.status
    );
}
