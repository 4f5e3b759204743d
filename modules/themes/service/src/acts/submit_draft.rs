//! Submission (提交申请): one transaction closes the draft and opens the application with a case for every item.

use std::collections::{BTreeMap, BTreeSet};

use access::ActorKind;
use access_service::{Visit, Words};
use casework::DeliveryMethod;
use casework_service::acts::{OpenApplication, open_application};
use casework_service::{Agent, Applicant, Channel, Delivery};
use kernel::id::{ApplicationId, DraftId};
use platform::{Fault, JournalEntry, RequestKey, Tx};
use records::Resident;
use themes::acts::SUBMIT_DRAFT;
use themes::{Theme, ThemeItem};

use crate::draft::Draft;
use crate::filing::Filing;
use crate::{ThemeShelf, known, reads, store};

mod hand_over;
mod papers;

pub(crate) use hand_over::{WAY_KEY, chosen as chosen_way, question as way_question, word as way_word};

/// A draft to submit. Everything is in it; the declaration has been made on the page.
#[derive(Debug, Clone, Copy)]
pub struct SubmitDraft {
    pub draft: DraftId,
    /// The applicant has declared that everything is true.
    pub declared: bool,
}

/// Submits. A draft that has been submitted gives the application it became, however often it is sent.
///
/// # Errors
/// [`Fault::Invalid`] with everything that is missing, page by page; [`Fault::NotFound`] for somebody else's draft;
/// what [`open_application`] refuses.
pub async fn submit_draft(visit: &Visit, key: Option<&RequestKey>, order: SubmitDraft) -> Result<ApplicationId, Fault> {
    let draft = reads::draft(visit, order.draft).await?;
    if let Some(application) = draft.application {
        return Ok(application);
    }
    visit.allow(SUBMIT_DRAFT, &draft.resource()).map_err(|_| Fault::NotFound)?;
    if !order.declared {
        return Err(Fault::field("_declare", "declare"));
    }
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&draft.theme)?;
    let purpose = known::purpose(visit, &draft.theme);
    let person = records_service::reads::person(visit, draft.subject, &purpose).await?;
    let submission = Submission { visit, shelf: &shelf, theme, person: &person, words: &visit.world.part::<Words>() };
    let outcome = visit.write(key, async |tx| submission.carry_out(&tx, order.draft).await).await;
    match outcome {
        // The first of two sendings has done it.
        Err(Fault::Repeated(_) | Fault::Conflict) => {
            reads::draft(visit, order.draft).await?.application.ok_or(Fault::Conflict)
        }
        other => other,
    }
}

struct Submission<'a> {
    visit: &'a Visit,
    shelf: &'a ThemeShelf,
    theme: &'a Theme,
    person: &'a Resident,
    words: &'a Words,
}

impl Submission<'_> {
    async fn carry_out(&self, tx: &Tx, id: DraftId) -> Result<ApplicationId, Fault> {
        let draft = super::open_draft(tx, self.visit, SUBMIT_DRAFT, id).await?;
        let catalog = self.shelf.catalogue().catalog();
        let purpose = known::purpose(self.visit, &draft.theme);
        let known =
            records_service::reads::known_in(tx, self.visit, catalog, draft.subject, draft.organisation, &purpose)
                .await?;
        let filing = Filing::of(self.theme, &draft, known, catalog, self.words, tx.today());
        let missing = filing.missing();
        if !missing.is_empty() {
            return Err(Fault::Invalid(missing.into_iter().map(|missing| missing.fault).collect()));
        }
        let opened = open_application(tx, self.visit, self.application(&draft, &filing)).await?;
        if !store::draft_close(tx.conn(), draft.id, opened.application, tx.now()).await? {
            return Err(Fault::Conflict);
        }
        let facts = serde_json::json!({ "application": opened.application, "number": opened.number });
        let entry = JournalEntry::new(draft.id, &self.visit.actor.id, SUBMIT_DRAFT.name(), opened.application);
        tx.record(entry.holding(&facts));
        Ok(opened.application)
    }

    fn application(&self, draft: &Draft, filing: &Filing<'_>) -> OpenApplication {
        let answers = filing.effective_answers();
        let in_order: Vec<&ThemeItem> = filing.plan.included().map(|planned| planned.item).collect();
        let text = |element: &str| filing.value(element).and_then(|value| value.as_text()).map(str::to_owned);
        let phone = text("mobile").or_else(|| self.person.mobile.clone());
        OpenApplication {
            theme: self.theme.id.clone(),
            theme_name: self.theme.name.clone(),
            applicant: Applicant {
                subject: draft.subject,
                name: self.person.name.clone(),
                citizen_id: Some(self.person.citizen_id.as_str().to_owned()),
                phone: phone.clone(),
            },
            organisation: filing.known.organisation,
            agent: text("agent_name").map(|name| Agent { subject: None, name, phone: text("agent_mobile") }),
            channel: if draft.is_at_window() { Channel::Window } else { Channel::Online },
            region: self.region(filing),
            hall: self.visit.actor.hall().map(str::to_owned),
            items: in_order.iter().map(|item| item.id.to_string()).collect(),
            held: filing.known.licences.iter().map(|held| held.licence.to_string()).collect::<BTreeSet<_>>(),
            answers: answers.iter().map(|(id, value)| (id.to_owned(), value.clone())).collect::<BTreeMap<_, _>>(),
            form: hand_over::form(filing),
            papers: papers::hand_in(filing),
            delivery: self.delivery(draft, filing, phone),
        }
    }

    /// Where the matter belongs: to where its premises lie; without premises to where the person lives; else to the
    /// district. A clerk's stays within what the clerk answers for, or who took it in could not go on with it.
    fn region(&self, filing: &Filing<'_>) -> String {
        let catalog = self.shelf.catalogue().catalog();
        let district = catalog.district.region.as_str();
        let site = filing.site_region(catalog).map(|site| site.to_string());
        let place = match &self.visit.actor.kind {
            ActorKind::Staff { region, .. } => {
                site.filter(|site| site.starts_with(region.as_str())).or_else(|| Some(region.clone()))
            }
            _ => site.or_else(|| self.person.home_region().map(str::to_owned)),
        };
        place.filter(|place| place.starts_with(district)).unwrap_or_else(|| district.to_owned())
    }

    fn delivery(&self, draft: &Draft, filing: &Filing<'_>, phone: Option<String>) -> Delivery {
        let way = hand_over::chosen(draft, filing);
        let method = DeliveryMethod::parse(&way).unwrap_or(DeliveryMethod::Electronic);
        let typed = filing.value("delivery").map(ToString::to_string);
        let (recipient, address) = match method {
            DeliveryMethod::Mail => (Some(self.person.name.clone()), typed.or_else(|| self.person.address.clone())),
            DeliveryMethod::Window | DeliveryMethod::Electronic => (typed.or(Some(self.person.name.clone())), None),
        };
        Delivery { method, recipient, phone, address }
    }
}
