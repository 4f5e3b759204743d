//! Money and a server that dies: what the payment platform took is found, counts once, and until then nothing is decided.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use access::Role;
use access_service::Visit;
use casework::{Outcome, View};
use casework_service::acts::{self, CompleteStep, DecideCase, Opened};
use casework_service::reads::case_view;
use casework_service::{FormEntry, Origin};
use fees::State;
use fees_service::reads::OrderView;
use kernel::value::Value;
use outside::Lines;
use platform::{Clock, Fault};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde::Deserialize;
use serde_json::json;

use super::gate::{Fate, Gate};
use crate::database::{connect, count};
use crate::district;
use crate::life::District;
use crate::server::Server;

const SECRET: &str = "a-secret-between-two";
/// The item that is paid for: 80 元 and two further certificates, before the decision.
const ITEM: &str = "house-transfer";
const PAYER: &str = "restaurant-founder";
/// Longest wait for what the servers do by themselves.
const PATIENCE: Duration = Duration::from_secs(60);

/// The payment platform beside the servers, the books both use, and the officers.
struct Town {
    twins: twins::Running,
    gate: Gate,
    district: District,
    client: reqwest::Client,
    db: DatabaseConnection,
}

impl Town {
    async fn found(url: &str) -> Self {
        let twins = twins::start(SocketAddr::from(([127, 0, 0, 1], 0)), SECRET).await.expect("the twins start");
        let district = District::open(url, Clock::System).await;
        let (client, db) = (outside::client().expect("a client"), connect(url).await);
        Self { twins, gate: Gate::open("/callbacks/payment"), district, client, db }
    }

    fn server(&self, url: &str) -> Server {
        let line = &self.twins.lines["payment"];
        let home = format!("http://{}", self.gate.address);
        let settings = [
            ("YIMEN_PUBLIC_URL", home.as_str()),
            ("YIMEN_LINES_PAYMENT_URL", &line.url),
            ("YIMEN_LINES_PAYMENT_SECRET", &line.secret),
        ];
        Server::start_with(url, &settings)
    }

    async fn put(&self, path: &str, body: serde_json::Value) {
        let url = format!("http://{}/payment/{path}", self.twins.address);
        let sent = self.client.put(url).header("content-type", "application/json").body(body.to_string()).send().await;
        sent.expect("an answer").error_for_status().expect("a good one");
    }

    /// Somebody pays on the platform's page.
    async fn pay(&self, order: &OrderView) {
        let url = format!("http://{}/payment/pay/{}", self.twins.address, order.number);
        let posted = self.client.post(url).header("content-type", "application/x-www-form-urlencoded").body("do=pay");
        assert_eq!(posted.send().await.expect("an answer").status().as_u16(), 303);
    }

    /// An application up to the decision, its order issued.
    async fn apply(&self) -> Opened {
        let opened = self.district.submit_as(PAYER, &[ITEM], |order| {
            let fields: [(&str, Value); 2] = [("house_use", "dwelling".into()), ("cert_copies", Value::Number(3.0))];
            let typed = |(code, value): (&str, Value)| (code.to_owned(), FormEntry { value, origin: Origin::Typed });
            order.form = BTreeMap::from_iter(fields.into_iter().map(typed));
        });
        let opened = opened.await;
        self.district.accept(opened.application).await;
        let (case, handler) = (opened.cases[0].case, self.officer(Role::Handler));
        let steps = case_view(&handler, case).await.expect("the case").steps;
        for step in steps.iter().filter(|step| !step.is_decision) {
            let role = if step.id == "review" { Role::Reviewer } else { Role::Handler };
            let words = "符合条件".to_owned();
            let order = CompleteStep { case, step: step.id.clone(), view: View::Agree, words };
            acts::complete_step(&self.officer(role), None, order).await.expect("a step");
        }
        opened
    }

    fn officer(&self, role: Role) -> Visit {
        let shelf = self.district.world.part::<catalog_service::Shelf>();
        self.district.holder(role, &shelf.catalog().items[ITEM].authority)
    }

    async fn decide(&self, opened: &Opened) -> Result<acts::Done, Fault> {
        let order = DecideCase { case: opened.cases[0].case, outcome: Outcome::Grant, reason: String::new() };
        acts::decide_case(&self.officer(Role::Approver), None, order).await
    }

    async fn order(&self, opened: &Opened) -> OrderView {
        let payer = self.district.resident(PAYER);
        let mut orders = fees_service::reads::orders(&payer, opened.application).await.expect("the orders");
        assert_eq!(orders.len(), 1, "one case, one order");
        orders.remove(0)
    }

    /// Waits until an order is as the test wants it.
    async fn until(&self, opened: &Opened, what: &str, fits: impl Fn(&OrderView) -> bool) -> OrderView {
        let since = Instant::now();
        loop {
            let order = self.order(opened).await;
            if fits(&order) {
                return order;
            }
            assert!(since.elapsed() < PATIENCE, "never {what}: {order:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What waits in the queue is due now, as after minutes of standing still: no lease and no pause is left.
    async fn minutes_pass(&self) {
        self.db.execute_unprepared("UPDATE platform_queue SET due = at WHERE due > at").await.expect("the queue");
    }

    async fn rows(&self, sql: &str) -> i64 {
        count(&self.db, sql).await
    }

    /// Both books say the same of every order: one payment, which counts.
    async fn books_agree(&self, all: &[Opened]) {
        let lines = Lines::of(&self.twins.lines).expect("the lines");
        let line = lines.get("payment").expect("the line");
        for opened in all {
            let order = self.order(opened).await;
            assert_eq!((order.state, order.refunds.len()), (State::Paid, 0), "{order:?}");
            let known: Known = line.get(&format!("/orders/{}", order.number)).await.expect("what the platform knows");
            assert_eq!(known.payments.len(), 1, "taken once at the platform");
        }
        let paid = all.len() as i64;
        assert_eq!(self.rows("SELECT count(*) FROM fees_order").await, paid);
        assert_eq!(self.rows("SELECT count(*) FROM fees_entry").await, paid, "every payment is booked once");
        assert_eq!(self.rows("SELECT count(*) FROM platform_journal WHERE act = 'fees.paid'").await, paid);
        assert_eq!(self.rows("SELECT count(*) FROM platform_dead_letter").await, 0);
    }
}

#[derive(Debug, Deserialize)]
struct Known {
    payments: Vec<serde_json::Value>,
}

fn unpaid(outcome: Result<acts::Done, Fault>) -> bool {
    matches!(outcome, Err(Fault::Refusal(refusal)) if refusal.code == "fees.unpaid")
}

/// How the platform feels, whether it keeps silent, and what its word meets.
const STORIES: [(&str, bool, Fate); 8] = [
    // Paid before the platform has answered the call that makes the order; the server dies waiting for the answer.
    (r#"{"early":true}"#, false, Fate::DiesBefore),
    (r#"{"early":true}"#, false, Fate::DiesDuring),
    (r#"{"early":true,"twice":true}"#, false, Fate::DiesDuring),
    ("{}", false, Fate::DiesBefore),
    ("{}", false, Fate::DiesDuring),
    ("{}", false, Fate::DiesDuring),
    (r#"{"twice":true}"#, false, Fate::DiesDuring),
    ("{}", true, Fate::DiesBefore),
];

#[tokio::test(flavor = "multi_thread")]
async fn money_taken_while_the_server_dies_is_found_and_counts_once() {
    district::each_engine(async |url| {
        let town = Town::found(&url).await;
        let mut server = town.server(&url);
        let (mut all, mut before_record) = (Vec::new(), 0);
        for (mood, silent, fate) in STORIES {
            let heard = town.gate.calls();
            let mood: serde_json::Value = serde_json::from_str(mood).expect("a mood");
            let early = mood["early"] == true;
            town.gate.leads_to(&[(server.address(), server.process())], fate);
            if early {
                town.put("mood", mood.clone()).await;
            }
            let opened = town.apply().await;
            if !early {
                let order = town.until(&opened, "made at the platform", |order| order.pay_url.is_some()).await;
                assert!(unpaid(town.decide(&opened).await), "{mood}");
                town.put("mood", mood.clone()).await;
                town.put("silent", json!(silent)).await;
                town.pay(&order).await;
            }
            let since = Instant::now();
            // Who makes an order and dies is not told of it a second time: the platform's answer has nowhere to go.
            let twice = mood["twice"] == true && !early;
            let calls = if silent { 0 } else { 1 + u32::from(twice) };
            while town.gate.calls() < heard + calls {
                assert!(since.elapsed() < PATIENCE, "the platform never called back: {mood}");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            server.kill();
            town.put("mood", json!({})).await;
            town.put("silent", json!(false)).await;
            // Taken there and not booked here: nobody decides on the platform's word alone.
            let order = town.order(&opened).await;
            if order.state == State::Issued {
                before_record += 1;
                assert!(unpaid(town.decide(&opened).await), "{mood}");
            } else {
                assert_ne!(fate, Fate::DiesBefore, "nothing had reached the server: {mood}");
            }
            town.minutes_pass().await;
            server.start_again();
            town.until(&opened, "paid", |order| order.state == State::Paid).await;
            all.push(opened);
        }
        assert!(before_record >= 3, "only {before_record} servers died before they had booked the money");
        town.books_agree(&all).await;
        for opened in &all {
            town.decide(opened).await.expect("what is paid is decided");
        }
        assert!(!server.log().contains("internal error"), "the server met an error of its own:\n{}", server.log());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_reaches_two_servers_at_once_is_booked_once() {
    district::each_engine(async |url| {
        // Two servers share a database server, never a file.
        if url.starts_with("sqlite") {
            return;
        }
        let town = Town::found(&url).await;
        let servers = [town.server(&url), town.server(&url)];
        town.gate.leads_to(&servers.each_ref().map(|one| (one.address(), one.process())), Fate::Arrives);
        let mut all = Vec::new();
        for mood in [json!({}), json!({ "twice": true }), json!({}), json!({ "early": true })] {
            town.put("mood", mood.clone()).await;
            let opened = town.apply().await;
            if mood["early"] != true {
                let order = town.until(&opened, "made at the platform", |order| order.pay_url.is_some()).await;
                town.pay(&order).await;
            }
            town.until(&opened, "paid", |order| order.state == State::Paid).await;
            all.push(opened);
        }
        // The one that called early hears its answer after the order is paid.
        let since = Instant::now();
        let mut answers = town.gate.answers();
        while answers.len() < 10 && since.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(20)).await;
            answers.extend(town.gate.answers());
        }
        assert_eq!(answers, vec![200; 10], "both servers take every call, five times");
        town.books_agree(&all).await;
        for server in &servers {
            assert!(!server.log().contains("internal error"), "a server met an error of its own:\n{}", server.log());
        }
    })
    .await;
}
