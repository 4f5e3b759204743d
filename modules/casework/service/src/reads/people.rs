//! Who applies, who acts, and how the results go out, as pages show them.

use access_service::Visit;
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::Fault;
use records::Purpose;
use records_service::acts::note_look;
use serde::Serialize;

use crate::application::Channel;
use crate::store::{application, case};
use crate::wording::Wording;

/// The applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    pub subject: SubjectId,
    pub name: String,
    /// Masked.
    pub citizen_id: String,
    pub phone: String,
}

/// Who acts for the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgentView {
    pub name: String,
    pub phone: String,
}

/// How the results go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryView {
    pub method: casework::DeliveryMethod,
    pub method_word: String,
    pub recipient: String,
    pub phone: String,
    pub address: String,
}

impl PersonView {
    pub(super) fn of(head: &application::Model) -> Self {
        Self {
            subject: SubjectId::from_uuid(head.subject),
            name: head.applicant.clone(),
            citizen_id: head.citizen_id.clone(),
            phone: head.phone.clone().unwrap_or_default(),
        }
    }
}

impl AgentView {
    pub(super) fn of(head: &application::Model) -> Result<Option<Self>, Fault> {
        let agent = head.agent()?;
        Ok(agent.map(|agent| Self { name: agent.name, phone: agent.phone.unwrap_or_default() }))
    }
}

impl DeliveryView {
    pub(super) fn of(head: &application::Model, wording: &Wording) -> Result<Self, Fault> {
        let delivery = head.delivery()?;
        Ok(Self {
            method: delivery.method,
            method_word: wording.word("delivery", delivery.method.code()),
            recipient: delivery.recipient.unwrap_or_else(|| head.applicant.clone()),
            phone: delivery.phone.or_else(|| head.phone.clone()).unwrap_or_default(),
            address: delivery.address.unwrap_or_default(),
        })
    }
}

/// How it came in.
pub(super) fn channel_of(head: &application::Model) -> Channel {
    Channel::parse(&head.channel).unwrap_or(Channel::Online)
}

/// Puts on record that an officer has opened what this person declared, whole or through this case: the form and the
/// papers kept here are personal data like the register's.
pub(super) async fn looked(visit: &Visit, head: &application::Model, case: Option<&case::Model>) -> Result<(), Fault> {
    let application = ApplicationId::from_uuid(head.id);
    let purpose = match case {
        Some(case) => {
            Purpose { matter: Some(case.item.clone()), ..Purpose::case(application, CaseId::from_uuid(case.id)) }
        }
        None => Purpose { matter: Some(head.theme.clone()), ..Purpose::application(application) },
    };
    note_look(visit, SubjectId::from_uuid(head.subject), &purpose).await
}
