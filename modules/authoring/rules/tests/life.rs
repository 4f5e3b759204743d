//! The lives of a revision and of a change request: their chart, and what holds whatever order comes after whatever order.

use std::fmt::Write as _;
use std::path::PathBuf;

use authoring::request::{self, ANSWER_DAYS, Clock, Request};
use authoring::{Ground, Order, Revision, State, apply, decide};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

const ZH: &str = include_str!("../../service/text/zh.toml");
const TEXT: &str = "digest";

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day") + Days::new(n)
}

fn ground(by: &'static str, n: u64) -> Ground<'static> {
    Ground {
        by,
        name: by,
        today: day(n),
        digest: TEXT,
        is_empty: false,
        errors: 0,
        new_warnings: 0,
        is_current: true,
        earliest_last_day: day(n + 7),
        unanswered: 0,
    }
}

fn then(revision: &Revision, order: &Order, ground: &Ground<'_>) -> Revision {
    let events = decide(revision, order, ground).unwrap_or_else(|refusal| panic!("{refusal}"));
    events.iter().fold(revision.clone(), apply)
}

/// One revision in each state.
fn each() -> Vec<Revision> {
    let submit = Order::Submit { remark: String::new() };
    let reason = || "理由".to_owned();
    let drafting = Revision::new(day(0), "author");
    let submitted = then(&drafting, &submit, &ground("author", 1));
    let consulting = then(&submitted, &Order::Consult { last_day: day(9) }, &ground("office", 1));
    let once = then(&submitted, &Order::Sign, &ground("head", 2));
    let twice = then(&once, &Order::Sign, &ground("other-head", 3));
    let publish = Order::Publish { shown: TEXT.into(), release: "r".into() };
    let published = then(&twice, &publish, &ground("office", 4));
    let withdrawn = then(&drafting, &Order::Withdraw { reason: reason() }, &ground("author", 1));
    vec![drafting, submitted, consulting, once, twice, published, withdrawn]
}

struct Words(toml::Table);

impl Words {
    fn get(&self, key: &str) -> &str {
        let (table, name) = key.rsplit_once('.').expect("a key with a table");
        let table = table.split('.').try_fold(&self.0, |at, part| at.get(part)?.as_table());
        table.and_then(|table| table.get(name)?.as_str()).unwrap_or_else(|| panic!("no words for {key}"))
    }
}

#[test]
fn the_chart_is_as_printed() {
    let words = Words(ZH.parse().expect("TOML"));
    let mut chart = String::from(
        "修订稿和修改请求的一生：每个状态下每种指令的结果，由测试逐一询问 decide 后打印，不手工修改。\n\
         UPDATE_CHARTS=1 cargo test --workspace chart 重新打印。\n\
         × 后面是拒绝的理由。\n\n# 修订稿\n",
    );
    // Long after the last day of a consultation, by somebody who wrote nothing.
    let late = ground("third-head", 60);
    for revision in each() {
        let state = revision.state();
        write!(chart, "\n[{state}] {}\n", words.get(state.text_key())).expect("a text takes words");
        for order in Order::each(day(80), TEXT) {
            let name = words.get(&format!("revision-order.{}", order.name()));
            let said = match decide(&revision, &order, &late) {
                Ok(events) => {
                    let after = events.iter().fold(revision.clone(), apply).state();
                    format!("→ {after} {}", words.get(after.text_key()))
                }
                Err(refusal) if refusal.code == "authoring.not-now" => continue,
                Err(refusal) => format!("× {}", words.get(&format!("refusal.{}", refusal.code))),
            };
            writeln!(chart, "  {name:　<8}{said}").expect("a text takes words");
        }
    }
    writeln!(chart, "\n不可以的，逐条：").expect("words");
    for (what, refusal) in refused() {
        writeln!(chart, "  {what}：× {}", words.get(&format!("refusal.{refusal}"))).expect("words");
    }
    writeln!(chart, "\n# 修改请求（{ANSWER_DAYS} 个工作日内答复）").expect("words");
    for one in requests() {
        let state = one.state();
        write!(chart, "\n[{state}] {}\n", words.get(state.text_key())).expect("a text takes words");
        for order in request::Order::each() {
            let name = words.get(&format!("request-order.{}", order.name()));
            if let Ok(event) = request::decide(&one, &order, day(60)) {
                let after = request::apply(one.clone(), &event).state();
                writeln!(chart, "  {name:　<8}→ {after} {}", words.get(after.text_key())).expect("words");
            }
        }
    }
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../chart/revision.txt");
    if std::env::var_os("UPDATE_CHARTS").is_some() {
        std::fs::write(&file, &chart).expect("the chart is written");
    }
    let printed = std::fs::read_to_string(&file).expect("chart/revision.txt");
    assert_eq!(printed, chart, "chart/revision.txt is not what decide answers; print it anew");
}

/// Orders that the state knows and the ground forbids.
fn refused() -> Vec<(&'static str, String)> {
    let [drafting, submitted, consulting, once, twice, ..] = &each()[..] else { panic!("seven") };
    let mut cases: Vec<(&'static str, &Revision, Order, Ground<'static>)> = Vec::new();
    let submit = |remark: &str| Order::Submit { remark: remark.into() };
    let publish = |shown: &str| Order::Publish { shown: shown.into(), release: "r".into() };
    let author = || ground("author", 2);
    cases.push(("什么都没有改就提交", drafting, submit(""), Ground { is_empty: true, ..author() }));
    cases.push(("检查有错误就提交", drafting, submit("先这样"), Ground { errors: 1, ..author() }));
    cases.push(("有新的提醒，不说明就提交", drafting, submit(" "), Ground { new_warnings: 2, ..author() }));
    cases.push(("目录已经更新，没有对齐就提交", drafting, submit(""), Ground { is_current: false, ..author() }));
    cases.push(("起草人自己签字", submitted, Order::Sign, author()));
    cases.push(("同一个人签两次", once, Order::Sign, ground("head", 3)));
    cases.push(("签的不是提交的文本", submitted, Order::Sign, Ground { digest: "else", ..ground("head", 3) }));
    cases.push(("征求意见不足五个工作日", submitted, Order::Consult { last_day: day(3) }, ground("office", 2)));
    cases.push(("最后一天没有过完就结束征求意见", consulting, Order::CloseConsultation, ground("office", 9)));
    cases.push(("发布的不是试算过的文本", twice, publish("else"), ground("office", 4)));
    cases.push(("意见没有答复完就发布", twice, publish(TEXT), Ground { unanswered: 1, ..ground("office", 4) }));
    cases.push(("签字以后目录又更新了", twice, publish(TEXT), Ground { is_current: false, ..ground("office", 4) }));
    cases.push(("退回不写理由", submitted, Order::Return { reason: " ".into() }, ground("head", 3)));
    let code = |(what, revision, order, ground): (&'static str, &Revision, Order, Ground<'_>)| {
        (what, decide(revision, &order, &ground).expect_err(what).code.to_string())
    };
    cases.into_iter().map(code).collect()
}

#[test]
fn every_no_is_for_its_own_reason() {
    let codes: Vec<String> = refused().into_iter().map(|(_, code)| code).collect();
    let wanted = [
        "nothing-changed",
        "has-errors",
        "warnings-unexplained",
        "base-moved",
        "own-draft",
        "signed-already",
        "text-moved",
        "consultation-too-short",
        "consultation-open",
        "text-moved",
        "comments-unanswered",
        "base-moved",
        "reason-needed",
    ];
    assert_eq!(codes, wanted.map(|code| format!("authoring.{code}")));
}

#[test]
fn every_state_can_be_reached_and_left_unless_it_is_an_end() {
    let reached: Vec<State> = each().iter().map(Revision::state).collect();
    assert_eq!(reached.len(), State::ALL.len());
    for revision in each() {
        let mut orders = Order::each(day(80), TEXT).into_iter();
        let leaves = orders.any(|order| decide(&revision, &order, &ground("third-head", 60)).is_ok());
        let is_end = matches!(revision.state(), State::Published | State::Withdrawn);
        assert_eq!(leaves, !is_end, "{:?}", revision.state());
    }
}

#[test]
fn what_was_returned_must_be_signed_again_by_two() {
    let once = each().remove(3);
    let returned = then(&once, &Order::Return { reason: "材料还可以再减".into() }, &ground("other-head", 3));
    assert_eq!((returned.state(), returned.signatures.len()), (State::Drafting, 0));
    let again = then(&returned, &Order::Submit { remark: String::new() }, &ground("author", 4));
    let once = then(&again, &Order::Sign, &ground("head", 5));
    assert_eq!(once.state(), State::SignedOnce, "an earlier signature does not count for a later text");
    assert_eq!(once.returns.len(), 1);
}

fn requests() -> Vec<Request> {
    let filed = Request::new(day(0), day(14));
    let of = |one: &Request, order: request::Order| {
        request::apply(one.clone(), &request::decide(one, &order, day(3)).expect("goes"))
    };
    let taken = of(&filed, request::Order::TakeUp { revision: "r".into() });
    let declined = of(&filed, request::Order::Decline { reason: "法律要求".into() });
    let done = of(&taken, request::Order::Finish { version: 2 });
    vec![filed, taken, declined, done]
}

#[test]
fn the_clock_of_a_request_is_arithmetic() {
    let [filed, taken, declined, _] = &requests()[..] else { panic!("four") };
    for (n, clock) in
        [(0, Clock::InTime), (11, Clock::InTime), (12, Clock::Pressing), (14, Clock::Pressing), (15, Clock::Overdue)]
    {
        assert_eq!(filed.clock(day(n)), clock, "day {n}");
    }
    assert_eq!((taken.clock(day(40)), declined.clock(day(40))), (Clock::Answered, Clock::Answered));
    let back = request::apply(taken.clone(), &request::decide(taken, &request::Order::PutBack, day(15)).expect("goes"));
    assert_eq!(
        back.clock(day(15)),
        Clock::Overdue,
        "a request whose revision was withdrawn waits as if nothing had been said"
    );
}

proptest! {
    #[test]
    fn nothing_is_published_that_two_others_did_not_sign(orders in prop::collection::vec((0usize..8, 0usize..4, 0u64..9), 0..60)) {
        let people = ["author", "head", "other-head", "office"];
        let (mut revision, mut n, mut events) = (Revision::new(day(0), "author"), 0, Vec::new());
        for (which, who, later) in orders {
            n += later;
            let order = Order::each(day(n + 8), TEXT).swap_remove(which);
            if let Ok(new) = decide(&revision, &order, &ground(people[who], n)) {
                revision = new.iter().fold(revision, apply);
                events.extend(new);
            }
            for signature in &revision.signatures {
                prop_assert!(!revision.authors.contains(&signature.by), "{revision:?}");
            }
            if revision.published.is_some() {
                prop_assert!(revision.signatures.len() == 2 && revision.signatures[0].by != revision.signatures[1].by);
                prop_assert!(revision.consultation.as_ref().is_none_or(|asked| asked.closed_on.is_some()));
            }
        }
        // The events alone tell the same.
        prop_assert_eq!(events.iter().fold(Revision::new(day(0), "author"), apply), revision);
    }
}
