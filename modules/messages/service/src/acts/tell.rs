//! 告知: one thing is told to everybody it concerns, by every way each of them has open.

use std::collections::{BTreeMap, BTreeSet};

use access::Resource;
use access_service::Visit;
use catalog_service::Shelf;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use messages::acts::TELL;
use messages::{Channel, Kind, Told};
use platform::{Fault, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::{message, sending, wish};
use crate::templates::templates;
use crate::{deliver, remind};

/// What is to be told.
#[derive(Debug, Clone)]
pub(crate) struct Tell {
    /// The event or job it follows from.
    pub(crate) source: Uuid,
    /// When it happened.
    pub(crate) at: DateTime<Utc>,
    pub(crate) kind: Kind,
    pub(crate) people: BTreeSet<SubjectId>,
    pub(crate) application: ApplicationId,
    pub(crate) case: Option<CaseId>,
    pub(crate) facts: BTreeMap<String, String>,
    pub(crate) due: Option<NaiveDate>,
}

/// What of it a reminder must know again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reminder {
    people: BTreeSet<SubjectId>,
    application: ApplicationId,
    facts: BTreeMap<String, String>,
}

impl Reminder {
    pub(crate) fn of(told: &Tell) -> Self {
        Self { people: told.people.clone(), application: told.application, facts: told.facts.clone() }
    }

    pub(crate) fn tell(self, (source, at): (Uuid, DateTime<Utc>), kind: Kind, case: CaseId, due: NaiveDate) -> Tell {
        let Self { people, application, facts } = self;
        Tell { source, at, kind, people, application, case: Some(case), facts, due: Some(due) }
    }
}

/// Tells it. Heard twice, it is told once.
pub(crate) async fn tell(visit: &Visit, order: Tell) -> Result<(), Fault> {
    visit.allow(TELL, &Resource::of("messages"))?;
    let words = templates(&visit.world)?.tell(order.kind, &order.facts);
    let reminder = remind::after(&order, &visit.world.part::<Shelf>(), visit.today())?;
    let (order, words, reminder) = (&order, &words, &reminder);
    visit
        .write(None, async |tx| {
            tx.once("messages.tell", order.source).await?;
            for person in &order.people {
                tell_one(&tx, visit, order, *person, words).await?;
            }
            if let Some(job) = reminder {
                tx.schedule(job.clone());
            }
            Ok(())
        })
        .await
}

async fn tell_one(tx: &Tx, visit: &Visit, order: &Tell, person: SubjectId, words: &Told) -> Result<(), Fault> {
    let row = wish::wish_find(tx.conn(), person).await?;
    let wishes = row.as_ref().map(wish::Model::chosen).transpose()?.unwrap_or_default();
    let ways = wishes.ways(order.kind);
    if ways.is_empty() {
        return Ok(());
    }
    let id = tx.new_uuid();
    let fresh = message::Model {
        id,
        source: order.source,
        subject: person.uuid(),
        kind: order.kind.code().to_owned(),
        application: order.application.uuid(),
        case_id: order.case.map(CaseId::uuid),
        title: words.title.clone(),
        words: words.text.clone(),
        at: order.at,
        in_portal: ways.contains(&Channel::Portal),
        read_at: None,
    };
    message::message_insert(tx.conn(), fresh).await?;
    for way in ways {
        let text = match way {
            Channel::Portal => continue,
            Channel::Sms => words.sms.clone(),
            Channel::Wechat if row.as_ref().is_some_and(|row| row.wechat.is_some()) => words.text.clone(),
            Channel::Mail if row.as_ref().is_some_and(|row| row.mail_confirmed_at.is_some()) => words.text.clone(),
            // A way that was chosen and has no address yet is none.
            Channel::Wechat | Channel::Mail => continue,
        };
        let rest = (wishes.rest_at_night && way.wakes()).then(|| deliver::rest_until(visit.world.clock.now_utc()));
        let fresh = sending::Model {
            id: tx.new_uuid(),
            message: id,
            subject: person.uuid(),
            channel: way.code().to_owned(),
            words: text,
            queued_at: tx.now(),
            not_before: rest.flatten(),
            tries: 0,
            failed_at: None,
            fault: None,
            sent_at: None,
            reference: None,
            receipt_at: None,
            arrived: None,
            given_up_at: None,
            trouble: false,
            round: 0,
            claimed_at: None,
        };
        tx.schedule(deliver::send(fresh.id, fresh.not_before));
        sending::sending_insert(tx.conn(), fresh).await?;
    }
    Ok(())
}
