//! How connectors stand: what was told and read, what waits, and what of theirs was not followed, beside what we had.

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, NaiveDate, Utc};
use connect::acts::READ_CONNECTORS;
use connect::connector::{Connector, Means, Reported, Row, Way, report as understand};
use kernel::refusal::Refusal;
use platform::Fault;
use uuid::Uuid;

use crate::acts::{NEVER, connector_resource};
use crate::connectors::{current, is_connected};
use crate::store::{parcel, reading, report};

/// Conflicts and parcels shown of one connector.
const SHOWN_MAX: u64 = 100;
/// Settled reports shown of one connector.
const SETTLED_MAX: u64 = 20;

/// One connector in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectorLine {
    pub id: String,
    pub name: String,
    /// The authority's short name.
    pub authority: String,
    pub way: Way,
    /// The items by name.
    pub items: Vec<String>,
    /// Whether the operator has said where the other side is.
    pub connected: bool,
    pub pushed_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
    /// How the last reading failed, as a code of [`connect::Outcome`].
    pub failed: Option<String>,
    pub waiting: u64,
    pub given_up: u64,
    pub conflicts: u64,
}

/// A report that was not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictView {
    pub id: Uuid,
    pub number: i64,
    pub read_at: DateTime<Utc>,
    /// Why, as a code of the texts `connector.conflict`.
    pub code: String,
    /// The refusal, where casework gave one.
    pub refusal: Option<Refusal>,
    /// The column to blame, where the row could not be understood.
    pub column: Option<String>,
    /// What they said; nothing of a row that is none.
    pub theirs: Theirs,
    /// The status of our case when it was tried.
    pub ours: Option<String>,
    /// Whether trying again can help.
    pub can_apply: bool,
}

/// What a row says, as far as it can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theirs {
    pub case: String,
    pub state: String,
    /// What the state means here, where it was agreed on.
    pub means: Option<Means>,
    pub officer: String,
    pub words: String,
    pub on: Option<NaiveDate>,
    pub reference: Option<String>,
    /// The beginning of a text that is no row.
    pub raw: Option<String>,
}

/// A report that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledView {
    pub number: i64,
    pub read_at: DateTime<Utc>,
    pub theirs: Theirs,
    /// `done`, `already`, `nothing`; none where it was set aside.
    pub note: Option<String>,
    /// Who set it aside, and why.
    pub aside: Option<(String, String)>,
}

/// A parcel nobody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadView {
    pub id: Uuid,
    pub project_no: String,
    pub occasion: String,
    pub at: DateTime<Utc>,
    pub tries: i32,
    /// Code of [`connect::Outcome`].
    pub outcome: Option<String>,
    pub status: Option<i32>,
    /// What could not be filled in: a code and a column.
    pub lacks: Option<(String, String)>,
}

/// All about one connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectorView {
    pub line: ConnectorLine,
    pub conflicts: Vec<ConflictView>,
    pub dead: Vec<DeadView>,
    pub settled: Vec<SettledView>,
}

/// The connectors the visitor looks after, by their files.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn list(visit: &Visit) -> Result<Vec<ConnectorLine>, Fault> {
    let region = visit.actor.region().unwrap_or_default();
    visit.allow(READ_CONNECTORS, &Resource::of("connector").in_region(region))?;
    let shelf = current(&visit.world)?;
    let mut lines = Vec::new();
    for connector in shelf.connectors() {
        if visit.may(READ_CONNECTORS, &connector_resource(&shelf, connector)) {
            lines.push(line(visit, connector).await?);
        }
    }
    Ok(lines)
}

/// One connector with what needs somebody.
///
/// # Errors
/// [`Fault::NotFound`] also for what the visitor may not see.
pub async fn one(visit: &Visit, id: &str) -> Result<ConnectorView, Fault> {
    let shelf = current(&visit.world)?;
    let connector = shelf.connector(id).ok_or(Fault::NotFound)?;
    if !visit.may(READ_CONNECTORS, &connector_resource(&shelf, connector)) {
        return Err(Fault::NotFound);
    }
    let reader = visit.world.db.reader();
    let conflicts = report::report_conflicts(reader, id, SHOWN_MAX).await?;
    let dead = parcel::parcels_given_up(reader, id, SHOWN_MAX).await?;
    let settled = report::report_settled(reader, id, SETTLED_MAX).await?;
    Ok(ConnectorView {
        line: line(visit, connector).await?,
        conflicts: conflicts.into_iter().map(|row| conflict(connector, row)).collect(),
        dead: dead.into_iter().map(dead_view).collect(),
        settled: settled.into_iter().map(|row| settled_view(connector, row)).collect(),
    })
}

async fn line(visit: &Visit, connector: &Connector) -> Result<ConnectorLine, Fault> {
    let (reader, shelf) = (visit.world.db.reader(), current(&visit.world)?);
    let counts = parcel::parcel_counts(reader, &connector.id).await?;
    let reading = reading::reading_find(reader, &connector.id).await?;
    let catalog = shelf.catalogue().catalog();
    let items = connector.items.iter().filter_map(|id| catalog.items.get(id.as_str()));
    Ok(ConnectorLine {
        id: connector.id.clone(),
        name: connector.name.clone(),
        authority: shelf.catalogue().authority_short(&connector.authority).to_owned(),
        way: connector.way,
        items: items.map(|item| item.name.clone()).collect(),
        connected: is_connected(&visit.world, connector),
        pushed_at: parcel::parcel_last_taken(reader, &connector.id).await?,
        read_at: reading.as_ref().and_then(|reading| reading.read_at),
        failed: reading.and_then(|reading| reading.failed),
        waiting: counts.waiting,
        given_up: counts.given_up,
        conflicts: report::report_open_conflicts(reader, &connector.id).await?,
    })
}

fn conflict(connector: &Connector, row: report::Model) -> ConflictView {
    let code = row.conflict.clone().unwrap_or_default();
    let theirs = theirs(connector, &row);
    let refusal = row.said.as_deref().and_then(|said| serde_json::from_str(said).ok());
    ConflictView {
        id: row.id,
        number: row.number,
        read_at: row.read_at,
        can_apply: !NEVER.contains(&code.as_str()),
        column: row.said.filter(|_| refusal.is_none()),
        refusal,
        code,
        theirs,
        ours: row.ours,
    }
}

fn settled_view(connector: &Connector, row: report::Model) -> SettledView {
    let theirs = theirs(connector, &row);
    let aside = row.aside_at.map(|_| (row.aside_by.unwrap_or_default(), row.aside_reason.unwrap_or_default()));
    SettledView { number: row.number, read_at: row.read_at, theirs, note: row.note, aside }
}

fn dead_view(row: parcel::Model) -> DeadView {
    let lacks = row.lacks.and_then(|lacks| lacks.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())));
    DeadView {
        id: row.id,
        project_no: row.project_no,
        occasion: row.occasion,
        at: row.at,
        tries: row.tries,
        outcome: row.outcome,
        status: row.status,
        lacks,
    }
}

/// What a row says: understood as a whole where that is possible, column by column where it is not.
fn theirs(connector: &Connector, kept: &report::Model) -> Theirs {
    const RAW_CHARS: usize = 300;
    let Ok(row) = serde_json::from_str::<Row>(&kept.row) else {
        return Theirs { raw: Some(kept.row.chars().take(RAW_CHARS).collect()), ..Theirs::default() };
    };
    let means = |state: &str| {
        let states = connector.pull.iter().flat_map(|pull| &pull.states);
        states.into_iter().find(|rule| rule.is == state).map(|rule| rule.means)
    };
    let day = platform::clock::china_day(kept.read_at);
    if let Ok(Reported { case, state, officer: (number, name), words, on, reference, .. }) =
        understand(connector, &row, day)
    {
        let officer = if name.is_empty() { number } else { format!("{name}（{number}）") };
        return Theirs { means: means(&state), case, state, officer, words, on, reference, raw: None };
    }
    let Some(pull) = &connector.pull else { return Theirs::default() };
    let text = |column: &str| match row.get(column) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let own = &pull.columns;
    Theirs {
        case: text(&own.case),
        means: means(&text(&own.state)),
        state: text(&own.state),
        officer: text(&own.officer_name),
        words: own.words.as_deref().map(text).unwrap_or_default(),
        on: None,
        reference: own.reference.as_deref().map(text).filter(|text| !text.is_empty()),
        raw: None,
    }
}
