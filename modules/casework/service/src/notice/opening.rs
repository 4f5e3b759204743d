//! Notices about a whole application: the receipt when it is opened, the proof of delivery when its results go out.

use casework::{DeliveryMethod, Event, NoticeKind, Outcome};
use chrono::NaiveDate;
use documents::{Document, Form, Notice, Power};
use kernel::calendar::WorkCalendar;
use kernel::limit::Period;
use platform::Fault;

use super::forms::{Desk, result_name};
use super::issue::Wanted;
use crate::acts::Handled;
use crate::acts::open_receiver;
use crate::application::{Channel, Delivery};
use crate::store::case;

/// What is told when an application is opened: what was received, and the address to confirm where results go by mail.
pub(crate) fn on_opening(
    desk: &Desk<'_>,
    cases: &[&case::Model],
    delivery: &Delivery,
    reply: (Period, &WorkCalendar),
) -> Result<Vec<Wanted>, Fault> {
    let Some(first) = cases.first() else { return Ok(Vec::new()) };
    let authority = desk.common_issuer(&first.authority);
    let kinds = casework::notices_of_opening(delivery.method == DeliveryMethod::Mail);
    let mut wanted = Vec::new();
    for kind in kinds {
        let form = match kind {
            NoticeKind::MailAddress => mail_address(desk, delivery),
            _ => receipt(desk, cases, desk.wording.today, reply)?,
        };
        let Some(form) = form else { continue };
        let notice = Notice { head: desk.head_of_application(&authority), form };
        wanted.push(Wanted { kind: *kind, authority: authority.clone(), case: None, notice });
    }
    Ok(wanted)
}

/// Papers were received, or there is nothing to receipt.
fn receipt(
    desk: &Desk<'_>,
    cases: &[&case::Model],
    received_on: NaiveDate,
    (reply, calendar): (Period, &WorkCalendar),
) -> Result<Option<Form>, Fault> {
    let mut papers = Vec::with_capacity(desk.papers.len());
    for paper in desk.papers {
        let uses = |case: &&&case::Model| desk.uses.iter().any(|one| one.paper == paper.id && one.case_id == case.id);
        let names: Vec<&str> = cases.iter().filter(uses).map(|case| case.item_name.as_str()).collect();
        let used_for = if names.is_empty() { desk.head.theme_name.clone() } else { names.join("、") };
        papers.push(desk.paper(paper, &used_for)?);
    }
    if papers.is_empty() {
        return Ok(None);
    }
    let channel = Channel::parse(&desk.head.channel).unwrap_or(Channel::Online);
    Ok(Some(Form::Receipt {
        channel: channel.label().to_owned(),
        received_on,
        // Beyond the calendar the five days are told without a date.
        reply_by: reply.after(received_on, calendar).ok(),
        papers,
    }))
}

/// The address, where enough of it is known to be confirmed.
fn mail_address(desk: &Desk<'_>, delivery: &Delivery) -> Option<Form> {
    let phone = delivery.phone.as_deref().or(desk.head.phone.as_deref()).filter(|phone| !phone.trim().is_empty())?;
    let address = delivery.address.as_deref().filter(|address| !address.trim().is_empty())?;
    let recipient = delivery.recipient.as_deref().filter(|name| !name.trim().is_empty());
    Some(Form::MailAddress {
        recipient: recipient.unwrap_or(&desk.head.applicant).to_owned(),
        phone: ui::say::mask_phone(phone),
        address: address.to_owned(),
    })
}

/// One proof of delivery for everything handed over in one act, however many authorities decided: it is signed once.
pub(crate) fn on_delivery(desk: &Desk<'_>, delivered: &[(&Handled<'_>, &Event)]) -> Result<Option<Wanted>, Fault> {
    let Some((first, Event::Delivered { on, how, to, .. })) = delivered.first().copied() else { return Ok(None) };
    let to = &open_receiver(&desk.wording.sealer, desk.head.id, to)?;
    let authority = desk.common_issuer(&first.row.authority);
    let actor = &desk.visit.actor;
    let server =
        if actor.is_staff() && !actor.name.is_empty() { actor.name.clone() } else { desk.said("platform", &[]) };
    let form = Form::DeliveryReceipt {
        how: desk.wording.word("delivery", how.code()),
        delivered_on: *on,
        place: place(desk, *how)?,
        documents: delivered.iter().flat_map(|(member, _)| documents_of(desk, member)).collect(),
        signed_by: to.clone(),
        relation: relation(desk, to)?,
        servers: vec![server],
        note: None,
    };
    let notice = Notice { head: desk.head_of_application(&authority), form };
    Ok(Some(Wanted { kind: NoticeKind::DeliveryReceipt, authority, case: None, notice }))
}

fn place(desk: &Desk<'_>, how: DeliveryMethod) -> Result<String, Fault> {
    let address = desk.head.delivery()?.address.filter(|address| !address.trim().is_empty());
    Ok(match how {
        DeliveryMethod::Window => desk.window(),
        DeliveryMethod::Electronic => desk.said("online", &[]),
        DeliveryMethod::Mail => address.unwrap_or_else(|| desk.said("agreed-address", &[])),
    })
}

fn relation(desk: &Desk<'_>, to: &str) -> Result<String, Fault> {
    let agent = desk.head.agent()?.is_some_and(|agent| agent.name == to);
    Ok(desk.said(
        if to == desk.head.applicant {
            "self"
        } else if agent {
            "agent"
        } else {
            "receiver"
        },
        &[],
    ))
}

/// The decision by its number, and the licence or document it brought.
fn documents_of(desk: &Desk<'_>, member: &Handled<'_>) -> Vec<Document> {
    let case = &member.case;
    let refused = case.decision.as_ref().is_some_and(|decision| decision.outcome == Outcome::Refuse);
    let kind = if refused { NoticeKind::Refusal } else { NoticeKind::Grant };
    let mut valid = desk.earlier.iter().filter(|row| row.case_id == Some(member.row.id) && row.voided_at.is_none());
    let decision = valid.rfind(|row| row.kind == kind.code());
    let power = Power::parse(member.item.kind.word()).unwrap_or(Power::Other);
    let title = documents::title_of(kind.code(), power).unwrap_or_default();
    let mut listed = vec![Document {
        name: format!("{title}（{}）", member.row.item_name),
        // Decided before there was a register of notices: the case's own number tells which decision it was.
        number: decision.map_or_else(|| member.row.project_no.clone(), |row| row.number.clone()),
    }];
    if let Some(issued) = &case.issued {
        let name = result_name(member).unwrap_or_else(|| member.row.item_name.clone());
        listed.push(Document { name, number: issued.number.clone() });
    }
    listed
}
