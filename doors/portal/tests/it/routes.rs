//! Every route for a visitor, the resident it is about, another resident, and a clerk.

use axum::http::StatusCode;

use crate::house::House;

/// Path, then the status for: visitor, owner, another resident, clerk. 303 leads to the sign-in page.
const TABLE: [(&str, [u16; 4]); 49] = [
    ("/", [200, 200, 200, 200]),
    ("/search", [200, 200, 200, 200]),
    ("/search?q=kcyd", [200, 200, 200, 200]),
    ("/search/suggest", [200, 200, 200, 200]),
    ("/search/suggest?q=kcyd&for=person&place=440604", [200, 200, 200, 200]),
    ("/items", [200, 200, 200, 200]),
    ("/items?for=company&topic=17&by=authority&after=gone", [200, 200, 200, 200]),
    ("/items/food-permit-new", [200, 200, 200, 200]),
    ("/items/nothing", [404, 404, 404, 404]),
    ("/sign-in", [200, 303, 303, 200]),
    ("/help", [200, 200, 200, 200]),
    ("/about", [200, 200, 200, 200]),
    ("/delegations", [200, 200, 200, 200]),
    ("/lists", [200, 200, 200, 200]),
    ("/lists/powers?q=餐饮&matter=01&level=county", [200, 200, 200, 200]),
    ("/lists/nothing", [404, 404, 404, 404]),
    ("/lists/fees/file/xlsx", [200, 200, 200, 200]),
    ("/lists/fees/file/doc", [404, 404, 404, 404]),
    ("/lists/rows/nothing", [404, 404, 404, 404]),
    ("/consultations", [200, 200, 200, 200]),
    ("/consultations/nothing", [404, 404, 404, 404]),
    ("/trust/roots", [200, 200, 200, 200]),
    ("/trust/roots?before=yesterday", [200, 200, 200, 200]),
    ("/trust/keys", [200, 200, 200, 200]),
    ("/mine", [303, 200, 200, 303]),
    ("/records", [303, 200, 200, 303]),
    ("/records/looks", [303, 200, 200, 303]),
    ("/records/looks?why=case&after=nothing", [303, 422, 422, 303]),
    ("/records/looks/nothing/object", [303, 404, 404, 303]),
    ("/applications/{own}", [303, 200, 404, 303]),
    ("/applications/{own}/receipt", [303, 200, 404, 303]),
    ("/applications/{own}/proof", [303, 200, 404, 303]),
    ("/applications/{own}/mend", [303, 303, 404, 303]),
    ("/applications/{own}/correct", [303, 303, 404, 303]),
    ("/applications/{own}/withdraw", [303, 200, 404, 303]),
    ("/applications/{own}/papers/{paper}", [303, 200, 404, 303]),
    ("/applications/nothing", [303, 404, 404, 303]),
    ("/notices/verify", [200, 200, 200, 200]),
    ("/notices/verify?code=0000-0000-0000-0000", [200, 200, 200, 200]),
    ("/notices/{notice}", [303, 200, 404, 303]),
    ("/notices/nothing", [303, 404, 404, 303]),
    ("/licences/{licence}", [303, 200, 404, 303]),
    ("/licences/nothing", [303, 404, 404, 303]),
    ("/licences/{licence}/certificate", [303, 200, 404, 303]),
    // No press stands in this house: the page is there all the same.
    ("/licences/{licence}/pdf", [303, 503, 404, 303]),
    ("/licences/copies/nothing", [303, 404, 404, 303]),
    ("/licences/verify", [200, 200, 200, 200]),
    ("/licences/verify?code=0000-0000-0000-0000", [200, 200, 200, 200]),
    ("/nowhere", [404, 404, 404, 404]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_everybody_as_it_should() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let owner = house.resident("salon-founder").await;
    let people = [String::new(), owner.clone(), house.resident("job-seeker").await, house.clerk().await];
    let own = opened.application.to_string();
    let matter = house.get(&format!("/applications/{own}"), &owner).await;
    let paper = matter.text.split("/papers/").nth(1).and_then(|rest| rest.split('"').next()).expect("a paper");
    let notice = matter.text.split("/notices/").nth(1).and_then(|rest| rest.split('"').next()).expect("a notice");
    let mine = house.get("/mine", &owner).await;
    let licence = mine.text.split("/licences/").nth(1).and_then(|rest| rest.split('"').next()).expect("a licence");
    let mut wrong = Vec::new();
    for (path, expected) in TABLE {
        let path = path
            .replace("{own}", &own)
            .replace("{paper}", paper)
            .replace("{notice}", notice)
            .replace("{licence}", licence);
        for (who, (cookie, expected)) in ["visitor", "owner", "other", "clerk"].iter().zip(people.iter().zip(expected))
        {
            let answer = house.get(&path, cookie).await;
            if answer.status.as_u16() != expected {
                wrong.push(format!("{path} for {who}: {} instead of {expected}", answer.status));
            }
            if answer.status == StatusCode::SEE_OTHER && *who == "visitor" {
                assert!(answer.to.starts_with("/sign-in?back=%2F"), "{path} leads to {}", answer.to);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Posts of the wrong people, and posts without the session's token.
#[tokio::test(flavor = "multi_thread")]
async fn posts_are_taken_only_from_the_owner_and_from_our_own_pages() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let path = format!("/applications/{}/withdraw", opened.application);
    let owner = house.resident("salon-founder").await;
    let other = house.resident("job-seeker").await;
    let token = |text: &str| crate::house::hidden(text, "_csrf");
    let token_of_other = token(&house.get("/mine", &other).await.text);
    assert_eq!(house.post(&path, &owner, &[("reason", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forged = house.post(&path, &owner, &[("_csrf", &token_of_other)]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    let others = house.post(&path, &other, &[("_csrf", &token_of_other)]).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let clerk = house.clerk().await;
    let staff = house.post(&path, &clerk, &[("_csrf", &token(&house.get("/", &clerk).await.text))]).await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    assert!(house.get(&format!("/applications/{}", opened.application), &owner).await.text.contains("撤回申请"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_keeps_the_portals_frame_and_programs_get_a_plain_answer() {
    let house = House::build().await;
    let lost = house.get("/nowhere/at/all", "").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.text.contains("没有找到这个页面") && lost.text.contains("action=\"/search\""));
    let api = house.get("/api/v1/nowhere", "").await;
    assert_eq!((api.status, api.kind.as_str()), (StatusCode::NOT_FOUND, "application/problem+json"));
}
