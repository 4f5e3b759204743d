//! From an event to the form it brings, filled in from the case, its pinned item and the application.

mod aside;

use access_service::Visit;
use casework::{CancellationGround, Case, Event, NoticeKind, PowerKind, RevocationGround};
use catalog::model::{Citation, ResultKind};
use catalog_service::Shelf;
use documents::{CorrectionLine, Document, Form, Head, Notice, Power, Remedy};
use kernel::limit::{Limit, Period, Start, Unit};
use platform::Fault;

use crate::acts::Handled;
use crate::paper::PaperStatus;
use crate::store::{application, notice, paper, paper_use};
use crate::wording::Wording;

/// What a notice is written from.
pub(crate) struct Desk<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) shelf: &'a Shelf,
    pub(crate) wording: &'a Wording,
    pub(crate) head: &'a application::Model,
    /// Read only where a notice lists papers.
    pub(crate) papers: &'a [paper::Model],
    pub(crate) uses: &'a [paper_use::Model],
    /// Notices issued before, read only where one names them.
    pub(crate) earlier: &'a [notice::Model],
}

/// The notice of this kind that an event of a case brings; `None` where this time there is nobody to tell.
///
/// # Errors
/// [`Fault::Internal`] when [`casework::notices_of`] names a kind this file does not fill in for that event.
pub(crate) fn notice_of(
    desk: &Desk<'_>,
    member: &Handled<'_>,
    event: &Event,
    kind: NoticeKind,
) -> Result<Option<Notice>, Fault> {
    let Some(form) = form_of(desk, member, event, kind)? else { return Ok(None) };
    Ok(Some(Notice { head: desk.head_of_case(member), form }))
}

fn form_of(desk: &Desk<'_>, member: &Handled<'_>, event: &Event, kind: NoticeKind) -> Result<Option<Form>, Fault> {
    let received_on = member.case.received_on;
    let form = match (event, kind) {
        (
            Event::Accepted { .. } | Event::AcceptedTolerantly { .. } | Event::DeemedAccepted { .. },
            NoticeKind::Acceptance,
        ) => acceptance(desk, member)?,
        (Event::Accepted { .. } | Event::AcceptedTolerantly { .. }, NoticeKind::WindowTransfer) => {
            return window_transfer(desk, member);
        }
        (Event::Accepted { .. } | Event::AcceptedTolerantly { .. }, NoticeKind::Commitment) => {
            return Ok(aside::commitment(desk, member));
        }
        (Event::AcceptedTolerantly { papers, due, .. }, NoticeKind::TolerantPromise) => {
            aside::tolerant_promise(desk, member, papers, *due)
        }
        (Event::SpecialBegun { .. }, NoticeKind::SpecialProcedure) => aside::special_procedure(desk, member, event)?,
        (Event::HearingOffered { why, answer_by, .. }, NoticeKind::Hearing) => {
            Form::Hearing { reason: why.clone(), on_application: true, request_by: *answer_by }
        }
        (Event::HearingAnnounced { session, place, .. }, NoticeKind::HearingSession) => {
            aside::hearing_session(member, *session, place)?
        }
        (Event::Extended { days, reason, .. }, NoticeKind::Extension) => aside::extension(desk, member, *days, reason)?,
        (Event::Revoked { ground, reason, .. }, NoticeKind::Revocation) => {
            let ground = (RevocationGround::TABLE, ground.code(), ground.article());
            Form::Revocation(aside::undoing(desk, member, ground, reason))
        }
        (Event::Cancelled { ground, reason, .. }, NoticeKind::Cancellation) => {
            let ground = (CancellationGround::TABLE, ground.code(), ground.article());
            Form::Cancellation(aside::undoing(desk, member, ground, reason))
        }
        (Event::GapLapsed { .. }, NoticeKind::Termination) => Form::Termination {
            received_on,
            reason: desk.said("gap-lapsed", &[]),
            basis: desk.said("gap-lapsed-basis", &[]),
        },
        (Event::CorrectionNoticed { items, due, .. }, NoticeKind::Correction) => Form::Correction {
            received_on,
            items: items.iter().map(|item| correction_line(desk, member, item)).collect(),
            due: *due,
            days: member.law.terms.correction.value,
        },
        (Event::AcceptanceRefused { reason, go_to, .. }, NoticeKind::NotNeeded) => {
            Form::NotNeeded { received_on, reason: reason.clone(), go_to: present(go_to.as_deref()) }
        }
        (Event::AcceptanceRefused { ground, reason, go_to, .. }, NoticeKind::NonAcceptance) => Form::NonAcceptance {
            received_on,
            ground: ground.code().to_owned(),
            reason: reason.clone(),
            go_to: present(go_to.as_deref()),
        },
        (Event::Decided { reason, .. }, NoticeKind::Grant) => grant(desk, member, present(Some(reason)))?,
        (Event::DeemedRenewed { .. }, NoticeKind::Grant) => {
            grant(desk, member, Some(desk.said("deemed-renewed", &[])))?
        }
        (Event::Decided { reason, .. }, NoticeKind::Refusal) => Form::Refusal {
            received_on,
            accepted_on: accepted_on(&member.case)?,
            basis: basis(&member.item.basis),
            reason: reason.clone(),
        },
        (Event::Issued { number, .. }, NoticeKind::ResultTransfer) => Form::ResultTransfer {
            from: desk.authority_name(&member.row.authority),
            to: desk.exit(),
            how: desk.wording.word("delivery", desk.head.delivery()?.method.code()),
            handed_by: desk.visit.actor.name.clone(),
            results: vec![Document {
                name: result_name(member).unwrap_or_else(|| member.row.item_name.clone()),
                number: number.clone(),
            }],
        },
        (Event::Withdrawn { on, reason }, NoticeKind::Withdrawal) => {
            Form::Withdrawal { received_on, withdrawn_on: *on, reason: present(Some(reason)) }
        }
        (Event::CorrectionLapsed { .. }, NoticeKind::Termination) => {
            let due = member.case.correction.as_ref().and_then(|correction| correction.due);
            let reason = match due {
                Some(due) => desk.said("lapsed-by", &[("due", in_words(due))]),
                None => desk.said("lapsed", &[]),
            };
            Form::Termination { received_on, reason, basis: desk.said("lapsed-basis", &[]) }
        }
        (Event::PrerequisiteFailed { licence, .. }, NoticeKind::Termination) => Form::Termination {
            received_on,
            reason: desk.said("prerequisite-failed", &[("licence", desk.wording.licence(licence.as_str()))]),
            basis: basis(&member.item.basis),
        },
        (event, kind) => {
            return Err(Fault::internal(format_args!("no form {kind} is filled in for {}", event.kind())));
        }
    };
    Ok(Some(form))
}

fn grant(desk: &Desk<'_>, member: &Handled<'_>, reason: Option<String>) -> Result<Form, Fault> {
    Ok(Form::Grant {
        received_on: member.case.received_on,
        accepted_on: accepted_on(&member.case)?,
        basis: basis(&member.item.basis),
        reason,
        result: result_name(member),
        validity: member.item.result.valid.map(|period| desk.period(period)),
        delivery: desk.wording.word("delivery", desk.head.delivery()?.method.code()),
    })
}

fn acceptance(desk: &Desk<'_>, member: &Handled<'_>) -> Result<Form, Fault> {
    let accepted = member.case.acceptance.as_ref();
    let accepted = accepted.ok_or_else(|| Fault::internal("an accepted case without acceptance"))?;
    Ok(Form::Acceptance {
        received_on: member.case.received_on,
        accepted_on: accepted.on,
        deemed: accepted.deemed,
        statutory: desk.limit(member.law.statutory),
        promise: desk.limit(member.law.promise),
        // What is decided while the applicant waits needs no day.
        due: due(member).filter(|_| member.law.promise.unit != Unit::AtOnce),
    })
}

/// The promised day, where one can be told: a case that waits for another's licence has none yet.
fn due(member: &Handled<'_>) -> Option<chrono::NaiveDate> {
    member.case.promise_clock(&member.law).due(member.law.calendar).day()
}

/// Between the window and the authority; an authority that accepted by itself hands nothing over.
fn window_transfer(desk: &Desk<'_>, member: &Handled<'_>) -> Result<Option<Form>, Fault> {
    let actor = &desk.visit.actor;
    if actor.hall().is_none() || actor.authority() == Some(member.row.authority.as_str()) {
        return Ok(None);
    }
    let papers = desk.papers_of(member)?;
    if papers.is_empty() {
        return Ok(None);
    }
    Ok(Some(Form::WindowTransfer {
        accepted_on: accepted_on(&member.case)?,
        due: due(member),
        from: desk.window(),
        to: desk.authority_name(&member.row.authority),
        handed_by: actor.name.clone(),
        papers,
    }))
}

fn correction_line(desk: &Desk<'_>, member: &Handled<'_>, item: &casework::CorrectionItem) -> CorrectionLine {
    // Where the officer named no law, it is the published guide of the item that asks for it.
    let guide = || desk.said("guide-basis", &[("item", member.row.item_name.clone())]);
    CorrectionLine {
        name: item.name.clone(),
        reason: item.reason.clone(),
        basis: present(item.basis.as_deref()).unwrap_or_else(guide),
        mend: item.mend.clone(),
    }
}

fn accepted_on(case: &Case) -> Result<chrono::NaiveDate, Fault> {
    case.acceptance.as_ref().map(|one| one.on).ok_or_else(|| Fault::internal("a decided case that was not accepted"))
}

pub(crate) fn result_name(member: &Handled<'_>) -> Option<String> {
    let rule = &member.item.result;
    (rule.kind != ResultKind::None).then(|| rule.name.as_ref().unwrap_or(&member.item.name).clone())
}

/// 《中华人民共和国食品安全法》第三十五条、…
fn basis(citations: &[Citation]) -> String {
    let one = |citation: &Citation| {
        let law = citation.law.to_string();
        let law = if law.starts_with('《') { law } else { format!("《{law}》") };
        format!("{law}{}", citation.article)
    };
    citations.iter().map(one).collect::<Vec<_>>().join("、")
}

/// A day as documents write it, without its weekday.
pub(crate) fn in_words(day: chrono::NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// A text somebody really wrote.
fn present(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}

impl Desk<'_> {
    /// The head of a notice about one case, issued by its authority.
    pub(crate) fn head_of_case(&self, member: &Handled<'_>) -> Head {
        let own = member.item.contact.as_ref().map(|contact| contact.consult.clone());
        let authority = self.shelf.catalog().authorities.get(member.row.authority.as_str());
        let remedy =
            |remedy: &catalog::model::Remedy| Remedy { review: remedy.review.clone(), court: remedy.court.clone() };
        Head {
            authority: self.authority_name(member.case.name_today(&member.law)),
            applicant: self.head.applicant.clone(),
            id_number: present(Some(&self.head.citizen_id)),
            matter: member.row.item_name.clone(),
            item_code: Some(member.row.code.clone()),
            case_number: member.row.project_no.clone(),
            power: Power::parse(member.item.kind.word()).unwrap_or(Power::Other),
            on: self.wording.today,
            handler: self.handler_of(member),
            phone: present(own.as_deref()).or_else(|| authority.and_then(|one| present(one.phone.as_deref()))),
            remedy: member.item.remedy.as_ref().map(remedy),
        }
    }

    /// The head of a notice about the whole application.
    pub(crate) fn head_of_application(&self, authority: &str) -> Head {
        let phone = self.shelf.catalog().authorities.get(authority).and_then(|one| present(one.phone.as_deref()));
        Head {
            authority: self.authority_name(authority),
            applicant: self.head.applicant.clone(),
            id_number: present(Some(&self.head.citizen_id)),
            matter: self.head.theme_name.clone(),
            item_code: None,
            case_number: self.head.number.clone(),
            power: Power::Other,
            on: self.wording.today,
            handler: self.handler(),
            phone,
            remedy: None,
        }
    }

    /// Who issues what concerns the whole application: the office of whoever acts, else the one that runs the windows,
    /// else the authority of the first item.
    pub(crate) fn common_issuer(&self, first: &str) -> String {
        let catalog = self.shelf.catalog();
        let own = self.visit.actor.authority().filter(|own| catalog.authorities.contains_key(*own));
        let windows = catalog.district.windows.as_ref().map(|windows| windows.as_str());
        own.or(windows).unwrap_or(first).to_owned()
    }

    fn handler(&self) -> Option<String> {
        self.visit.actor.is_staff().then(|| self.visit.actor.name.clone()).and_then(|name| present(Some(&name)))
    }

    /// Who handles it; for an entrusted power, which is used in another's name, also who was entrusted (行政许可法 24).
    fn handler_of(&self, member: &Handled<'_>) -> Option<String> {
        let power = member.case.power_today(&member.law);
        let handler = self.handler();
        if power.kind != PowerKind::Entrusted || member.case.is_preliminary() {
            return handler;
        }
        let facts = [("authority", self.authority_name(&power.by)), ("name", handler.unwrap_or_default())];
        Some(self.said("entrusted-handler", &facts).trim().to_owned())
    }

    pub(crate) fn authority_name(&self, id: &str) -> String {
        self.shelf.catalog().authorities.get(id).map_or_else(|| id.to_owned(), |authority| authority.name.clone())
    }

    /// The papers a case uses, as lists print them.
    fn papers_of(&self, member: &Handled<'_>) -> Result<Vec<documents::Paper>, Fault> {
        let is_used =
            |paper: &&paper::Model| self.uses.iter().any(|one| one.paper == paper.id && one.case_id == member.row.id);
        self.papers.iter().filter(is_used).map(|paper| self.paper(paper, &member.row.item_name)).collect()
    }

    /// One paper on a list.
    pub(crate) fn paper(&self, paper: &paper::Model, used_for: &str) -> Result<documents::Paper, Fault> {
        let handed_in_as = match (paper.status()?, &paper.blob) {
            (PaperStatus::HandIn, Some(_)) => self.said("paper-file", &[]),
            (PaperStatus::HandIn, None) => self.said("paper-sheet", &[]),
            (PaperStatus::Exempt, _) => self.said("paper-exempt", &[]),
            (PaperStatus::Deferred, _) => self.said("paper-deferred", &[]),
        };
        Ok(documents::Paper { name: paper.name.clone(), handed_in_as, used_for: used_for.to_owned() })
    }

    /// The window that acts, or the one the application came in at.
    pub(crate) fn window(&self) -> String {
        self.at_hall("window")
    }

    fn exit(&self) -> String {
        self.at_hall("exit")
    }

    fn at_hall(&self, what: &str) -> String {
        let halls = &self.shelf.catalog().halls;
        let hall = self.visit.actor.hall().or(self.head.hall.as_deref()).and_then(|hall| halls.get(hall));
        let place = hall.map_or_else(|| self.said("windows", &[]), |hall| hall.name.clone());
        self.said(what, &[("place", place)])
    }

    /// 自受理之日起5个工作日
    pub(super) fn limit(&self, limit: Limit) -> String {
        if limit.unit == Unit::AtOnce {
            return self.said("at-once", &[]);
        }
        let from = match limit.start {
            Start::Acceptance => "from-acceptance",
            Start::Receipt => "from-receipt",
            Start::Decision => "from-decision",
        };
        self.said(from, &[("period", self.period(Period { value: limit.value, unit: limit.unit }))])
    }

    /// 5个工作日, 4年
    pub(super) fn period(&self, period: Period) -> String {
        self.said(period.unit.as_str(), &[("count", period.value.to_string())])
    }

    /// Why a notice prints no day.
    pub(crate) fn beyond_calendar(&self) -> String {
        self.wording.word("no-date", casework::WhyNoDate::BeyondCalendar.code())
    }

    /// Words that forms are filled in with.
    pub(crate) fn said(&self, key: &str, facts: &[(&str, String)]) -> String {
        let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.wording.words.fill(&format!("form.{key}"), &facts)
    }
}
