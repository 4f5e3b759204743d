//! Files: what is taken, what is not, and the correction of a paper.

use api::views::{Application, Done, Draft, DraftFile};
use axum::http::{Method, StatusCode, header};
use serde_json::json;

use crate::filing::{pdf, started, submitted};
use crate::ground::District;

const THEME: &str = "open-hair-salon";

#[tokio::test]
async fn a_file_is_judged_by_its_content() {
    let district = District::open().await;
    let client = district.resident("salon-founder").await;
    let draft = started(&client, THEME, json!({})).await;
    let slot = draft.papers.iter().find(|paper| paper.takes_files).expect("a paper to hand in").slot.clone();
    let path = format!("/drafts/{}/papers?paper={slot}", draft.id);
    let whole = pdf("lease");
    let large = [pdf("x"), vec![b'x'; 11 << 20]].concat();
    let rows: [(&str, &[u8], &str); 6] = [
        ("lease.jpg", &whole, "file-kind-differs"),
        ("lease.exe", b"MZ\x90\x00", "file-kind"),
        ("lease.pdf", b"", "file-empty"),
        ("lease.pdf", &whole[..12], "file-broken"),
        ("lease.txt", "租赁合同".as_bytes(), "file-kind"),
        ("large.pdf", &large, "file-too-large"),
    ];
    for (name, content, code) in rows {
        let problem = client.upload(&path, &[("file", Some(name), content)]).await.problem();
        let fault = &problem.faults[0];
        assert_eq!((problem.status, fault.field.as_str(), fault.code.as_str()), (422, "file", code), "{name}");
        assert!(!fault.text.contains(['{', '}']), "{fault:?}");
    }
    let nothing = client.upload(&path, &[("note", None, b"here it is")]).await.problem();
    assert_eq!(nothing.faults[0].code, "file-missing");
    let elsewhere = format!("/drafts/{}/papers?paper=passport.agent", draft.id);
    let problem = client.upload(&elsewhere, &[("file", Some("a.pdf"), &whole)]).await.problem();
    assert_eq!(problem.faults[0].code, "no-such-paper");
    let plain = client.post(&path, &json!({})).await;
    assert_eq!((plain.status, plain.problem().code.as_str()), (StatusCode::BAD_REQUEST, "api.upload-unreadable"));
    let broken = client.request(Method::POST, &path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
    let broken = client.send(broken.body("--part\r\nbroken".into()).unwrap()).await;
    assert_eq!(broken.problem().code, "api.upload-unreadable");

    let kept: DraftFile = client.upload(&path, &[("file", Some("租赁合同.pdf"), &whole)]).await.told();
    let again: DraftFile = client.upload(&path, &[("file", Some("租赁合同.pdf"), &whole)]).await.told();
    assert_eq!(again, kept, "the same file again is the same file");
    let file = client.get(&format!("/drafts/{}/papers/{}", draft.id, kept.id)).await;
    assert_eq!((file.bytes, &file.headers[header::CONTENT_TYPE]), (whole, &"application/pdf".parse().unwrap()));
    let path = format!("/drafts/{}/papers/{}", draft.id, kept.id);
    assert_eq!(client.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(client.delete(&path).await.status, StatusCode::NO_CONTENT, "taken back twice is taken back");
    assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND);
    let draft: Draft = client.get(&format!("/drafts/{}", draft.id)).await.told();
    assert!(draft.papers.iter().all(|paper| paper.files.is_empty()));
}

#[tokio::test]
async fn a_paper_is_corrected_once_and_whole() {
    let district = District::open().await;
    let owner = district.resident("salon-founder").await;
    let application = submitted(&owner, THEME, json!({"site_area": 40})).await;
    let place = format!("/applications/{}", application.id);
    let paper = application.papers.iter().find(|paper| paper.file.is_some()).unwrap();
    let clerk = district.staff("clerk1").await;
    let line = json!({"paper": paper.id, "reason": "复印件看不清", "mend": "请重新拍照上传"});
    let both = json!({"lines": [{"paper": paper.id, "element": "op_name", "reason": "×", "mend": "×"}]});
    let problem = clerk.post(&format!("{place}/correction"), &both).await.problem();
    assert_eq!((problem.faults[0].field.as_str(), problem.faults[0].code.as_str()), ("lines.0", "paper-or-element"));
    let empty = clerk.post(&format!("{place}/correction"), &json!({"lines": []})).await.problem();
    assert_eq!((empty.code.as_str(), empty.clause.is_some()), ("casework.correction-lists-nothing", true));
    clerk.post(&format!("{place}/correction"), &json!({"lines": [line]})).await.told::<Done>();
    let noticed: Application = clerk.get(&place).await.told();
    let correction = noticed.correction.expect("a notice");
    assert_eq!((correction.lines[0].paper, correction.lines[0].reason.as_str()), (Some(paper.id), "复印件看不清"));

    let told: Application = owner.get(&place).await.told();
    assert!(told.orders.iter().any(|one| one.order.code == "answer-correction" && one.may), "{:?}", told.orders);
    let answer = format!("{place}/correction/answer");
    let name = paper.id.to_string();
    let lying = owner.upload(&answer, &[(name.as_str(), Some("new.png"), &pdf("new"))]).await.problem();
    assert_eq!((lying.faults[0].field.as_str(), lying.faults[0].code.as_str()), (name.as_str(), "file-kind-differs"));
    let unasked = owner.upload(&answer, &[("op_name", Some("new.pdf"), &pdf("new"))]).await.problem();
    assert_eq!(unasked.faults[0].code, "no-such-paper");
    let nothing = owner.upload(&answer, &[("answer", None, b"{\"fields\": {}}")]).await.problem();
    assert_eq!(nothing.code, "casework.correction-incomplete");
    let garbled = owner.upload(&answer, &[("answer", None, b"{\"colour\": 1}")]).await.problem();
    assert_eq!(garbled.code, "api.body-unreadable");

    let given: Done = owner.upload(&answer, &[(name.as_str(), Some("new.pdf"), &pdf("new"))]).await.told();
    assert!(given.cases.iter().any(|case| case.status.code == "corrected"), "{:?}", given.cases);
    let file = clerk.get(&format!("/papers/{}", paper.id)).await;
    assert_eq!(file.bytes, pdf("new"));
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let again = clerk.post(&format!("{place}/correction"), &json!({"lines": [line]})).await.problem();
    assert_eq!(again.code, "casework.second-correction");
}
