//! Handed-in files come back as they were, to their owner only.

use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_comes_back_with_its_kind() {
    let house = House::build().await;
    let opened = house.salon("salon-founder").await;
    let cookie = house.resident("salon-founder").await;
    let own = format!("/applications/{}", opened.application);
    let matter = house.get(&own, &cookie).await;
    let paper = matter.text.split(&format!("{own}/papers/")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let file = house.get(&format!("{own}/papers/{paper}"), &cookie).await;
    assert_eq!(file.kind, "application/pdf");
    assert!(file.text.starts_with("%PDF-1.4"));
    let elsewhere = house.salon("job-seeker").await;
    let other = house.resident("job-seeker").await;
    let borrowed = house.get(&format!("/applications/{}/papers/{paper}", elsewhere.application), &other).await;
    assert_eq!(borrowed.status.as_u16(), 404, "a paper of another application cannot be reached through one's own");
}
