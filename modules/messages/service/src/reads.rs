//! What pages show. Every read asks whether it is allowed.

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, CaseId};
use messages::acts::{READ_OWN, READ_SENDINGS, SET_WISHES};
use messages::{Channel, FaultCode, Kind, State, Wishes};
use platform::Fault;
use uuid::Uuid;

use crate::acts::{of_person, own};
use crate::address;
use crate::store::{message, sending, wish};

/// Unread messages counted at most; more are told as so many.
pub const UNREAD_MAX: u64 = 99;

/// One message of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: Uuid,
    pub kind: Kind,
    pub application: ApplicationId,
    pub case: Option<CaseId>,
    pub title: String,
    pub words: String,
    pub at: DateTime<Utc>,
    pub is_read: bool,
}

/// By which other ways it went, and how that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayLine {
    pub channel: Channel,
    pub state: State,
    /// When that came about.
    pub at: DateTime<Utc>,
}

/// A page of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    pub messages: Vec<Message>,
    /// After which one the next page begins.
    pub next: Option<(DateTime<Utc>, Uuid)>,
    pub unread: u64,
}

/// What a person chose, and which addresses there are, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishView {
    pub wishes: Wishes,
    /// z***@example.com
    pub mail: Option<String>,
    pub mail_confirmed: bool,
    pub wechat_since: Option<DateTime<Utc>>,
}

/// One sending as its keeper sees it: neither words nor address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingLine {
    pub id: Uuid,
    pub channel: Channel,
    pub kind: Kind,
    pub application: ApplicationId,
    pub state: State,
    pub queued_at: DateTime<Utc>,
    /// When it came to stand so.
    pub at: DateTime<Utc>,
    pub tries: i32,
    pub fault: Option<FaultCode>,
    pub may_send_again: bool,
}

/// A page of sendings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sendings {
    pub lines: Vec<SendingLine>,
    pub next: Option<Uuid>,
    /// How many somebody should look at, a thousand at most.
    pub troubles: u64,
}

/// One's own messages, the newest first, older than one of them.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn inbox(visit: &Visit, before: Option<(DateTime<Utc>, Uuid)>, rows: u32) -> Result<Inbox, Fault> {
    let person = own(visit)?;
    visit.allow(READ_OWN, &of_person(person))?;
    let reader = visit.world.db.reader();
    let mut found = message::message_list(reader, person, before, u64::from(rows) + 1).await?;
    let more = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| more).map(|last| (last.at, last.id));
    let unread = message::message_unread(reader, person, UNREAD_MAX).await?;
    Ok(Inbox { messages: found.into_iter().map(message_of).collect::<Result<_, _>>()?, next, unread })
}

/// How many of one's own messages are unread; nobody else has any.
///
/// # Errors
/// The database's.
pub async fn unread(visit: &Visit) -> Result<u64, Fault> {
    let Ok(person) = own(visit) else { return Ok(0) };
    message::message_unread(visit.world.db.reader(), person, UNREAD_MAX).await
}

/// One of one's own messages, with the other ways it went.
///
/// # Errors
/// [`Fault::NotFound`], also for somebody else's.
pub async fn message(visit: &Visit, id: Uuid) -> Result<(Message, Vec<WayLine>), Fault> {
    let person = own(visit)?;
    visit.allow(READ_OWN, &of_person(person))?;
    let reader = visit.world.db.reader();
    let found = message::message_find(reader, id).await?;
    let found = found.filter(|row| row.subject == person.uuid()).ok_or(Fault::NotFound)?;
    let now = visit.world.clock.now_utc();
    let rows = sending::sending_of_message(reader, id).await?;
    let line = |row: &sending::Model| {
        let state = row.facts().state(now);
        Ok::<_, Fault>(WayLine { channel: row.way()?, state, at: since(row, state) })
    };
    Ok((message_of(found)?, rows.iter().map(line).collect::<Result<_, _>>()?))
}

/// What one chose.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn wishes(visit: &Visit) -> Result<WishView, Fault> {
    let person = own(visit)?;
    visit.allow(SET_WISHES, &of_person(person))?;
    let row = wish::wish_find(visit.world.db.reader(), person).await?;
    let Some(row) = row else {
        let wishes = Wishes::default();
        return Ok(WishView { wishes, mail: None, mail_confirmed: false, wechat_since: None });
    };
    let open = |sealed: &String| address::open(&visit.world, person, Channel::Mail, sealed);
    let mail = row.mail.as_ref().map(open).transpose()?.map(|mail| masked(&mail));
    Ok(WishView {
        wishes: row.chosen()?,
        mail,
        mail_confirmed: row.mail_confirmed_at.is_some(),
        wechat_since: row.wechat.as_ref().and(row.wechat_at),
    })
}

/// What became of what was sent, the newest first, older than one of them; with `trouble` only what somebody should look at.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn sendings(visit: &Visit, trouble: bool, before: Option<Uuid>, rows: u32) -> Result<Sendings, Fault> {
    visit.allow(READ_SENDINGS, &Resource::of("sendings"))?;
    let reader = visit.world.db.reader();
    let mut found = sending::sending_list(reader, trouble, before, u64::from(rows) + 1).await?;
    let more = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| more).map(|last| last.id);
    let now = visit.world.clock.now_utc();
    let mut lines = Vec::with_capacity(found.len());
    for row in found {
        let Some(message) = message::message_find(reader, row.message).await? else { continue };
        let state = row.facts().state(now);
        lines.push(SendingLine {
            id: row.id,
            channel: row.way()?,
            kind: kind_of(&message)?,
            application: ApplicationId::from_uuid(message.application),
            state,
            queued_at: row.queued_at,
            at: since(&row, state),
            tries: row.tries,
            fault: row.fault.as_deref().and_then(FaultCode::parse),
            may_send_again: matches!(state, State::GivenUp | State::Lost),
        });
    }
    Ok(Sendings { lines, next, troubles: sending::sending_troubles(reader, 1_000).await? })
}

fn since(row: &sending::Model, state: State) -> DateTime<Utc> {
    let at = match state {
        State::Queued => None,
        State::Held => row.not_before,
        State::Failed => row.failed_at,
        State::Sent => row.sent_at,
        State::Arrived | State::Lost => row.receipt_at,
        State::GivenUp => row.given_up_at,
    };
    at.unwrap_or(row.queued_at)
}

fn kind_of(row: &message::Model) -> Result<Kind, Fault> {
    Kind::parse(&row.kind)
        .ok_or_else(|| Fault::internal(format_args!("messages_message.kind of {} cannot be read", row.id)))
}

fn message_of(row: message::Model) -> Result<Message, Fault> {
    Ok(Message {
        id: row.id,
        kind: kind_of(&row)?,
        application: ApplicationId::from_uuid(row.application),
        case: row.case_id.map(CaseId::from_uuid),
        title: row.title,
        words: row.words,
        at: row.at,
        is_read: row.read_at.is_some(),
    })
}

/// z***@example.com
fn masked(mail: &str) -> String {
    let (user, host) = mail.split_once('@').unwrap_or((mail, ""));
    let first: String = user.chars().take(1).collect();
    format!("{first}***@{host}")
}
