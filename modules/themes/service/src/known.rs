//! What the records know, as a plan wants it.

use access_service::{Visit, Words};
use catalog::Catalog;
use kernel::id::SubjectId;
use platform::Fault;
use records::Purpose;
use themes::{Known, KnownFact};

/// The records' knowledge as the plan's: the name of each register in words, each licence in the roles of its holder.
pub fn for_plan(known: &records::Known, catalog: &Catalog, words: &Words) -> Known {
    let mut plain = Known::nothing();
    for fact in &known.facts {
        // Facts kept as JSON have lost their dates; the dictionary says which they are.
        let kind = catalog.elements.get(&fact.element).map(|element| element.kind.value_kind());
        let value = match kind {
            Some(kind) => fact.value.clone().with_kind(kind).unwrap_or_else(|_| fact.value.clone()),
            None => continue,
        };
        let source = words.get(fact.source.text_key()).into();
        plain.learn(fact.element.clone(), KnownFact { value, source, trust: fact.source.trust });
    }
    for licence in &known.licences {
        for role in &licence.roles {
            plain.hold_as(licence.licence.clone(), *role);
        }
    }
    plain
}

/// The purpose of a look at this person for that matter: their own, or the clerk's who has them at the window.
pub fn purpose(visit: &Visit, matter: &str) -> Purpose {
    if visit.actor.is_staff() { Purpose::at_window(matter) } else { Purpose::own_matter(matter) }
}

/// What is known about a person for a matter. The look is on record.
///
/// # Errors
/// [`Fault::NotAllowed`] for whoever may not look.
pub async fn of_subject(
    visit: &Visit,
    catalog: &Catalog,
    subject: SubjectId,
    organisation: Option<SubjectId>,
    matter: &str,
) -> Result<records::Known, Fault> {
    records_service::reads::known(visit, catalog, subject, organisation, &purpose(visit, matter)).await
}

/// What is known about whoever explores a theme: themselves, when a resident is signed in; nobody otherwise.
pub async fn of_visitor(visit: &Visit, catalog: &Catalog, matter: &str) -> Result<records::Known, Fault> {
    match visit.actor.subject().and_then(|subject| subject.parse().ok()) {
        Some(subject) => of_subject(visit, catalog, subject, None, matter).await,
        None => Ok(records::Known::nothing()),
    }
}
