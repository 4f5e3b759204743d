//! A case as casework has it, in the words of the rules.

use casework::{Case, Event, HearingAnswer, Outcome, View};
use casework_service::reads::{ReportedCase, ReportedEvent, ReportedLicence};
use casework_service::{Channel, PaperStatus};
use catalog::Catalog;
use catalog::ids::AuthorityId;
use catalog::model::{ApplyVia, Audience};
use chrono::NaiveDateTime;
use connect::exchange::{
    self as rules, Contact, Deed, Ended, GetWay, IdKind, LicenceValues, Office, PaperValues, Party, ProcessValues,
    ResultWord, SpecialValues, SpecialWord,
};
use platform::clock::{china_day, china_time};
use records::OrgForm;

/// The values; none of a case that was not accepted.
pub(super) fn values(told: &ReportedCase, catalog: &Catalog) -> Option<rules::ReportedCase> {
    let acceptance = told.case.acceptance.as_ref()?;
    let office = office(catalog, &told.authority);
    let accepted = |one: &&ReportedEvent| deed(&one.event).is_some_and(|(deed, ..)| deed == Deed::Accept);
    Some(rules::ReportedCase {
        case: told.case.id,
        project_no: told.project_no.clone(),
        item_code: told.item.code.clone(),
        item_name: told.item_name.clone(),
        item_version: told.item.version,
        summary: told.theme_name.clone(),
        handling: told.item.handling,
        applicant: party(told),
        contact: contact(told),
        legal: told.organisation.as_ref().map(|firm| firm.legal_rep_name.clone()),
        applied_on: china_day(told.received_at),
        via: match told.channel {
            Channel::Online => ApplyVia::Online,
            Channel::Window => ApplyVia::Window,
        },
        accepted_on: acceptance.on,
        acceptance_number: told.acceptance_number.clone(),
        due_on: told.due_on,
        accepted_by: told.events.iter().find(accepted).map(|one| one.by.clone()).filter(|by| !by.is_empty()),
        papers: papers(told),
        processes: processes(told, &office),
        specials: specials(told),
        ended: ended(told, catalog),
        licence: told.licence.as_ref().and_then(|made| licence(made, catalog)),
        office,
    })
}

fn office(catalog: &Catalog, id: &AuthorityId) -> Office {
    let found = catalog.authorities.get(id);
    found.map(|one| Office { name: one.name.clone(), code: one.credit_code.clone() }).unwrap_or_default()
}

fn party(told: &ReportedCase) -> Party {
    if let Some(firm) = &told.organisation {
        return Party {
            name: firm.name.clone(),
            // Who runs an individual business or a sole proprietorship is no legal person (民法典第五十四条、第一百零二条).
            kind: match firm.form {
                OrgForm::Company => Audience::Company,
                OrgForm::Individual | OrgForm::Sole => Audience::OtherOrganisation,
            },
            id: IdKind::CreditCode,
            number: firm.credit_code.as_str().to_owned(),
            address: Some(firm.address.clone()),
        };
    }
    let person = told.person.as_ref();
    Party {
        name: told.applicant.clone(),
        kind: Audience::Person,
        id: IdKind::CitizenId,
        number: person.map(|person| person.citizen_id.as_str().to_owned()).unwrap_or_default(),
        address: person.and_then(|person| person.address.clone().or_else(|| person.hukou_address.clone())),
    }
}

/// Who is asked back: the agent, else whoever filed it. The column is for mobile numbers; another number is not one.
fn contact(told: &ReportedCase) -> Contact {
    let mobile = |phone: &str| {
        let is_mobile =
            phone.len() == 11 && phone.starts_with('1') && phone.bytes().all(|digit| digit.is_ascii_digit());
        is_mobile.then(|| phone.to_owned())
    };
    match &told.agent {
        Some(agent) => Contact { name: agent.name.clone(), mobile: mobile(&agent.phone), id: None },
        None => Contact {
            name: told.applicant.clone(),
            mobile: told.phone.as_deref().and_then(mobile),
            id: told.person.as_ref().map(|person| (IdKind::CitizenId, person.citizen_id.as_str().to_owned())),
        },
    }
}

/// The papers that are there; what may follow is not.
fn papers(told: &ReportedCase) -> Vec<PaperValues> {
    let way = |status: PaperStatus, has_file: bool| match status {
        PaperStatus::HandIn if has_file => Some(GetWay::File),
        PaperStatus::HandIn => Some(GetWay::Paper),
        PaperStatus::Exempt => Some(GetWay::Shared),
        PaperStatus::Deferred => None,
    };
    let here = told.papers.iter().filter_map(|paper| Some((paper, way(paper.status, paper.file_name.is_some())?)));
    here.map(|(paper, way)| PaperValues {
        id: paper.id.to_string(),
        name: paper.name.clone(),
        file_name: paper.file_name.clone(),
        way,
        copies: paper.copies,
    })
    .collect()
}

/// What was done, under which name within the case, and what was said.
fn deed(event: &Event) -> Option<(Deed, String, &str)> {
    Some(match event {
        Event::Accepted { .. } | Event::DeemedAccepted { .. } | Event::AcceptedTolerantly { .. } => {
            (Deed::Accept, "accept".to_owned(), "")
        }
        Event::StepCompleted { step, opinion, .. } => {
            let deed = if opinion.view == View::Agree { Deed::Agree } else { Deed::Disagree };
            (deed, format!("step/{step}"), opinion.words.as_str())
        }
        Event::Decided { outcome: Outcome::Grant, reason, .. } => (Deed::Grant, "decide".to_owned(), reason.as_str()),
        Event::Decided { outcome: Outcome::Refuse, reason, .. } => (Deed::Refuse, "decide".to_owned(), reason.as_str()),
        Event::DeemedRenewed { .. } => (Deed::Grant, "decide".to_owned(), ""),
        Event::Issued { .. } => (Deed::Issue, "issue".to_owned(), ""),
        _ => return None,
    })
}

/// The steps, each from the end of the one before. What the law or the platform did, the authority answers for.
fn processes(told: &ReportedCase, office: &Office) -> Vec<ProcessValues> {
    let steps = &told.item.steps;
    let name = |event: &Event, deed: Deed| match event {
        Event::StepCompleted { step, .. } => steps.iter().find(|one| one.id == *step).map(|one| one.name.clone()),
        Event::Decided { .. } | Event::DeemedRenewed { .. } => steps.last().map(|one| one.name.clone()),
        _ => Some(deed.label().to_owned()),
    };
    let mut done: Vec<ProcessValues> = Vec::new();
    let mut began_at = local(told.received_at);
    for one in &told.events {
        let Some((deed, id, words)) = deed(&one.event) else { continue };
        let ended_at = local(one.at);
        // A step that is done again has a name of its own.
        let times = done.iter().filter(|before| before.id.split('#').next() == Some(&*id)).count();
        done.push(ProcessValues {
            id: if times == 0 { id } else { format!("{id}#{}", times + 1) },
            name: name(&one.event, deed).unwrap_or_default(),
            deed,
            began_at,
            ended_at,
            by: if one.by.is_empty() { office.name.clone() } else { one.by.clone() },
            words: words.to_owned(),
        });
        began_at = ended_at;
    }
    done
}

fn local(at: chrono::DateTime<chrono::Utc>) -> NaiveDateTime {
    china_time(at).naive_local()
}

/// Special procedures, a hearing that was asked for, the extension.
fn specials(told: &ReportedCase) -> Vec<SpecialValues> {
    let case = &told.case;
    let by =
        |wanted: fn(&Event) -> bool| told.events.iter().filter(move |one| wanted(&one.event)).map(|one| one.by.clone());
    let begun: Vec<String> = by(|event| matches!(event, Event::SpecialBegun { .. })).collect();
    let mut all: Vec<SpecialValues> = Vec::new();
    for (at, run) in case.specials.iter().enumerate() {
        let own = told.item.special.iter().find(|one| one.id == run.procedure);
        all.push(SpecialValues {
            id: format!("special/{at}"),
            word: SpecialWord::Procedure,
            name: own.map(|one| one.name.clone()),
            reason: run.reason.clone(),
            began_on: run.began_on,
            until: run.ended_on.or(run.until),
            result: run.result.clone(),
            by: begun.get(at).cloned(),
        });
    }
    let heard = case.hearing.iter().filter(|hearing| hearing.answer == Some(HearingAnswer::Wanted));
    all.extend(heard.map(|hearing| SpecialValues {
        id: "hearing".to_owned(),
        word: SpecialWord::Hearing,
        name: None,
        reason: hearing.why.clone(),
        began_on: hearing.answered_on.unwrap_or(hearing.offered_on),
        until: hearing.held_on.or(hearing.hold_by),
        result: hearing.record.clone(),
        by: by(|event| matches!(event, Event::HearingOffered { .. })).next(),
    }));
    all.extend(case.extension.iter().map(|extension| SpecialValues {
        id: "extension".to_owned(),
        word: SpecialWord::Extension,
        name: None,
        reason: extension.reason.clone(),
        began_on: extension.on,
        until: told.due_on,
        result: None,
        by: by(|event| matches!(event, Event::Extended { .. })).next(),
    }));
    all
}

fn ended(told: &ReportedCase, catalog: &Catalog) -> Option<Ended> {
    let case: &Case = &told.case;
    let lapsed = case.gaps.iter().find_map(|gap| gap.lapsed_on);
    let plain = |on, word, reason: Option<&String>| Ended {
        on,
        word,
        reason: reason.cloned(),
        result_name: None,
        result_number: None,
        by_mail: false,
        by: None,
    };
    if let Some(terminated) = &case.terminated {
        return Some(plain(terminated.on, ResultWord::Terminated, None));
    }
    if let Some(withdrawn) = &case.withdrawn {
        return Some(plain(withdrawn.on, ResultWord::Withdrawn, Some(&withdrawn.reason)));
    }
    if let Some(lapsed) = lapsed {
        return Some(plain(lapsed, ResultWord::Lapsed, None));
    }
    let decision = case.decision.as_ref()?;
    let word = match decision.outcome {
        Outcome::Grant => ResultWord::Grant,
        Outcome::Refuse => ResultWord::Refuse,
    };
    let issued = case.issued.as_ref();
    let made = told.item.provides.as_ref().and_then(|own| catalog.licences.get(own)).map(|own| own.name.clone());
    let decided = told.events.iter().find(|one| matches!(one.event, Event::Decided { .. }));
    Some(Ended {
        result_name: issued.and_then(|_| told.item.result.name.clone().or(made)),
        result_number: issued.map(|issued| issued.number.clone()),
        by_mail: told.by_mail,
        by: decided.map(|one| one.by.clone()),
        ..plain(decision.on, word, Some(&decision.reason))
    })
}

/// A licence that stands. The table has no column for the end of one, so one that was taken back, struck off or replaced is
/// handed over no longer, and what was handed over of it is taken away.
fn licence(made: &ReportedLicence, catalog: &Catalog) -> Option<LicenceValues> {
    let own = Some(&made.licence).filter(|licence| licence.ended.is_none())?;
    let kind = catalog.licences.get(&own.licence);
    let issuer = catalog.authorities.get(&own.issued_by);
    Some(LicenceValues {
        mark: own.mark.as_str().to_owned(),
        name: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        number: own.number.clone(),
        type_code: kind.map(|kind| kind.type_code.clone()).unwrap_or_default(),
        holder: own.holder_name.clone(),
        holder_number: made.holder_number.clone().unwrap_or_default(),
        holder_id: if made.holder_is_organisation { IdKind::CreditCode } else { IdKind::CitizenId },
        area: issuer.map(|issuer| issuer.region.to_string()).unwrap_or_default(),
        issuer: office(catalog, &own.issued_by),
        issued_on: own.issued_on,
    })
}
