//! Thousands of random lives. Orders of every kind, well and badly formed, by anybody, on any day: the invariants hold.

use access::Role;
use casework::application::sentence;
use casework::{
    Acceptance, Case, CaseLaw, CommitmentMade, Event, EventKind, LicenceType, Officer, Opening, Order, OrderKind,
    Outcome, Phase, Renews, Status, allowed, apply, decide, replay, specimen,
};
use chrono::{Days, NaiveDate};
use kernel::id::{ApplicationId, Uuid};
use kernel::limit::{Limit, Start, Unit};
use proptest::prelude::*;

use crate::sample::{CALENDAR, case_id, day, law, paper};
use crate::text::{placeholders, zh};

/// One thing somebody tries: which order, who, days later, and whether it is spoilt.
#[derive(Debug, Clone)]
struct Attempt {
    kind: OrderKind,
    shape: usize,
    officer: usize,
    days: u64,
    spoilt: bool,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let days = prop_oneof![6 => 0u64..3, 2 => 3u64..12, 1 => 12u64..60];
    let one = (0..OrderKind::ALL.len(), 0usize..3, 0usize..6, days, prop::bool::weighted(0.15)).prop_map(
        |(kind, shape, officer, days, spoilt)| Attempt { kind: OrderKind::ALL[kind], shape, officer, days, spoilt },
    );
    prop::collection::vec(one, 1..40)
}

/// How an item differs from the sample one; the law itself is too long to print when a life goes wrong.
#[derive(Debug, Clone, Copy)]
struct Item {
    promise: Limit,
    steps_left_out: usize,
    makes_result: bool,
}

impl Item {
    fn law(self) -> CaseLaw<'static> {
        let mut law = CaseLaw { promise: self.promise, makes_result: self.makes_result, ..law() };
        law.steps.drain(..self.steps_left_out);
        law
    }
}

fn items() -> impl Strategy<Value = Item> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    let start = prop::sample::select(vec![Start::Acceptance, Start::Receipt]);
    (1u32..25, unit, start, 0usize..3, any::<bool>()).prop_map(|(value, unit, start, steps_left_out, makes_result)| {
        Item { promise: Limit { value, unit, start }, steps_left_out, makes_result }
    })
}

fn openings() -> impl Strategy<Value = Opening> {
    let awaits = prop::collection::vec(prop::sample::select(vec!["business-licence", "lease"]), 0..2);
    let shape = (prop::bool::weighted(0.3), any::<bool>(), prop::bool::weighted(0.2));
    (0u64..340, awaits, shape).prop_map(|(offset, awaits, (committed, renewing, pre_review))| Opening {
        case: case_id(1),
        application: ApplicationId::from_uuid(Uuid::from_u128(2)),
        item: "hygiene-permit-salon".into(),
        version: 1,
        received_on: day("2026-01-05") + Days::new(offset),
        awaits: awaits.into_iter().map(LicenceType::from).collect(),
        commitment: committed.then(|| CommitmentMade { clauses: vec!["×".into()], papers: vec![paper("B5")] }),
        renews: (renewing && !committed)
            .then(|| Renews { number: "1号".into(), expires_on: day("2026-01-05") + Days::new(offset + 75) }),
        pre_review,
        power: None,
        preliminary: (offset % 7 == 0).then(|| "zumiao-office".to_owned()),
    })
}

fn officer(number: usize) -> Officer {
    let posts = [Role::Clerk, Role::Handler, Role::Reviewer, Role::Approver, Role::Issuer];
    match posts.get(number) {
        Some(role) => Officer::new(role.name(), [*role]),
        None => Officer::new("jack", Role::ALL),
    }
}

fn order(case: &Case, attempt: &Attempt, law: &CaseLaw, today: NaiveDate) -> Option<Order> {
    let mut shapes = specimen(case, attempt.kind, law, &officer(attempt.officer), today);
    if shapes.is_empty() {
        return None;
    }
    let order = shapes.swap_remove(attempt.shape % shapes.len());
    Some(if attempt.spoilt { spoil(order) } else { order })
}

fn spoil(order: Order) -> Order {
    match order {
        Order::AdvisePreReview { by, .. } => Order::AdvisePreReview { points: vec![], by },
        Order::MendPreReview { .. } => Order::MendPreReview { points: vec![] },
        Order::NotifyCorrection { by, .. } => Order::NotifyCorrection { items: vec![], by },
        Order::AnswerCorrection { .. } => Order::AnswerCorrection { items: vec![] },
        Order::RefuseAcceptance { ground, by, .. } => {
            Order::RefuseAcceptance { ground, reason: String::new(), go_to: None, by }
        }
        Order::CompleteStep { opinion, by, .. } => Order::CompleteStep { step: "decide".into(), opinion, by },
        Order::Decide { by, .. } => Order::Decide { outcome: Outcome::Refuse, reason: " ".into(), by },
        Order::PrerequisiteMet { number, .. } => Order::PrerequisiteMet { licence: "other".into(), number },
        Order::Issue { by, .. } => Order::Issue { number: String::new(), by },
        Order::Deliver { how, by, .. } => Order::Deliver { how, to: String::new(), by },
        Order::AcceptTolerantly { by, .. } => Order::AcceptTolerantly { papers: vec![], by },
        Order::Supply { .. } => Order::Supply { papers: vec![] },
        Order::BeginSpecial { procedure, reason, by, .. } => Order::BeginSpecial { procedure, days: 0, reason, by },
        Order::Extend { reason, by, .. } => Order::Extend { days: 1_000, reason, by },
        Order::Revoke { ground, by, .. } => Order::Revoke { ground, reason: String::new(), by },
        other => other,
    }
}

/// Steps are several; papers are brought before and after the decision; special procedures, announcements, checks and
/// small corrections repeat. All else happens once in a life.
const MAY_REPEAT: [EventKind; 8] = [
    EventKind::StepCompleted,
    EventKind::PrerequisiteMet,
    EventKind::CorrectedOnSpot,
    EventKind::Supplied,
    EventKind::SpecialBegun,
    EventKind::SpecialEnded,
    EventKind::HearingAnnounced,
    EventKind::CommitmentChecked,
];

/// What must be true of a case and its history after every order.
fn holds(case: &Case, history: &[Event], law: &CaseLaw, today: NaiveDate) -> Result<(), TestCaseError> {
    let count = |kinds: &[EventKind]| history.iter().filter(|event| kinds.contains(&event.kind())).count();
    let accepted = [EventKind::Accepted, EventKind::AcceptedTolerantly, EventKind::DeemedAccepted];
    prop_assert!(count(&accepted) <= 1, "accepted twice");
    prop_assert!(count(&[EventKind::Decided, EventKind::DeemedRenewed]) <= 1, "decided twice");
    for once in EventKind::ALL {
        if !MAY_REPEAT.contains(once) {
            prop_assert!(count(&[*once]) <= 1, "{once} twice");
        }
    }
    if let Some(decision) = &case.decision {
        let acceptance = case.acceptance.as_ref();
        // Renewal by silence counts from its day, whenever acceptance by silence was written down.
        let since = |one: &Acceptance| if decision.by.is_none() { one.on } else { one.recorded_on };
        prop_assert!(acceptance.is_some_and(|one| since(one) <= decision.on), "decided before accepted");
        prop_assert!(!case.is_waiting(), "decided without a licence it rests on");
        let by_law = decision.by.is_none();
        let at_once = case.standing_commitment().is_some();
        prop_assert!(by_law || at_once || case.steps.len() + 1 == law.steps.len(), "decided with steps open");
        prop_assert!(decision.outcome == Outcome::Grant || !decision.reason.trim().is_empty());
        let handled = case.steps.first().map(|step| &step.by);
        let approved = decision.by.as_ref();
        prop_assert!(
            by_law || law.steps.len() == 1 || handled.is_none() || handled != approved,
            "handled and approved by one person"
        );
        prop_assert!(!by_law || case.renews.is_some(), "only a renewal is granted by silence");
        let granted = decision.outcome == Outcome::Grant;
        prop_assert!(!granted || case.gaps.iter().all(|gap| gap.supplied_on.is_some()), "granted with papers missing");
        prop_assert!(by_law || case.open_special().is_none(), "decided during a special procedure");
        let hearing = case.hearing.as_ref();
        prop_assert!(by_law || hearing.is_none_or(|one| !one.is_offered() && !one.is_under_way()), "decided unheard");
    }
    if let Some(acceptor) = case.acceptance.as_ref().and_then(|acceptance| acceptance.by.as_ref()) {
        let decided = case.decision.iter().filter_map(|one| one.by.as_ref());
        let reviewed = case.steps.iter().map(|step| &step.by).chain(decided);
        prop_assert!(reviewed.into_iter().all(|by| by != acceptor), "受审分离");
    }
    if let Some(acceptance) = case.acceptance.as_ref().filter(|acceptance| acceptance.deemed) {
        prop_assert_eq!(acceptance.on, case.received_on);
        prop_assert!(case.correction.is_none(), "deemed accepted after a notice");
    }
    prop_assert!(case.issued.is_none() || case.decision.as_ref().is_some_and(|one| one.outcome == Outcome::Grant));
    prop_assert!(case.delivered.is_none() || case.decision.is_some());
    for run in &case.specials {
        prop_assert!(run.days > 0 && law.special(&run.procedure).is_some(), "a special procedure nobody was told of");
    }
    if let Some(extension) = &case.extension {
        prop_assert!((1..=law.extension.value).contains(&extension.days), "longer than the law allows");
    }
    prop_assert!(case.revoked.is_none() || case.status().phase() == Phase::Undone);
    prop_assert_eq!(case.last_act_on, today.min(case.last_act_on), "recorded in the future");
    clocks_hold(case, law, today)
}

fn clocks_hold(case: &Case, law: &CaseLaw, today: NaiveDate) -> Result<(), TestCaseError> {
    for clock in [case.promise_clock(law), case.statutory_clock(law), case.acceptance_clock(law)] {
        if let (Some(started), Some(due)) = (clock.started, clock.due(&CALENDAR).day()) {
            prop_assert!(started <= due, "due before the start");
            prop_assert!(clock.yellow_on(&CALENDAR).is_none_or(|yellow| yellow <= due), "yellow after due");
            prop_assert_eq!(clock.red_on(&CALENDAR), due.succ_opt());
        }
        if let (Some(started), true) = (clock.started, CALENDAR.covers().contains(&today)) {
            let consumed = clock.consumed(today, &CALENDAR).expect("covered");
            prop_assert!(i64::from(consumed) <= (today - started).num_days().max(0), "consumed more than has passed");
        }
    }
    let said = sentence(case, law, today);
    // What hangs on the kind of the item and on its result the catalogue knows, and the service fills in.
    let filled_in = ["granted", "refusal", "result"];
    for name in placeholders(zh("sentence", said.code.code())).into_iter().filter(|name| !filled_in.contains(name)) {
        prop_assert!(said.facts.contains_key(name), "sentence {} lacks {name}", said.code);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_life_keeps_the_law(item in items(), opening in openings(), attempts in attempts()) {
        let law = item.law();
        let mut case = Case::open(opening.clone());
        let mut today = case.received_on;
        let mut history = Vec::new();
        for attempt in attempts {
            today = today + Days::new(attempt.days);
            let Some(order) = order(&case, &attempt, &law, today) else { continue };
            let before = case.clone();
            match decide(&case, &order, &law, today) {
                Ok(events) => {
                    let offered = || allowed(&case, &law, today).contains(&order.kind());
                    prop_assert!(events.is_empty() || offered(), "{} not offered", order.kind());
                    case = events.iter().fold(case, apply);
                    history.extend(events);
                }
                Err(no) => {
                    prop_assert_eq!(&case, &before, "a refusal changed the case");
                    prop_assert!(!no.next.is_empty());
                    for name in placeholders(zh("refusal", &no.code)) {
                        prop_assert!(no.facts.contains_key(name), "{} lacks {name}", no.code);
                    }
                }
            }
            prop_assert!(before.status().rank() <= case.status().rank(), "{} went back", before.status());
            prop_assert!(before.last_act_on <= case.last_act_on);
            holds(&case, &history, &law, today)?;
        }
        let written = serde_json::to_string(&history).expect("events are JSON");
        let read: Vec<Event> = serde_json::from_str(&written).expect("and back");
        prop_assert_eq!(&replay(opening, &read), &case, "the journal does not rebuild the row");
        let row = serde_json::to_string(&case).expect("a case is JSON");
        prop_assert_eq!(&serde_json::from_str::<Case>(&row).expect("and back"), &case);
    }

    #[test]
    fn an_ended_case_stays_as_it_is(opening in openings(), attempts in attempts()) {
        let law = law();
        let withdrawn = decide(&Case::open(opening.clone()), &Order::Withdraw { reason: String::new() }, &law, opening.received_on);
        let case = withdrawn.expect("before decision").iter().fold(Case::open(opening.clone()), apply);
        for attempt in attempts {
            let today = opening.received_on + Days::new(attempt.days);
            if let Some(order) = order(&case, &attempt, &law, today) {
                prop_assert!(decide(&case, &order, &law, today).map_or(true, |events| events.is_empty()));
                prop_assert_eq!(case.status(), Status::Withdrawn);
            }
        }
    }
}

#[test]
fn random_lives_reach_every_state() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let (item, opening, attempts) =
            (items(), openings(), attempts()).new_tree(&mut runner).expect("a value").current();
        let law = item.law();
        let mut today = opening.received_on;
        let mut case = Case::open(opening);
        for attempt in attempts {
            today = today + Days::new(attempt.days);
            let Some(order) = order(&case, &attempt, &law, today) else { continue };
            if let Ok(events) = decide(&case, &order, &law, today) {
                case = events.iter().fold(case, apply);
            }
            seen.insert(case.status());
        }
    }
    let missing: Vec<_> = Status::ALL.iter().filter(|status| !seen.contains(status)).collect();
    assert!(missing.is_empty(), "the generator never reached {missing:?}");
}
