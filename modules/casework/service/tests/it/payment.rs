//! Paying for a case, with the twin of the payment platform in every mood: the money is booked once, what is too much
//! goes back, and nothing is decided or issued unpaid.

use std::collections::BTreeMap;

use access::{Actor, Role};
use access_service::Visit;
use casework::{Outcome, Status};
use casework_service::acts::{self, DecideCase, IssueResult, Opened, Withdraw};
use casework_service::{FormEntry, Origin};
use chrono::TimeDelta;
use fees::{DifferenceKind, State};
use fees_service::reads::OrderView;
use kernel::value::Value;
use outside::Lines;
use platform::{Clock, Fault};
use serde_json::json;

use crate::ground::{Place, case, each_place_at, order, refused};
use crate::journey;

const SECRET: &str = "a-secret-between-two";

/// The twin, and our door for its callbacks.
struct Bank {
    twins: twins::Running,
    client: reqwest::Client,
}

impl Bank {
    async fn beside(place: &Place) -> Self {
        let anywhere = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let twins = twins::start(anywhere, SECRET).await.unwrap();
        place.world.parts.install(Lines::of(&twins.lines).unwrap());
        Self { twins, client: outside::client().unwrap() }
    }

    async fn put(&self, path: &str, body: serde_json::Value) {
        let url = format!("http://{}/payment/{path}", self.twins.address);
        let sent = self.client.put(url).header("content-type", "application/json").body(body.to_string()).send().await;
        sent.unwrap().error_for_status().unwrap();
    }

    async fn feel(&self, mood: serde_json::Value) {
        self.put("mood", mood).await;
    }

    /// Somebody pays on the platform's page.
    async fn pay(&self, order: &OrderView) -> u16 {
        let url = format!("http://{}/payment/pay/{}", self.twins.address, order.number);
        let posted = self.client.post(url).header("content-type", "application/x-www-form-urlencoded").body("do=pay");
        posted.send().await.unwrap().status().as_u16()
    }
}

/// Our door, where the twin's callbacks come in; every world has its own address.
async fn with_bank(body: impl AsyncFn(&Place, &Bank)) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    each_place_at(Some(address), async |place| {
        let listener = tokio::net::TcpListener::from_std(listener.try_clone().unwrap()).unwrap();
        let router = fees_service::routes().with_state(place.world.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let bank = Bank::beside(place).await;
        body(place, &bank).await;
        serving.abort();
    })
    .await;
}

/// A house changes hands: 80 元 and two further certificates, due before the decision.
async fn open_house(place: &Place) -> Opened {
    let mut order = order(&["house-transfer"]);
    let fields: [(&str, Value); 2] = [("house_use", "dwelling".into()), ("cert_copies", Value::Number(3.0))];
    let typed = |(code, value): (&str, Value)| (code.to_owned(), FormEntry { value, origin: Origin::Typed });
    order.form.extend(BTreeMap::from_iter(fields.into_iter().map(typed)));
    order.papers.clear();
    place.try_open(&place.founder(), order).await.unwrap()
}

/// Accepted, worked on, and the order made at the platform.
async fn charged(place: &Place) -> (Opened, OrderView) {
    let opened = open_house(place).await;
    journey::accept(place, &opened).await;
    place.settle().await;
    journey::work(place, &opened, "house-transfer").await;
    let order = the_order(place, &opened).await;
    (opened, order)
}

async fn the_order(place: &Place, opened: &Opened) -> OrderView {
    let orders = fees_service::reads::orders(&place.founder(), opened.application).await.unwrap();
    assert_eq!(orders.len(), 1, "one case, one order");
    orders.into_iter().next().unwrap()
}

async fn decide(place: &Place, opened: &Opened) -> Result<acts::Done, Fault> {
    journey::decide(place, opened, "house-transfer", Outcome::Grant).await
}

/// Time passes, and what is due is done.
async fn later(place: &Place, minutes: i64) {
    place.clock.advance(TimeDelta::minutes(minutes));
    place.settle().await;
}

#[tokio::test]
async fn charged_paid_decided() {
    with_bank(async |place, bank| {
        let (opened, order) = charged(place).await;
        assert_eq!((order.state, order.yuan.as_str(), order.lines.len()), (State::Issued, "100.00", 2));
        assert_eq!(order.number.len(), 20);
        assert!(order.pay_url.as_deref().unwrap().ends_with(&order.number));
        let notices =
            casework_service::reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        assert!(notices.iter().any(|notice| notice.title == "缴费通知书"), "{notices:?}");
        assert_eq!(refused(decide(place, &opened).await), "fees.unpaid");

        assert_eq!(bank.pay(&order).await, 303);
        place.settle().await;
        let paid = the_order(place, &opened).await;
        assert_eq!((paid.state, paid.pay_url.is_none(), paid.refunds.len()), (State::Paid, true, 0));
        decide(place, &opened).await.unwrap();
        let done = acts::issue_result(&place.exit(), None, IssueResult { case: case(&opened, "house-transfer") }).await;
        assert_eq!(done.unwrap().cases[0].status, Status::Issued);
        let mine = casework_service::reads::my_application(&place.founder(), opened.application).await.unwrap();
        assert!(mine.journal.iter().any(|line| line.did.contains("收到缴款")), "{:?}", mine.journal);
    })
    .await;
}

#[tokio::test]
async fn every_mood_of_the_platform_ends_in_one_payment() {
    with_bank(async |place, bank| {
        // The mood while the order is made, the mood while it is paid, and whether only asking can tell.
        for (making, paying, silent) in [
            (json!({}), json!({ "twice": true }), false),
            (json!({}), json!({ "forged": true }), true),
            (json!({}), json!({ "wrong": true }), true),
            (json!({}), json!({}), true),
            (json!({ "garbled": true }), json!({}), false),
            (json!({ "down": true }), json!({}), false),
            (json!({ "slow_ms": 20 }), json!({ "slow_ms": 20 }), false),
        ] {
            bank.feel(making.clone()).await;
            let opened = open_house(place).await;
            journey::accept(place, &opened).await;
            place.try_settle().await;
            bank.feel(json!({})).await;
            // A call that failed is tried again after its pause.
            later(place, 5).await;
            let order = the_order(place, &opened).await;
            assert!(order.pay_url.is_some(), "{making}");

            bank.put("silent", json!(silent && paying == json!({}))).await;
            bank.feel(paying.clone()).await;
            bank.pay(&order).await;
            bank.feel(json!({})).await;
            bank.put("silent", json!(false)).await;
            let at_once = the_order(place, &opened).await.state;
            assert_eq!(at_once == State::Paid, !silent, "{making} {paying}");
            later(place, 60).await;
            let paid = the_order(place, &opened).await;
            assert_eq!((paid.state, paid.refunds.len()), (State::Paid, 0), "{making} {paying}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_callback_that_comes_before_the_order_was_answered_counts() {
    with_bank(async |place, bank| {
        bank.feel(json!({ "early": true, "twice": true })).await;
        let opened = open_house(place).await;
        journey::accept(place, &opened).await;
        place.settle().await;
        let order = the_order(place, &opened).await;
        assert_eq!((order.state, order.pay_url, order.refunds.len()), (State::Paid, None, 0));
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_twice_or_after_the_end_goes_back() {
    with_bank(async |place, bank| {
        let (opened, order) = charged(place).await;
        bank.pay(&order).await;
        bank.pay(&order).await;
        place.settle().await;
        let paid = the_order(place, &opened).await;
        assert_eq!((paid.state, paid.refunds.len()), (State::Paid, 1));
        assert_eq!(paid.refunds[0].why, fees::RefundWhy::Twice);
        assert!(paid.refunds[0].done_at.is_some(), "the second payment has gone back");

        let withdraw = Withdraw { application: opened.application, case: None, reason: "不过户了".into() };
        acts::withdraw(&place.founder(), None, withdraw.clone()).await.unwrap();
        place.settle().await;
        let back = the_order(place, &opened).await;
        assert_eq!((back.state, back.refunds.len()), (State::Refunded, 2));

        // Cancelled while somebody is on the pay page, before the platform hears of it.
        let (opened, order) = charged(place).await;
        let withdraw = Withdraw { application: opened.application, ..withdraw };
        acts::withdraw(&place.founder(), None, withdraw).await.unwrap();
        bank.pay(&order).await;
        place.settle().await;
        let gone = the_order(place, &opened).await;
        assert_eq!((gone.state, gone.refunds[0].why), (State::Cancelled, fees::RefundWhy::Cancelled));
        assert!(gone.refunds[0].done_at.is_some());
        assert_eq!(bank.pay(&order).await, 410, "closed at the platform");
    })
    .await;
}

#[tokio::test]
async fn callbacks_that_are_stale_forged_or_about_nothing_change_nothing() {
    use outside::signature::{SIGNATURE, Signed, TIME};
    with_bank(async |place, bank| {
        let (opened, order) = charged(place).await;
        let url = format!("{}/callbacks/payment", place.world.config.public_url.as_deref().unwrap());
        let tell = async |number: &str, secret: &str, ago_s: i64| {
            let at = Clock::System.now_utc() - TimeDelta::seconds(ago_s);
            let body = json!({ "order": number, "transaction": "T1", "fen": 10_000, "at": at }).to_string();
            let signed = Signed { method: "POST", path: "/callbacks/payment", body: body.as_bytes() };
            let call = bank.client.post(&url).header(TIME, at.timestamp()).header(SIGNATURE, signed.sign(secret, at));
            call.body(body).send().await.unwrap().status().as_u16()
        };
        assert_eq!(tell(&order.number, SECRET, 301).await, 401, "replayed after five minutes");
        assert_eq!(tell(&order.number, "another-secret-of-ours", 0).await, 401, "forged");
        assert_eq!(tell("44060426030299999990", SECRET, 0).await, 404, "an order that is not ours");
        assert_eq!(the_order(place, &opened).await.state, State::Issued);
        assert_eq!(tell(&order.number, SECRET, 0).await, 200);
        assert_eq!(the_order(place, &opened).await.state, State::Paid);
        // The same transaction under another order is nobody's.
        let (other, second) = charged(place).await;
        assert_eq!(tell(&second.number, SECRET, 0).await, 409);
        assert_eq!(the_order(place, &other).await.state, State::Issued);
    })
    .await;
}

#[tokio::test]
async fn what_the_statement_says_otherwise_is_shown_until_somebody_settles_it() {
    with_bank(async |place, bank| {
        let (_, wrong) = charged(place).await;
        bank.pay(&wrong).await;
        bank.put("silent", json!(true)).await;
        let (opened, unknown) = charged(place).await;
        bank.pay(&unknown).await;
        bank.feel(json!({ "wrong": true })).await;
        // The platform counts by its own wall clock.
        let day = platform::clock::china_day(Clock::System.now_utc());
        let compare = async || {
            let tomorrow = platform::clock::start_of(day) + TimeDelta::days(1) + TimeDelta::hours(3);
            place.clock.advance(tomorrow - place.world.clock.now_utc());
            fees_service::arrange(&place.world).await.unwrap();
            place.settle().await;
        };
        // What the platform says before we have asked it ourselves.
        let theirs = |order: &OrderView, fen| fees::Entry {
            kind: fees::EntryKind::Payment,
            order: order.number.clone(),
            transaction: format!("PAY{}01", order.number),
            fen,
        };
        let told = [theirs(&wrong, 10_100), theirs(&unknown, 10_100)];
        fees_service::acts::take_statement(&place.world, day, &told).await.unwrap();
        place.settle().await;
        compare().await;
        let keeper = place.person("fees1", &[Role::FeeKeeper], "data-chancheng", None);
        let (days, found) = fees_service::reads::comparison(&keeper).await.unwrap();
        assert_eq!((days.len(), days[0].day, days[0].entries, days[0].differences), (1, day, 2, 2));
        let kinds: Vec<_> = found.iter().map(|one| (one.number.clone(), one.kind)).collect();
        assert!(kinds.contains(&(wrong.number, DifferenceKind::Amount)), "{kinds:?}");
        assert!(kinds.contains(&(unknown.number, DifferenceKind::TheirsOnly)), "{kinds:?}");
        assert_eq!(the_order(place, &opened).await.state, State::Paid, "what only they knew was asked about");
        compare().await;
        assert_eq!(fees_service::reads::comparison(&keeper).await.unwrap().1.len(), 2, "nothing is found twice");

        let settle = |note: &str| fees_service::acts::ResolveDifference { difference: found[0].id, note: note.into() };
        let resolve = fees_service::acts::resolve_difference;
        assert_eq!(refused(resolve(&keeper, None, settle(" ")).await), "fees.note-missing");
        let stranger = place.person("clerk", &[Role::Clerk], "data-chancheng", Some("district-hall"));
        assert_eq!(resolve(&stranger, None, settle("对过了")).await, Err(Fault::NotAllowed));
        resolve(&keeper, None, settle("平台重复计入手续费，已更正")).await.unwrap();
        assert_eq!(refused(resolve(&keeper, None, settle("再来一次")).await), "fees.difference-resolved");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_the_order_and_the_window_only_asks() {
    with_bank(async |place, bank| {
        let (opened, order) = charged(place).await;
        let other = Visit::of(&place.world, Actor::resident("somebody-else", "李四"));
        assert!(fees_service::reads::orders(&other, opened.application).await.unwrap().is_empty());
        assert_eq!(fees_service::acts::ask_gateway(&other, None, order.id).await, Err(Fault::NotAllowed));
        // The clerk took the money with the platform's own machine, and no callback came.
        bank.put("silent", json!(true)).await;
        bank.pay(&order).await;
        fees_service::acts::ask_gateway(&place.clerk(), None, order.id).await.unwrap();
        assert_eq!(the_order(place, &opened).await.state, State::Issued, "the word of a clerk books nothing");
        place.settle().await;
        assert_eq!(the_order(place, &opened).await.state, State::Paid);
    })
    .await;
}

#[tokio::test]
async fn before_the_result_is_made_and_exempt() {
    with_bank(async |place, bank| {
        let open = async |low_income: bool| {
            let mut order = order(&["id-card-renew"]);
            let fields: [(&str, Value); 2] =
                [("id_card_reason", "expired".into()), ("low_income", Value::Bool(low_income))];
            order.form.extend(
                fields.into_iter().map(|(code, value)| (code.to_owned(), FormEntry { value, origin: Origin::Typed })),
            );
            order.papers.clear();
            let opened = place.try_open(&place.founder(), order).await.unwrap();
            journey::accept(place, &opened).await;
            let approver = place.officer(Role::Approver, "police-chancheng");
            let decide =
                DecideCase { case: case(&opened, "id-card-renew"), outcome: Outcome::Grant, reason: String::new() };
            acts::decide_case(&approver, None, decide).await.unwrap();
            place.settle().await;
            opened
        };
        let opened = open(false).await;
        assert_eq!(refused(journey::issue(place, &opened, "id-card-renew").await), "fees.unpaid");
        let order = the_order(place, &opened).await;
        assert_eq!(order.yuan, "20.00");
        bank.pay(&order).await;
        journey::issue(place, &opened, "id-card-renew").await.unwrap();

        let opened = open(true).await;
        assert!(fees_service::reads::orders(&place.founder(), opened.application).await.unwrap().is_empty());
        journey::issue(place, &opened, "id-card-renew").await.unwrap();
    })
    .await;
}
