//! The life of a proposal: its chart, and what holds whatever order comes after whatever order.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use standards::proposal::life::Verdict;
use standards::proposal::{Event, Law, Order, Proposal, State, apply, decide};

const ZH: &str = include_str!("../../service/text/zh.toml");

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day") + Days::new(n)
}

/// Ten days to confirm, thirty to put into force: what the days are is the service's to say.
fn law(n: u64) -> Law {
    Law { today: day(n), confirm_by: day(n + 10), implement_by: day(n + 30) }
}

fn then(proposal: &Proposal, order: &Order, n: u64) -> Proposal {
    let events = decide(proposal, order, &law(n)).unwrap_or_else(|refusal| panic!("{refusal}"));
    events.iter().fold(proposal.clone(), apply)
}

/// One proposal in each state.
fn each() -> Vec<Proposal> {
    let of = |name: &str| Order::each().into_iter().find(|order| order.name() == name).expect("an order");
    let generated = Proposal::new(day(0));
    let sent = then(&generated, &of("send"), 0);
    let agreed = then(&sent, &of("agree"), 1);
    let disagreed = then(&sent, &of("disagree"), 1);
    let timed_out = then(&sent, &of("time-out"), 11);
    let implementing = then(&agreed, &of("approve"), 12);
    let updated = then(&implementing, &of("update"), 13);
    let verified = then(&updated, &of("verify"), 14);
    let violated = then(&updated, &of("violate"), 14);
    let closed = then(&verified, &of("close"), 15);
    let set_aside = then(&generated, &of("set-aside"), 0);
    vec![generated, sent, agreed, disagreed, timed_out, implementing, updated, verified, violated, closed, set_aside]
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
        "优化建议的一生：每个状态下每种指令的结果，由测试逐一询问 decide 后打印，不手工修改。\n\
         UPDATE_CHARTS=1 cargo test --workspace chart 重新打印。\n\
         时限由平台自己规定，不是法律的规定。× 后面是拒绝的理由。\n",
    );
    // Long after the last day, so that a time-out is one.
    let late = law(60);
    for proposal in each() {
        let state = proposal.state();
        write!(chart, "\n[{state}] {}\n", words.get(state.text_key())).expect("a text takes words");
        for order in Order::each() {
            let name = words.get(&format!("proposal-order.{}", order.name()));
            let said = match decide(&proposal, &order, &late) {
                Ok(events) => {
                    let after = events.iter().fold(proposal.clone(), apply).state();
                    format!("→ {after} {}", words.get(after.text_key()))
                }
                Err(refusal) if refusal.code == "standards.proposal-not-now" => continue,
                Err(refusal) => format!("× {}", words.get(&format!("refusal.{}", refusal.code))),
            };
            writeln!(chart, "  {name:　<8}{said}").expect("a text takes words");
        }
    }
    let early = decide(&each()[1], &Order::TimeOut, &law(10)).expect_err("the last day is not over");
    writeln!(chart, "\n最后一天没有过完：× {}", words.get(&format!("refusal.{}", early.code))).expect("words");
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../chart/proposal.txt");
    if std::env::var_os("UPDATE_CHARTS").is_some() {
        std::fs::write(&file, &chart).expect("the chart is written");
    }
    let printed = std::fs::read_to_string(&file).expect("chart/proposal.txt");
    assert_eq!(printed, chart, "chart/proposal.txt is not what decide answers; print it anew");
}

#[test]
fn every_state_can_be_reached_and_left_unless_it_is_an_end() {
    let reached: Vec<State> = each().iter().map(Proposal::state).collect();
    assert_eq!(reached.len(), State::ALL.len());
    for proposal in each() {
        let leaves = Order::each().iter().any(|order| decide(&proposal, order, &law(60)).is_ok());
        let is_end = matches!(proposal.state(), State::Closed | State::SetAside);
        assert_eq!(leaves, !is_end, "{:?}", proposal.state());
    }
}

#[test]
fn no_without_a_reason_is_none() {
    let proposals: BTreeMap<State, Proposal> = each().into_iter().map(|one| (one.state(), one)).collect();
    let blank = || "  ".to_owned();
    for (state, order) in [
        (State::Sent, Order::Disagree { reason: blank() }),
        (State::Disagreed, Order::Review { verdict: Verdict::Overrule, reason: blank() }),
        (State::Agreed, Order::Review { verdict: Verdict::Return, reason: blank() }),
        (State::Generated, Order::SetAside { reason: blank() }),
    ] {
        let refusal = decide(&proposals[&state], &order, &law(1)).expect_err("a reason is missing");
        assert_eq!(refusal.code, "standards.reason-needed", "{state}: {order:?}");
    }
}

#[test]
fn what_was_not_kept_to_begins_anew_and_knows_its_cases() {
    let violated = each().into_iter().find(|one| one.state() == State::Violated).expect("one");
    let renewed = then(&violated, &Order::Renew, 20);
    assert_eq!((renewed.state(), renewed.renewed), (State::Closed, true));
    let next = violated.next_round(day(20));
    assert_eq!((next.state(), &next.grown_from), (State::Generated, &violated.violations));
    assert!(next.violations.is_empty(), "they were the other one's");
    for one in each().into_iter().filter(|one| one.state() != State::Violated) {
        let refused = decide(&one, &Order::Renew, &law(20)).expect_err("only what was not kept to");
        assert_eq!(refused.code, "standards.proposal-not-now");
    }
}

#[test]
fn a_refusal_that_is_upheld_leaves_the_item_as_it_is() {
    let disagreed = each().remove(3);
    let review = Order::Review { verdict: Verdict::Approve, reason: String::new() };
    let closed = then(&disagreed, &review, 5);
    assert_eq!((closed.state(), closed.implement_by), (State::Closed, None));
}

proptest! {
    #[test]
    fn whatever_is_ordered_the_record_stays_whole(orders in prop::collection::vec((0..Order::each().len(), 0u64..9), 0..60)) {
        let (mut proposal, mut n, mut events): (Proposal, u64, Vec<Event>) = (Proposal::new(day(0)), 0, Vec::new());
        for (which, later) in orders {
            n += later;
            if let Ok(new) = decide(&proposal, &Order::each()[which], &law(n)) {
                proposal = new.iter().fold(proposal, apply);
                events.extend(new);
            }
            // Nothing is put into force that nobody approved, and nothing is verified that is not in force.
            prop_assert!(proposal.implement_by.is_none() || proposal.review.is_some());
            prop_assert!(proposal.updated.is_none() || proposal.implement_by.is_some());
            prop_assert!(proposal.verified_on.is_none() || proposal.updated.is_some());
            prop_assert!(proposal.verified_on.is_none() || proposal.violations.is_empty());
            let answered = proposal.answer.as_ref();
            prop_assert!(answered.is_none_or(|answer| answer.agrees || !answer.reason.trim().is_empty()));
        }
        // The events alone tell the same.
        prop_assert_eq!(events.iter().fold(Proposal::new(day(0)), apply), proposal);
    }
}
