//! A connector that exchanges files: whole ones and half ones, rubbish, and the same file twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use casework::Status;
use connect_service::acts::apply_again;
use platform::Fault;
use platform::config::ConnectorConfig;
use serde_json::{Value, json};

use crate::house::{House, SIGNBOARD, Wish, each_house};

const JSON: &[(&str, &str)] = &[("way: http\nline: authority", "way: files\nform: json")];
const CSV: &[(&str, &str)] = &[("way: http\nline: authority", "way: files\nform: csv")];

fn exchange(config: &mut platform::Config, _: &str, folder: &Path) {
    let own = ConnectorConfig { folder: Some(folder.join("exchange")), ..ConnectorConfig::default() };
    config.connectors.insert(SIGNBOARD.into(), own);
}

async fn each_exchange(text: &[(&str, &str)], body: impl AsyncFn(&House)) {
    each_house(Wish { text, config: Some(&exchange) }, body).await;
}

fn folder(house: &House, name: &str) -> PathBuf {
    house.folder.path().join("exchange").join(name)
}

/// The names in a folder.
fn names(house: &House, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(house, name)).map(Iterator::flatten).into_iter().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Puts a file into their folder, written so many seconds ago.
fn drop_in(house: &House, name: &str, text: &[u8], ago_s: u64) {
    let path = folder(house, "in").join(name);
    fs::write(&path, text).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(ago_s)).unwrap();
}

fn granted(number: &str) -> Value {
    json!({
        "event_no": "F1", "case_no": number, "state": "30", "officer_no": "0012", "officer": "李秉文",
        "handler_no": "0007", "handler": "何少芬", "done_on": "20260302",
    })
}

#[tokio::test]
async fn a_case_goes_out_as_one_whole_file_and_comes_back_as_a_decision() {
    each_exchange(JSON, async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        let out = names(house, "out");
        assert_eq!(out.len(), 1, "and nothing half written: {out:?}");
        let sent: Value = serde_json::from_slice(&fs::read(folder(house, "out").join(&out[0])).unwrap()).unwrap();
        assert_eq!(format!("{}.json", sent["key"].as_str().unwrap()), out[0], "the name is the key");
        assert_eq!((sent["case"]["case_no"].as_str(), sent["case"]["light"].as_str()), (Some(&*number), Some("3")));

        drop_in(house, "results.json", json!([granted(&number)]).to_string().as_bytes(), 10);
        house.read().await;
        assert_eq!(house.status(case).await, Status::Granted);
        assert_eq!((names(house, "in").len(), names(house, "done")), (0, vec!["results.json".to_owned()]));

        drop_in(house, "results.json", json!([granted(&number)]).to_string().as_bytes(), 10);
        house.read().await;
        assert_eq!((house.recorded(case, "casework.decided").await, house.conflicts().await), (1, vec![]));
        assert_eq!(names(house, "done").len(), 2, "the second does not write over the first");
    })
    .await;
}

#[tokio::test]
async fn half_a_file_waits_and_rubbish_is_kept_for_somebody() {
    each_exchange(JSON, async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        let whole = granted(&number).to_string();
        drop_in(house, "half.json", &whole.as_bytes()[..40], 10);
        drop_in(house, "now.json", whole.as_bytes(), 0);
        drop_in(house, "upload.part", whole.as_bytes(), 600);
        drop_in(house, ".hidden.json", whole.as_bytes(), 600);
        house.read().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::InReview, vec![]));
        assert_eq!((names(house, "in").len(), names(house, "wrong").len()), (4, 0), "all of them may still be written");

        drop_in(house, "half.json", &whole.as_bytes()[..40], 120);
        drop_in(house, "letter.json", "办好了，请查收".as_bytes(), 120);
        drop_in(house, "picture.json", &[0xff, 0xd8, 0xff, 0xe0], 120);
        house.read().await;
        assert_eq!(house.conflicts().await, ["file-unreadable"; 3]);
        assert_eq!(names(house, "wrong"), ["half.json", "letter.json", "picture.json"]);
        let letter = house
            .connector()
            .await
            .conflicts
            .into_iter()
            .find(|one| one.theirs.raw.as_deref() == Some("办好了，请查收"));
        let again = apply_again(&house.admin(), None, letter.unwrap().id).await;
        assert_eq!(again, Err(Fault::Conflict), "trying again does not make it a row");
        assert_eq!(house.status(case).await, Status::InReview);
    })
    .await;
}

#[tokio::test]
async fn a_table_with_a_line_that_has_no_end_waits_for_it() {
    each_exchange(CSV, async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        let out = names(house, "out");
        let sent = fs::read_to_string(folder(house, "out").join(&out[0])).unwrap();
        let mut lines = sent.lines();
        assert!(lines.next().unwrap().starts_with("key,case_no,action,matter,applicant,phone,shop"), "{sent}");
        assert!(lines.next().unwrap().contains(&number) && lines.next().is_none(), "{sent}");

        let heads = "event_no,case_no,state,officer_no,officer,handler_no,handler,done_on";
        let line = format!("F1,{number},30,0012,李秉文,0007,何少芬,20260302");
        drop_in(house, "results.csv", format!("\u{feff}{heads}\n{}", &line[..line.len() - 2]).as_bytes(), 10);
        house.read().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::InReview, vec![]));
        drop_in(house, "results.csv", format!("\u{feff}{heads}\r\n{line}\r\n").as_bytes(), 10);
        house.read().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::Granted, vec![]));
        drop_in(house, "short.csv", format!("{heads}\nF2,{number}\n").as_bytes(), 120);
        house.read().await;
        assert_eq!(house.conflicts().await, ["file-unreadable"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_row_with_something_else_in_it_is_not_followed() {
    each_exchange(JSON, async |house| {
        let (case, number) = house.accepted().await;
        house.settle().await;
        drop_in(house, "one.json", granted(&number).to_string().as_bytes(), 10);
        house.read().await;
        let mut changed = granted(&number);
        (changed["state"], changed["opinion"]) = ("31".into(), "改主意了".into());
        drop_in(house, "two.json", changed.to_string().as_bytes(), 10);
        house.read().await;
        assert_eq!((house.status(case).await, house.conflicts().await), (Status::Granted, vec!["row-changed".into()]));
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_a_system_that_is_down() {
    each_exchange(JSON, async |house| {
        fs::write(house.folder.path().join("exchange"), "a file where a folder should be").unwrap();
        house.accepted().await;
        house.settle().await;
        house.read().await;
        let line = house.connector().await.line;
        assert_eq!((line.waiting, line.failed.as_deref()), (1, Some("down")));
    })
    .await;
}
