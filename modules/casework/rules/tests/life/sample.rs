//! A salon's hygiene permit that needs the business licence, the officers of two authorities, and the real calendar.

use std::sync::LazyLock;

use access::Role;
use casework::{
    CancellationGround, Case, CaseLaw, CommitmentMade, CorrectionItem, DeliveryMethod, Event, Finding, HearingAnswer,
    LicenceType, MissingPaper, NonAcceptanceGround, Officer, OfficerId, Opening, Opinion, Order, Outcome, Power,
    PowerKind, Powers, Presider, Renews, Resume, RevocationGround, SpecialLaw, StepLaw, Terms, apply, decide,
};
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::id::{ApplicationId, CaseId, Uuid};
use kernel::limit::{Limit, Period, Start, Unit};
use kernel::refusal::Refusal;

/// The calendar of the sample district: 2004 to 2026.
pub static CALENDAR: LazyLock<WorkCalendar> = LazyLock::new(|| {
    WorkCalendar::from_csv(include_str!("../../../../../samples/chancheng/calendar.csv")).expect("the sample calendar")
});

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date like 2026-01-31")
}

pub fn case_id(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(number))
}

/// Twenty working days by law, five promised; 承办, 审核, 批准; an inspection that leaves the count as it is and a test
/// that begins it anew; secondary papers within five days; evidence within sixty; a licence comes out.
pub fn law() -> CaseLaw<'static> {
    let step = |id: &str, name: &str, role| StepLaw { id: id.into(), name: name.into(), role };
    let special = |id: &str, name: &str, days, resume| SpecialLaw { id: id.into(), name: name.into(), days, resume };
    let terms = Terms::on(day("2026-03-02")).expect("terms of 2026");
    CaseLaw {
        promise: Limit::workdays(5),
        statutory: Limit::workdays(20),
        steps: vec![
            step("handle", "承办", Role::Handler),
            step("review", "审核", Role::Reviewer),
            step("decide", "批准", Role::Approver),
        ],
        consumes: vec![LicenceType::from("business-licence")],
        provides: Some(LicenceType::from("hygiene-permit")),
        makes_result: true,
        pre_review: Some(Period { value: 1, unit: Unit::Workday }),
        tolerance: Some(Period { value: 5, unit: Unit::Workday }),
        specials: vec![
            special("inspection", "现场核查", 15, Resume::Continue),
            special("test", "检测", 10, Resume::Reset),
        ],
        extension: terms.extension,
        evidence_due: Some(Limit { value: 60, unit: Unit::NaturalDay, start: Start::Decision }),
        preliminary: None,
        powers: Powers::own("health-chancheng"),
        terms,
        calendar: &CALENDAR,
    }
}

pub fn clerk() -> Officer {
    Officer::new("clerk", [Role::Clerk])
}
pub fn handler() -> Officer {
    Officer::new("handler", [Role::Handler])
}
pub fn reviewer() -> Officer {
    Officer::new("reviewer", [Role::Reviewer])
}
pub fn approver() -> Officer {
    Officer::new("approver", [Role::Approver])
}
pub fn issuer() -> Officer {
    Officer::new("issuer", [Role::Issuer])
}
/// Somebody with every post, as in a small town.
pub fn jack() -> Officer {
    Officer::new("jack", Role::ALL)
}

fn opening(on: &str, awaits: &[&str]) -> Opening {
    Opening {
        case: case_id(1),
        application: ApplicationId::from_uuid(Uuid::from_u128(100)),
        item: "hygiene-permit-salon".into(),
        version: 1,
        received_on: day(on),
        awaits: awaits.iter().map(|licence| LicenceType::from(*licence)).collect(),
        commitment: None,
        renews: None,
        pre_review: false,
        power: None,
        preliminary: None,
    }
}

/// A case received on a day, waiting for these licences.
pub fn received_awaiting(on: &str, awaits: &[&str]) -> Case {
    Case::open(opening(on, awaits))
}

/// A case whose applicant chose notify-and-commit: the test report follows within sixty days.
pub fn committed(on: &str) -> Case {
    let made = CommitmentMade { clauses: vec!["符合卫生标准和要求".into()], papers: vec![paper("B5")] };
    Case::open(Opening { commitment: Some(made), ..opening(on, &[]) })
}

/// A case that renews a licence valid up to and including this day.
pub fn renewing(on: &str, expires_on: &str) -> Case {
    let renews = Renews { number: "粤卫公证字〔2022〕1号".into(), expires_on: day(expires_on) };
    Case::open(Opening { renews: Some(renews), ..opening(on, &[]) })
}

/// A case filed online whose item offers a pre-review.
pub fn filed(on: &str) -> Case {
    Case::open(Opening { pre_review: true, ..opening(on, &[]) })
}

pub fn pass() -> Order {
    Order::PassPreReview { by: clerk() }
}
pub fn advise(ids: &[&str]) -> Order {
    Order::AdvisePreReview { points: ids.iter().map(|id| item(id)).collect(), by: clerk() }
}
pub fn mend(ids: &[&str]) -> Order {
    Order::MendPreReview { points: ids.iter().map(ToString::to_string).collect() }
}

/// A case that the sub-district reviews first.
pub fn below(on: &str) -> Case {
    Case::open(Opening { preliminary: Some("zumiao-office".into()), ..opening(on, &[]) })
}

/// What the bureau has entrusted to the sub-district until the end of June.
pub fn entrustment() -> Power {
    Power {
        kind: PowerKind::Entrusted,
        of: "health-chancheng".into(),
        by: "zumiao-office".into(),
        delegation: Some("to-zumiao".into()),
        document: Some("禅卫健函〔2026〕8号".into()),
        until: Some(day("2026-06-30")),
        supervisor: Some("health-chancheng".into()),
    }
}

/// The law while that is in force.
pub fn entrusted() -> CaseLaw<'static> {
    let own = Power::own("health-chancheng");
    let powers = Powers { own, decision: entrustment(), acceptance: vec![], in_force: vec!["to-zumiao".into()] };
    CaseLaw { powers, ..law() }
}

/// The law after the power went to the one bureau (一枚印章).
pub fn transferred() -> CaseLaw<'static> {
    let bureau = Power { kind: PowerKind::Transferred, by: "approval-chancheng".into(), until: None, ..entrustment() };
    let own = Power::own("health-chancheng");
    CaseLaw {
        powers: Powers { own, decision: bureau, acceptance: vec![], in_force: vec!["to-zumiao".into()] },
        ..law()
    }
}

/// A case opened under this law.
pub fn opened_under(law: &CaseLaw, on: &str) -> Case {
    let power = Some(law.powers.decision.clone()).filter(Power::is_delegated);
    Case::open(Opening { power, ..opening(on, &[]) })
}

/// The same, accepted and ready for the decision.
pub fn reviewed_by(law: &CaseLaw, on: &str) -> Case {
    let accepted = then(opened_under(law, on), accept(clerk()), law, on);
    then(then(accepted, step("handle", handler()), law, on), step("review", reviewer()), law, on)
}

pub fn hand_up(words: &str) -> Order {
    Order::HandUp { opinion: Opinion::agree(words), by: handler() }
}
pub fn supervise() -> Order {
    Order::ReceiveSupervision { by: handler() }
}

/// Somebody to preside.
pub fn presider(id: &str) -> Presider {
    Presider { id: OfficerId::new(id), name: "梁国栋".into() }
}

/// A secondary paper.
pub fn paper(id: &str) -> MissingPaper {
    MissingPaper { id: id.into(), name: format!("材料{id}"), secondary: true }
}

pub fn received(on: &str) -> Case {
    received_awaiting(on, &[])
}

/// Carries an order out; panics where it is refused.
pub fn then(case: Case, order: Order, law: &CaseLaw, on: &str) -> Case {
    let events = decide(&case, &order, law, day(on)).unwrap_or_else(|no| panic!("{:?} on {on}: {no}", order.kind()));
    events.iter().fold(case, apply)
}

/// The events of an order that must be followed.
pub fn events(case: &Case, order: Order, law: &CaseLaw, on: &str) -> Vec<Event> {
    decide(case, &order, law, day(on)).unwrap_or_else(|no| panic!("{:?} on {on}: {no}", order.kind()))
}

/// The refusal of an order that must be refused.
pub fn refusal(case: &Case, order: Order, law: &CaseLaw, on: &str) -> Refusal {
    match decide(case, &order, law, day(on)) {
        Err(refusal) => refusal,
        Ok(events) => panic!("{:?} on {on} should be refused and gave {events:?}", order.kind()),
    }
}

/// Code and article of a refusal, for tables.
pub fn no(case: &Case, order: Order, law: &CaseLaw, on: &str) -> (String, String) {
    let refusal = refusal(case, order, law, on);
    (refusal.code.into_owned(), refusal.clause.map_or_else(String::new, |clause| clause.article.into_owned()))
}

pub fn accept(by: Officer) -> Order {
    Order::Accept { by }
}

pub fn item(id: &str) -> CorrectionItem {
    CorrectionItem {
        id: id.into(),
        name: format!("材料{id}"),
        reason: "未盖章".into(),
        mend: "盖章后重新上传".into(),
        basis: Some("办事指南".into()),
    }
}

pub fn notify(items: &[&str]) -> Order {
    Order::NotifyCorrection { items: items.iter().map(|id| item(id)).collect(), by: clerk() }
}

pub fn answer(items: &[&str]) -> Order {
    Order::AnswerCorrection { items: items.iter().map(|id| (*id).to_owned()).collect() }
}

pub fn not_accept(ground: NonAcceptanceGround, reason: &str, go_to: Option<&str>) -> Order {
    Order::RefuseAcceptance { ground, reason: reason.into(), go_to: go_to.map(Into::into), by: clerk() }
}

pub fn step(step: &str, by: Officer) -> Order {
    Order::CompleteStep { step: step.into(), opinion: Opinion::agree("符合条件"), by }
}

pub fn grant(by: Officer) -> Order {
    Order::Decide { outcome: Outcome::Grant, reason: String::new(), by }
}

pub fn refuse(reason: &str, by: Officer) -> Order {
    Order::Decide { outcome: Outcome::Refuse, reason: reason.into(), by }
}

pub fn met(licence: &str) -> Order {
    Order::PrerequisiteMet { licence: licence.into(), number: Some("91440604MA".into()) }
}

pub fn failed(licence: &str) -> Order {
    Order::PrerequisiteFailed { licence: licence.into() }
}

pub fn issue(number: &str) -> Order {
    Order::Issue { number: number.into(), by: issuer() }
}

pub fn deliver(to: &str) -> Order {
    Order::Deliver { how: DeliveryMethod::Window, to: to.into(), by: Some(clerk()) }
}

pub fn withdraw() -> Order {
    Order::Withdraw { reason: "不办了".into() }
}

pub fn on_spot(what: &[&str]) -> Order {
    Order::CorrectOnSpot { what: what.iter().map(|line| (*line).to_owned()).collect(), by: clerk() }
}

pub fn tolerate(ids: &[&str]) -> Order {
    Order::AcceptTolerantly { papers: ids.iter().map(|id| paper(id)).collect(), by: clerk() }
}

pub fn supply(ids: &[&str]) -> Order {
    Order::Supply { papers: ids.iter().map(|id| (*id).to_owned()).collect() }
}

pub fn begin(procedure: &str, days: u32) -> Order {
    Order::BeginSpecial { procedure: procedure.into(), days, reason: "须现场核实".into(), by: handler() }
}

pub fn end(result: &str) -> Order {
    Order::EndSpecial { result: result.into(), by: handler() }
}

pub fn offer_hearing() -> Order {
    Order::OfferHearing { why: "涉及相邻住户重大利益".into(), by: handler() }
}

pub fn hearing(answer: HearingAnswer) -> Order {
    Order::AnswerHearing { answer }
}

pub fn announce(on: &str, place: &str) -> Order {
    Order::AnnounceHearing { on: day(on), place: place.into(), presider: presider("legal-officer"), by: handler() }
}

pub fn hold(record: &str) -> Order {
    Order::HoldHearing { record: record.into(), by: handler() }
}

pub fn extend(days: u32, reason: &str, by: Officer) -> Order {
    Order::Extend { days, reason: reason.into(), by }
}

pub fn check(finding: Finding, words: &str, days: u32) -> Order {
    Order::CheckCommitment { finding, words: words.into(), days, by: handler() }
}

pub fn revoke(ground: RevocationGround, reason: &str, by: Officer) -> Order {
    Order::Revoke { ground, reason: reason.into(), by }
}

pub fn cancel(ground: CancellationGround, reason: &str, by: Officer) -> Order {
    Order::Cancel { ground, reason: reason.into(), by }
}

/// Committed to, accepted, granted at once, issued and handed over, all on one day.
pub fn committed_and_delivered(on: &str) -> Case {
    let law = law();
    let granted = then(then(committed(on), accept(clerk()), &law, on), grant(approver()), &law, on);
    then(then(granted, issue("粤卫公证字〔2026〕2号"), &law, on), deliver("张三"), &law, on)
}

/// Accepted by the clerk on the day of receipt.
pub fn accepted(on: &str) -> Case {
    then(received(on), accept(clerk()), &law(), on)
}

/// Accepted, handled and reviewed; only the decision is open.
pub fn reviewed(on: &str) -> Case {
    let law = law();
    let handled = then(accepted(on), step("handle", handler()), &law, on);
    then(handled, step("review", reviewer()), &law, on)
}

pub fn granted(on: &str) -> Case {
    then(reviewed(on), grant(approver()), &law(), on)
}

pub fn refused(on: &str) -> Case {
    then(reviewed(on), refuse("卫生设施不符合要求", approver()), &law(), on)
}

pub fn issued(on: &str) -> Case {
    then(granted(on), issue("粤卫公证字〔2026〕1号"), &law(), on)
}

pub fn delivered(on: &str) -> Case {
    then(issued(on), deliver("张三"), &law(), on)
}
