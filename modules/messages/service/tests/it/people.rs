//! What people choose: ways, kinds, addresses.

use std::collections::BTreeSet;

use messages::{Channel, Group, Wishes};
use messages_service::acts::{ask_wechat_code, choose_wishes, confirm_mail, give_mail, unbind_wechat};
use messages_service::reads;
use platform::Fault;
use serde_json::json;

use crate::ground::{Place, each_place};

fn only(channels: &[Channel]) -> Wishes {
    Wishes { channels: channels.iter().copied().collect(), ..Wishes::default() }
}

#[tokio::test]
async fn what_was_muted_is_not_sent_and_what_the_law_wants_told_still_stands_in_the_portal() {
    each_place(async |place| {
        let wishes = Wishes { muted: BTreeSet::from([Group::Progress]), ..Wishes::default() };
        choose_wishes(&place.founder(), &wishes).await.unwrap();
        let opened = place.apply().await;
        place.ask_to_correct(&opened).await;
        place.correct(&opened).await;
        place.settle().await;
        let titles = place.titles().await;
        assert_eq!(titles.len(), 2, "received and the correction notice, not that the answer came: {titles:?}");
        assert_eq!(place.taken("sms").await.len(), 1, "the correction notice alone");
        assert_eq!(choose_wishes(&place.clerk(), &wishes).await, Err(Fault::NotAllowed));
    })
    .await;
}

/// The token in the newest mail.
async fn token(place: &Place) -> String {
    let mails = place.taken("mail").await;
    let text = mails[0]["text"].as_str().unwrap();
    let (_, after) = text.split_once("token=").unwrap_or_else(|| panic!("{text}"));
    after.chars().take_while(char::is_ascii_hexdigit).collect()
}

#[tokio::test]
async fn a_mail_address_counts_once_its_mail_was_answered() {
    each_place(async |place| {
        let founder = place.founder();
        choose_wishes(&founder, &only(&[Channel::Mail])).await.unwrap();
        let wrong = give_mail(&founder, "zhi.yuan@").await;
        assert_eq!(wrong, Err(Fault::field("mail", "mail-form")));
        give_mail(&founder, "zhi.yuan@example.com").await.unwrap();
        place.apply().await;
        place.settle().await;
        assert_eq!(place.taken("mail").await.len(), 1, "the mail that asks, and nothing else");
        assert_eq!(confirm_mail(&founder, "00ff").await, Err(Fault::field("mail", "mail-token")));
        confirm_mail(&founder, &token(place).await).await.unwrap();
        let view = reads::wishes(&founder).await.unwrap();
        assert_eq!((view.mail.as_deref(), view.mail_confirmed), (Some("z***@example.com"), true));
        place.apply().await;
        place.settle().await;
        let mails = place.taken("mail").await;
        let (mail, text) = (&mails[0], mails[0]["text"].as_str().unwrap());
        assert_eq!((mails.len(), mail["to"].as_str()), (2, Some("zhi.yuan@example.com")));
        assert!(mail["subject"].as_str().unwrap().contains("开办餐饮店") && text.contains("/messages/"), "{mail}");
        assert!(!text.contains("何志远") && place.taken("sms").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_mail_is_answered_within_a_day() {
    each_place(async |place| {
        let founder = place.founder();
        give_mail(&founder, "zhi.yuan@example.com").await.unwrap();
        place.settle().await;
        let token = token(place).await;
        place.at("2026-03-03 09:31").await;
        assert_eq!(confirm_mail(&founder, &token).await, Err(Fault::field("mail", "mail-token")));
    })
    .await;
}

#[tokio::test]
async fn whoever_sends_the_code_to_the_account_is_told_there() {
    each_place(async |place| {
        let founder = place.founder();
        choose_wishes(&founder, &only(&[])).await.unwrap();
        let code = ask_wechat_code(&founder).await.unwrap();
        assert!(place.say("oMallory", "not-it").await.contains("没有人在等"));
        assert!(place.say("oZhiYuan", &code).await.contains("绑定好了"));
        assert!(place.say("oMallory", &code).await.contains("没有人在等"), "a code counts once");
        assert!(reads::wishes(&founder).await.unwrap().wechat_since.is_some());
        let unsigned = json!({ "event": "bind", "code": "000000", "open_id": "oMallory" });
        assert_eq!(place.call_back("/callbacks/wechat", &unsigned).await, 401);
        place.apply().await;
        place.settle().await;
        let taken = place.taken("wechat").await;
        assert_eq!((taken.len(), taken[0]["to"].as_str()), (1, Some("oZhiYuan")));
        unbind_wechat(&founder).await.unwrap();
        place.apply().await;
        place.settle().await;
        assert_eq!(place.taken("wechat").await.len(), 1);
        let late = ask_wechat_code(&founder).await.unwrap();
        place.clock.advance(chrono::TimeDelta::minutes(10));
        assert!(place.say("oZhiYuan", &late).await.contains("没有人在等"), "a code counts ten minutes");
    })
    .await;
}
