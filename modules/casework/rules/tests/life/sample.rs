//! A salon's hygiene permit that needs the business licence, the officers of two authorities, and the real calendar.

use std::sync::LazyLock;

use access::Role;
use casework::{
    Case, CaseLaw, CorrectionItem, DeliveryMethod, Event, LicenceType, NonAcceptanceGround, Officer, Opening, Opinion,
    Order, Outcome, StepLaw, Terms, apply, decide,
};
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::id::{ApplicationId, CaseId, Uuid};
use kernel::limit::Limit;
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

/// Twenty working days by law, five promised; 承办, 审核, 批准; a licence comes out.
pub fn law() -> CaseLaw<'static> {
    let step = |id: &str, name: &str, role| StepLaw { id: id.into(), name: name.into(), role };
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
        terms: Terms::on(day("2026-03-02")).expect("terms of 2026"),
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

/// A case received on a day, waiting for these licences.
pub fn received_awaiting(on: &str, awaits: &[&str]) -> Case {
    Case::open(Opening {
        case: case_id(1),
        application: ApplicationId::from_uuid(Uuid::from_u128(100)),
        item: "hygiene-permit-salon".into(),
        version: 1,
        received_on: day(on),
        awaits: awaits.iter().map(|licence| LicenceType::from(*licence)).collect(),
    })
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
