//! Questions: orders for people and programs, what differs, and whether a case may go on.

use access::Resource;
use access_service::Visit;
use catalog::model::Collect;
use catalog_service::Shelf;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use fees::{DifferenceKind, EntryKind, Line, Order, READ, RECONCILE, RefundWhy, State, may_go_on};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::money::Money;
use platform::Fault;
use platform::sealed::Sealing;
use serde::Serialize;

use crate::store::{difference, order, unreadable};
use crate::{DifferenceId, OrderId};

/// Settled differences are shown for so many days.
const SHOWN_DAYS: i64 = 31;

/// An order as people read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderView {
    pub id: OrderId,
    /// 缴款码
    pub number: String,
    pub application: ApplicationId,
    pub case: CaseId,
    pub item: String,
    pub payer: String,
    /// Name of who collects it.
    pub payee: String,
    pub state: State,
    pub fen: i64,
    pub yuan: String,
    pub due: NaiveDate,
    pub lines: Vec<Line>,
    /// Where it is paid; none while the gateway has not answered, or when nothing is to be paid.
    pub pay_url: Option<String>,
    pub issued_at: DateTime<Utc>,
    pub paid_at: Option<DateTime<Utc>>,
    pub transaction: Option<String>,
    pub refunds: Vec<RefundView>,
}

/// Money on its way back, or back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefundView {
    pub number: String,
    pub yuan: String,
    pub why: RefundWhy,
    pub done_at: Option<DateTime<Utc>>,
}

impl OrderView {
    /// Whether somebody has to pay.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Issued | State::Expired)
    }
}

/// A day that was compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementView {
    pub day: NaiveDate,
    pub entries: i32,
    pub paid_yuan: String,
    pub refunded_yuan: String,
    pub differences: i32,
}

/// Something that stands in the two books differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DifferenceView {
    pub id: DifferenceId,
    pub day: NaiveDate,
    pub kind: DifferenceKind,
    pub entry: EntryKind,
    pub number: String,
    pub reference: String,
    pub ours_yuan: Option<String>,
    pub theirs_yuan: Option<String>,
    /// Who settled it, and the note; none while it is open.
    pub settled: Option<(String, String)>,
}

/// An order as policies see it.
pub(crate) fn resource(row: &order::Model) -> Resource {
    let resource = Resource::of("order").in_region(&row.region).of_authority(row.authority.as_str());
    let resource = resource.owned_by(SubjectId::from_uuid(row.subject).to_string());
    match row.agent_subject {
        Some(agent) => resource.owned_by(SubjectId::from_uuid(agent).to_string()),
        None => resource,
    }
}

/// The statements as policies see them: the district's own.
pub(crate) fn statements(visit: &Visit) -> Result<Resource, Fault> {
    let shelf = visit.world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))?;
    Ok(Resource::of("statement").in_region(shelf.catalog().district.region.as_str()))
}

/// The orders of an application that the visitor may see.
///
/// # Errors
/// Those of the database.
pub async fn orders(visit: &Visit, application: ApplicationId) -> Result<Vec<OrderView>, Fault> {
    let rows = order::order_list(visit.world.db.reader(), application).await?;
    let seen = rows.iter().filter(|row| visit.may(READ, &resource(row)));
    seen.map(|row| view(visit, row)).collect()
}

/// One order.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn order(visit: &Visit, id: OrderId) -> Result<OrderView, Fault> {
    let row = order::order_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    visit.allow(READ, &resource(&row))?;
    view(visit, &row)
}

fn view(visit: &Visit, row: &order::Model) -> Result<OrderView, Fault> {
    let order: Order = row.order()?;
    let state = order.state(visit.today());
    let refund = |refund: &fees::Refund| RefundView {
        number: refund.number.clone(),
        yuan: Money(refund.fen).to_string(),
        why: refund.why,
        done_at: refund.done_at,
    };
    let payee =
        visit.world.parts.get::<Shelf>().and_then(|shelf| {
            shelf.catalog().authorities.get(row.payee.as_str()).map(|authority| authority.name.clone())
        });
    Ok(OrderView {
        id: OrderId::from_uuid(row.id),
        number: row.number.clone(),
        application: ApplicationId::from_uuid(row.application),
        case: CaseId::from_uuid(row.case_id),
        item: row.item_name.clone(),
        payer: row.payer.clone(),
        payee: payee.unwrap_or_else(|| row.payee.clone()),
        fen: order.fen,
        yuan: Money(order.fen).to_string(),
        due: order.due,
        lines: row.lines()?,
        pay_url: row.pay_url.clone().filter(|_| order.is_open()),
        issued_at: row.issued_at,
        paid_at: order.settling().map(|paid| paid.at),
        transaction: order.settling().map(|paid| paid.transaction.clone()),
        refunds: order.refunds.iter().map(refund).collect(),
        state,
    })
}

/// Whether a case may go on at this stage; in the transaction of whoever goes on.
///
/// # Errors
/// [`fees::UNPAID`].
pub async fn may_case_go_on(on: &impl Sealing, case: CaseId, stage: Collect, today: NaiveDate) -> Result<(), Fault> {
    let mut held = Vec::new();
    for row in order::order_of_case(on, None, case).await? {
        // What is due before the decision is due before the issue too.
        if stage == Collect::BeforeIssue || row.stage == stage.word() {
            held.push((row.order()?, row.lines()?));
        }
    }
    let orders: Vec<_> = held.iter().map(|(order, lines)| (order, lines.as_slice())).collect();
    Ok(may_go_on(&orders, today)?)
}

/// The days that were compared, and the differences that are open or recent.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn comparison(visit: &Visit) -> Result<(Vec<StatementView>, Vec<DifferenceView>), Fault> {
    visit.allow(RECONCILE, &statements(visit)?)?;
    let on = visit.world.db.reader();
    let yuan = |fen: i64| Money(fen).to_string();
    let days = difference::statement_list(on).await?.into_iter().map(|row| StatementView {
        day: row.day,
        entries: row.entries,
        paid_yuan: yuan(row.paid_fen),
        refunded_yuan: yuan(row.refunded_fen),
        differences: row.differences,
    });
    let days = days.collect();
    let since = visit.today() - TimeDelta::days(SHOWN_DAYS);
    let mut found = Vec::new();
    for row in difference::difference_list(on, since).await? {
        let kind = DifferenceKind::ALL.iter().copied().find(|kind| kind.word() == row.kind);
        let entry = EntryKind::ALL.iter().copied().find(|entry| entry.word() == row.entry);
        found.push(DifferenceView {
            id: DifferenceId::from_uuid(row.id),
            day: row.day,
            kind: kind.ok_or_else(|| unreadable("fees_difference", "kind", &row.kind))?,
            entry: entry.ok_or_else(|| unreadable("fees_difference", "entry", &row.entry))?,
            number: row.number,
            reference: row.reference,
            ours_yuan: row.ours_fen.map(yuan),
            theirs_yuan: row.theirs_fen.map(yuan),
            settled: row.note.map(|note| (row.resolved_by_name.unwrap_or_default(), note)),
        });
    }
    Ok((days, found))
}
