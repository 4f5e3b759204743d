//! A licence as its holder sees it and hands it on, and the page where a stranger checks one.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::house::{Answer, House, hidden};

/// Posts a form with a file as a browser does.
async fn upload(house: &House, cookie: &str, csrf: &str, file: &[u8]) -> Answer {
    let mut body = Vec::new();
    body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n").bytes());
    body.extend(b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--cut--\r\n");
    let request = Request::post("/licences/verify")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    house.send(request.body(Body::from(body)).unwrap()).await
}

async fn bytes(house: &House, path: &str, cookie: &str) -> Vec<u8> {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let answer = house.raw(request).await;
    assert_eq!(answer.0, StatusCode::OK, "{path}");
    answer.1
}

async fn own_licence(house: &House, cookie: &str, name: &str) -> String {
    let mine = house.get("/mine", cookie).await.text;
    let line =
        mine.split("<li>").find(|line| line.contains(&format!(">{name}<"))).unwrap_or_else(|| panic!("no {name}"));
    line.split("/licences/").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_shown_sealed_and_checked_by_a_stranger() {
    let house = House::build().await;
    district::with_press_and_keys(&house.world);
    let owner = house.resident("shop-owner").await;
    let id = own_licence(&house, &owner, "营业执照").await;
    let page = house.get(&format!("/licences/{id}/certificate"), &owner).await;
    for word in ["营业执照", "统一社会信用代码", "经营范围", "佛山市禅城区市场监督管理局", "查验二维码", "印章"]
    {
        assert!(page.text.contains(word), "{word}: {}", page.text);
    }
    let code = page.text.split("查验码 <b>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    let told = house.get(&format!("/licences/verify?code={}", code.to_lowercase()), "").await;
    assert!(told.text.contains("真实有效") && told.text.contains("佛山市禅城区市场监督管理局"), "{}", told.text);

    let file = bytes(&house, &format!("/licences/{id}/pdf"), &owner).await;
    let genuine = upload(&house, "", "", &file).await;
    assert_eq!(genuine.status, StatusCode::OK);
    assert!(genuine.text.contains("真实有效") && genuine.text.contains("加盖电子印章"), "{}", genuine.text);
    let mut changed = file.clone();
    changed[40] ^= 1;
    let told = upload(&house, "", "", &changed).await;
    assert!(told.text.contains("加盖以后被改动过") && !told.text.contains("营业执照"), "{}", told.text);
    let told = upload(&house, "", "", &testkit::paper::one_page("x")).await;
    assert!(told.text.contains("不是本平台制发的电子证照"), "{}", told.text);

    let wrong = house.get("/licences/verify?code=ABCD-EFGH-JKMN-PQRS", "").await;
    assert!(wrong.text.contains("没有查到") && !wrong.text.contains("真实有效"));
    let other = format!("/licences/verify?code={code}&mark=1.2.156.3005.2.x");
    assert!(house.get(&other, "").await.text.contains("没有查到"), "a code belongs to its mark");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_bounded_and_of_people_signed_in_it_must_come_from_our_page() {
    let house = House::build().await;
    district::with_press_and_keys(&house.world);
    assert_eq!(upload(&house, "", "", b"").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = upload(&house, "", "", &vec![b'x'; 3 << 20]).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", large.text);
    assert!(large.text.contains("2.0 MB") || large.text.contains("2 MB"), "{}", large.text);
    let owner = house.resident("shop-owner").await;
    assert_eq!(upload(&house, &owner, "forged", b"%PDF").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let token = hidden(&house.get("/licences/verify", &owner).await.text, "_csrf");
    assert_eq!(upload(&house, &owner, &token, b"%PDF").await.status, StatusCode::OK);
    // Nothing is kept of what a stranger brought.
    let kept = std::fs::read_dir(house.world.config.data.join("blobs/arriving")).map_or(0, Iterator::count);
    assert_eq!(kept, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_says_what_it_is_for_and_where_the_licence_was_used_is_listed() {
    let house = House::build().await;
    district::with_press_and_keys(&house.world);
    let owner = house.resident("shop-owner").await;
    let id = own_licence(&house, &owner, "居民身份证").await;
    let path = format!("/licences/{id}");
    let page = house.get(&path, &owner).await.text;
    assert!(page.contains("给别人一份授权副本") && page.contains("还没有用过"), "{page}");
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let copies = format!("{path}/copies");
    let empty =
        house.post(&copies, &owner, &[("_csrf", &csrf), ("_key", &key), ("purpose", ""), ("recipient", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("有 3 处需要改一下"), "{}", empty.text);
    let form = [
        ("_csrf", csrf.as_str()),
        ("_key", "once"),
        ("purpose", "办理银行开户"),
        ("recipient", "佛山农商银行"),
        ("until", "2026-12-01"),
    ];
    let made = house.post(&copies, &owner, &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert_eq!(house.post(&copies, &owner, &form).await.to, made.to, "sent twice, made once");
    let copy = house.get(&made.to, &owner).await.text;
    assert!(copy.contains("仅供办理银行开户使用") && copy.contains("2026年12月1日前有效"), "{copy}");
    let file = bytes(&house, &format!("{}/pdf", made.to), &owner).await;
    let told = upload(&house, "", "", &file).await.text;
    assert!(told.contains("真实有效") && told.contains("佛山农商银行"), "{told}");
    assert!(told.contains("********"), "a person's number is masked: {told}");
    let listed = house.get(&path, &owner).await.text;
    assert!(listed.contains("办理银行开户（佛山农商银行）") && listed.contains("授权副本"), "{listed}");
    let stranger = house.resident("job-seeker").await;
    assert_eq!(house.get(&made.to, &stranger).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&format!("{path}/pdf"), &stranger).await.status, StatusCode::NOT_FOUND);
    let other = hidden(&house.get("/mine", &stranger).await.text, "_csrf");
    let theirs = [("_csrf", other.as_str()), ("purpose", "x"), ("recipient", "y"), ("until", "2026-12-01")];
    assert_eq!(house.post(&copies, &stranger, &theirs).await.status, StatusCode::NOT_FOUND);
}
