//! A day in a year whose holidays have not been announced: people are served, and no date is guessed.

use casework_service::reads;
use platform::Clock;
use testkit::moment;

use crate::district::{database_of, loaded_folder};
use crate::life::District;

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_calendar_people_are_served_and_no_date_is_guessed() {
    let data = loaded_folder();
    let url = database_of(data.path());
    // The sample's calendar ends with 2026.
    let district = District::open(&url, Clock::fixed(moment("2027-01-11 10:00"))).await;
    let opened = district.submit("shop-owner", &["drainage-permit"], &["business-licence"]).await;
    let clerk = district.officer("clerk1");
    let view = reads::application_view(&clerk, opened.application).await.expect("the clerk sees the application");
    assert_eq!(view.clock.due, None, "{:?}", view.clock);
    assert!(view.clock.due_words.contains("尚未公布"), "it says why: {:?}", view.clock);

    district.accept(opened.application).await;
    let owner = district.resident("shop-owner");
    let mine = reads::my_application(&owner, opened.application).await.expect("the owner sees the application");
    assert_eq!(mine.due, None, "{:?}", mine.due_words);
    assert!(!mine.sentence.is_empty() && !mine.sentence.contains("2027"), "no date is promised: {}", mine.sentence);
    assert_eq!(mine.cases[0].clock.due, None, "{:?}", mine.cases[0].clock);
}
