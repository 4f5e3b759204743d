//! Finding by what people say, open to everybody.

use api::views::SearchAnswer;
use axum::http::StatusCode;

use crate::ground::District;

#[tokio::test]
async fn people_are_understood_and_told_why() {
    let district = District::open().await;
    let client = district.visitor();
    let found = async |asked: &str| -> SearchAnswer {
        client.get(&format!("/search?{}", access_service::door::pair("q", asked))).await.told()
    };
    let answer = found("想开个饭馆").await;
    let best = &answer.hits[0];
    assert_eq!((best.kind.as_str(), best.id.as_str(), best.sure), ("theme", "open-restaurant", true));
    let saying: Vec<char> = best.saying.as_deref().unwrap_or_default().chars().collect();
    assert!(!best.marks.is_empty() && best.marks.iter().all(|[start, end]| start < end && *end <= saying.len()));
    assert_eq!(answer.meant, None);
    let typed = found("shenfenzheng").await;
    assert_eq!((typed.hits[0].id.as_str(), typed.meant.as_deref()), ("renew-id-card", Some("身份证")));
    assert_eq!(found("火星移民").await, SearchAnswer { hits: vec![], meant: None });
    assert_eq!(found("").await.hits, []);
}

#[tokio::test]
async fn audience_and_number_narrow_it_down_and_other_words_are_refused() {
    let district = District::open().await;
    let client = district.visitor();
    let licence = access_service::door::pair("q", "营业执照");
    let ids = async |more: &str| -> Vec<String> {
        let answer: SearchAnswer = client.get(&format!("/search?{licence}{more}")).await.told();
        answer.hits.into_iter().map(|hit| hit.id).collect()
    };
    assert!(ids("&audience=person").await.contains(&"register-individual".to_owned()));
    assert!(!ids("&audience=company").await.contains(&"register-individual".to_owned()));
    assert!(ids("&place=440604012017").await.len() > 1, "a community has a station that takes everything");
    assert_eq!(ids("&rows=1").await.len(), 1);
    assert_eq!(ids("&rows=0").await.len(), 1);
    for wrong in ["&audience=club", "&colour=red", "&rows=many"] {
        let problem = client.get(&format!("/search?{licence}{wrong}")).await.problem();
        assert_eq!(problem.status, StatusCode::BAD_REQUEST.as_u16(), "{wrong}");
    }
}
