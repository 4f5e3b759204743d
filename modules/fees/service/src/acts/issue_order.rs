//! 开具缴款单: the amount is fixed now, from the pinned item and the form.

use catalog::compile::FeeRules;
use catalog::condition::{Condition, ElementDictionary};
use catalog::model::{Collect, Fee, Item};
use chrono::NaiveDate;
use fees::{Line, Order, assess, total};
use kernel::codes::iso7064;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::value::Facts;
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde_json::json;

use crate::store::order::{self, order_insert, order_is_there};
use crate::{OrderId, jobs};

/// A case whose fees are due.
#[derive(Debug, Clone)]
pub struct NewOrder<'a> {
    pub case: CaseId,
    pub application: ApplicationId,
    pub subject: SubjectId,
    pub agent: Option<SubjectId>,
    pub region: &'a str,
    /// The name of who pays.
    pub payer: &'a str,
    /// The item as the case pinned it.
    pub item: &'a Item,
    pub dictionary: &'a ElementDictionary,
    pub form: &'a Facts,
    pub stage: Collect,
    pub due: NaiveDate,
    /// Who acts, for the record.
    pub actor: &'a str,
}

/// An order that was issued, for the notice about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Charged {
    pub number: String,
    pub lines: Vec<Line>,
    pub fen: i64,
    pub due: NaiveDate,
}

/// Issues the order in the caller's transaction; nothing where nothing is owed, or where the order is there already.
/// What could not be told, and that somebody was exempt, is on the record. It takes a number from a counter, which others
/// wait for, so it comes late in the caller's act.
pub async fn issue_order(tx: &Tx, new: NewOrder<'_>) -> Result<Option<Charged>, Fault> {
    if !new.item.fees.iter().any(|fee| fee.collect == new.stage && fee.amount_fen.is_some()) {
        return Ok(None);
    }
    if order_is_there(tx.conn(), new.case, new.stage).await? {
        return Ok(None);
    }
    let rules: Vec<FeeRules> = new.item.fees.iter().map(|fee| rules_of(fee, new.dictionary)).collect();
    let assessed = assess(new.item, &rules, new.form, new.stage);
    let fen = total(&assessed.lines);
    let id: OrderId = tx.new_id();
    if fen <= 0 {
        let facts = json!({ "item": new.item.name, "lines": assessed.lines, "doubts": assessed.doubts });
        tx.record(JournalEntry::new(new.application, new.actor, "fees.nothing-owed", id).holding(&facts));
        return Ok(None);
    }
    let number = number(tx, new.region).await?;
    let row = order::Model {
        id: id.uuid(),
        number: number.clone(),
        case_id: new.case.uuid(),
        application: new.application.uuid(),
        subject: new.subject.uuid(),
        agent_subject: new.agent.map(SubjectId::uuid),
        authority: new.item.authority.to_string(),
        payee: assessed.lines.first().map_or_else(String::new, |line| line.payee.clone()),
        region: new.region.to_owned(),
        item_name: new.item.name.clone(),
        payer: new.payer.to_owned(),
        stage: new.stage.word().to_owned(),
        lines: serde_json::to_string(&assessed.lines)?,
        facts: serde_json::to_string(&Order::new(number.clone(), fen, new.due))?,
        fen,
        issued_at: tx.now(),
        pay_url: None,
    };
    let facts = json!({
        "number": number, "item": row.item_name, "fen": fen, "due": new.due, "lines": assessed.lines,
        "doubts": assessed.doubts,
    });
    order_insert(tx.conn(), row).await?;
    tx.record(JournalEntry::new(new.application, new.actor, "fees.order-issued", id).holding(&facts));
    let told = json!({
        "application": new.application, "case": new.case, "number": number, "fen": fen, "due": new.due,
    });
    tx.publish(OutboxEvent::new("fees.order-issued", id).holding(&told));
    tx.schedule(jobs::making(id));
    tx.schedule(jobs::asking(tx.now(), id, 0));
    Ok(Some(Charged { number, lines: assessed.lines, fen, due: new.due }))
}

/// The conditions of a pinned fee. One that is not understood any more charges nobody and lets nobody off.
fn rules_of(fee: &Fee, dictionary: &ElementDictionary) -> FeeRules {
    let compile = |source: &str| Condition::compile(source, dictionary).ok();
    FeeRules {
        when: fee.when.as_deref().and_then(compile),
        exemptions: fee.exemptions.iter().map(|one| compile(&one.when)).collect(),
    }
}

/// 缴款码: area 6, day 6, serial 7, check digit of MOD 11,10; serials have no gaps.
async fn number(tx: &Tx, region: &str) -> Result<String, Fault> {
    let area = format!("{:0<6}", region.chars().take(6).collect::<String>());
    let day = tx.today().format("%y%m%d");
    let serial = tx.number(&format!("fees/order/{area}/{day}")).await?;
    let digits = format!("{area}{day}{serial:07}");
    let check = iso7064::mod_11_10(&digits).ok_or_else(|| Fault::internal(format_args!("area {area} is no code")))?;
    Ok(format!("{digits}{check}"))
}
