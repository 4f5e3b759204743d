//! The lists of the desk: pages by key, counts by lamp, and what there is to filter by. What may be seen is in the
//! predicate, so no row beyond it ever leaves the database.

use chrono::{DateTime, NaiveDate, Utc};
use platform::Fault;
use platform::sealed::{self, Sealer, Sealing};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use casework::Lamp;

use super::{application, case};
use crate::index::ENDED;

/// Most different items or steps a list offers to filter by.
const CHOICES_MAX: u64 = 300;

/// Which rows a visitor sees.
#[derive(Debug, Clone)]
pub(crate) enum Scope {
    /// Applications of a region with one of these tasks for the window.
    Window { region: String, tasks: Vec<&'static str> },
    /// Cases of an authority whose turn is one of these posts', and for the issuer of a hall whatever of the region waits
    /// for an issuer.
    Authority { authority: String, turns: Vec<&'static str>, exit_of: Option<String> },
    /// All open cases of a region.
    Overview { region: String },
}

/// What is wanted of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) lamp: Option<Lamp>,
    /// Item code; theme at the window.
    pub(crate) item: Option<String>,
    /// Step; task at the window.
    pub(crate) step: Option<String>,
    /// Beginning of a number, or a whole name: names are sealed, and only a whole one has a mark.
    pub(crate) text: Option<String>,
    /// The account for which only its own is wanted.
    pub(crate) mine: Option<String>,
}

/// The day by which lamps are judged, and the end of the calendar known on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Today {
    pub(crate) day: NaiveDate,
    pub(crate) calendar_ends: NaiveDate,
}

/// A row of a list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Row {
    pub(crate) application: Uuid,
    pub(crate) case_id: Option<Uuid>,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) code: String,
    pub(crate) applicant: String,
    pub(crate) step: String,
    pub(crate) clock: String,
    pub(crate) stands: bool,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) yellow_on: Option<NaiveDate>,
    pub(crate) red_on: Option<NaiveDate>,
    pub(crate) sort_on: NaiveDate,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) channel: String,
    pub(crate) cases: i32,
}

/// How many rows show which lamp.
#[derive(Debug, Clone, Copy, Default, FromQueryResult)]
pub(crate) struct Counts {
    pub(crate) red: i64,
    pub(crate) yellow: i64,
    pub(crate) green: i64,
    pub(crate) stopped: i64,
    pub(crate) unknown: i64,
}

/// An item and a step that occur in a list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Occurs {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) version: Option<i32>,
    pub(crate) step: String,
}

/// A page of rows after a key, one more than asked for when there is a next page.
pub(crate) async fn page(
    on: &impl Sealing,
    scope: &Scope,
    wanted: &Wanted,
    today: Today,
    after: Option<(NaiveDate, Uuid)>,
    rows: u64,
) -> Result<Vec<Row>, Fault> {
    let filter = predicate(on.sealer(), scope, wanted)?.add_option(wanted.lamp.map(|lamp| shows(scope, lamp, today)));
    if let Scope::Window { .. } = scope {
        use application::Column as A;
        let found = application::Entity::find()
            .select_only()
            .column_as(A::Id, "application")
            .expr_as(Expr::val(Option::<Uuid>::None).cast_as("uuid"), "case_id")
            .columns([A::Number, A::Applicant, A::DueOn, A::YellowOn, A::RedOn, A::SortOn, A::ReceivedAt, A::Channel])
            .column(A::Cases)
            .column_as(A::ThemeName, "title")
            .column_as(A::Theme, "code")
            .column_as(A::Task, "step")
            .expr_as(Expr::val(""), "clock")
            .expr_as(Expr::val(false), "stands")
            .filter(filter)
            .filter(following(after, A::SortOn, A::Id))
            .order_by_asc(A::SortOn)
            .order_by_asc(A::Id)
            .limit(rows + 1);
        return opened(on, found.into_model().all(on).await?);
    }
    use case::Column as C;
    let found = joined()
        .column_as(C::Application, "application")
        .column_as(C::Id, "case_id")
        .columns([C::Code, C::Step, C::Clock, C::Stands, C::DueOn, C::YellowOn, C::RedOn, C::SortOn])
        .column_as(C::ItemName, "title")
        .column_as(application::Column::Number, "number")
        .column_as(application::Column::Applicant, "applicant")
        .column_as(application::Column::ReceivedAt, "received_at")
        .column_as(application::Column::Channel, "channel")
        .column_as(application::Column::Cases, "cases")
        .filter(filter)
        .filter(following(after, C::SortOn, C::Id))
        .order_by_asc(C::SortOn)
        .order_by_asc(C::Id)
        .limit(rows + 1);
    opened(on, found.into_model().all(on).await?)
}

fn opened(on: &impl Sealing, mut rows: Vec<Row>) -> Result<Vec<Row>, Fault> {
    use application::Column as A;
    for row in &mut rows {
        let name = std::mem::take(&mut row.applicant);
        row.applicant = sealed::open_value::<application::Entity>(on.sealer(), A::Applicant, row.application, name)?;
    }
    Ok(rows)
}

/// How many of the rows show which lamp; the wanted lamp itself does not count, so that the others can be chosen.
pub(crate) async fn counts(on: &impl Sealing, scope: &Scope, wanted: &Wanted, today: Today) -> Result<Counts, Fault> {
    let filter = predicate(on.sealer(), scope, wanted)?;
    let many = |lamp: Lamp| {
        let one = Expr::case(shows(scope, lamp, today), 1);
        let one: SimpleExpr = one.into();
        SimpleExpr::from(Func::count(one))
    };
    let named = [
        (Lamp::Red, "red"),
        (Lamp::Yellow, "yellow"),
        (Lamp::Green, "green"),
        (Lamp::Stopped, "stopped"),
        (Lamp::Unknown, "unknown"),
    ];
    let found = if let Scope::Window { .. } = scope {
        let asked = application::Entity::find().select_only().filter(filter);
        named
            .into_iter()
            .fold(asked, |asked, (lamp, name)| asked.expr_as(many(lamp), name))
            .into_model()
            .one(on)
            .await?
    } else {
        let asked = joined().filter(filter);
        named
            .into_iter()
            .fold(asked, |asked, (lamp, name)| asked.expr_as(many(lamp), name))
            .into_model()
            .one(on)
            .await?
    };
    Ok(found.unwrap_or_default())
}

/// The items and steps that occur, whatever of them is wanted.
pub(crate) async fn occurring(on: &impl Sealing, scope: &Scope) -> Result<Vec<Occurs>, Fault> {
    let filter = predicate(on.sealer(), scope, &Wanted::default())?;
    if let Scope::Window { .. } = scope {
        use application::Column as A;
        let found = application::Entity::find()
            .select_only()
            .distinct()
            .column_as(A::Theme, "code")
            .column_as(A::ThemeName, "name")
            .expr_as(Expr::val(Option::<i32>::None).cast_as("integer"), "version")
            .column_as(A::Task, "step")
            .filter(filter)
            .limit(CHOICES_MAX);
        return Ok(found.into_model().all(on).await?);
    }
    use case::Column as C;
    let found = case::Entity::find()
        .select_only()
        .distinct()
        .columns([C::Code, C::Version, C::Step])
        .column_as(C::ItemName, "name")
        .filter(filter)
        .limit(CHOICES_MAX);
    Ok(found.into_model().all(on).await?)
}

fn joined() -> sea_orm::Select<case::Entity> {
    case::Entity::find().select_only().join(JoinType::InnerJoin, case::Relation::Application.def())
}

/// What may be seen, and what is wanted of it but for the lamp.
fn predicate(sealer: &Sealer, scope: &Scope, wanted: &Wanted) -> Result<Cond, Fault> {
    use {application::Column as A, case::Column as C};
    let all = match scope {
        Scope::Window { region, tasks } => {
            Cond::all().add(within(A::Region, region)).add(A::Task.is_in(tasks.iter().copied()))
        }
        Scope::Authority { authority, turns, exit_of } => {
            let own = C::Authority.eq(authority).and(C::Turn.is_in(turns.iter().copied()));
            let exit = |region: &String| within(C::Region, region).and(C::Turn.eq(access::Role::Issuer.name()));
            Cond::any().add(own).add_option(exit_of.as_ref().map(exit))
        }
        Scope::Overview { region } => Cond::all().add(within(C::Region, region)).add(C::SortOn.lt(ENDED)),
    };
    let at_window = matches!(scope, Scope::Window { .. });
    let text = |text: &str| {
        let like = text.replace(['%', '_', '\\'], "");
        let named = sealed::finds::<application::Entity>(sealer, &application::APPLICANT, text)?;
        Ok::<_, Fault>(Cond::any().add(A::Number.starts_with(&like)).add(named))
    };
    let own = |me: &String| match scope {
        Scope::Window { .. } => Cond::all().add(A::OpenedBy.eq(me)),
        // Whoever accepted does nothing further; whoever did the first step does not approve.
        Scope::Authority { .. } | Scope::Overview { .. } => {
            Cond::all().add(Cond::any().add(C::AcceptedBy.is_null()).add(C::AcceptedBy.ne(me))).add(
                Cond::any()
                    .add(C::Turn.ne(access::Role::Approver.name()))
                    .add(C::HandledBy.is_null())
                    .add(C::HandledBy.ne(me)),
            )
        }
    };
    Ok(Cond::all()
        .add(all)
        .add_option(wanted.item.as_ref().map(|item| if at_window { A::Theme.eq(item) } else { C::Code.eq(item) }))
        .add_option(wanted.step.as_ref().map(|step| if at_window { A::Task.eq(step) } else { C::Step.eq(step) }))
        .add_option(wanted.text.as_deref().map(text).transpose()?)
        .add_option(wanted.mine.as_ref().map(own)))
}

/// A region and everything below it: codes nest by prefix.
fn within(column: impl ColumnTrait, region: &str) -> SimpleExpr {
    column.starts_with(region)
}

/// The rows after a key of (sort day, id).
fn following<C: ColumnTrait>(after: Option<(NaiveDate, Uuid)>, sort_on: C, id: C) -> Cond {
    let Some((day, last)) = after else { return Cond::all() };
    Cond::all().add(sort_on.gte(day)).add(Cond::any().add(sort_on.gt(day)).add(id.gt(last)))
}

/// Whether a row shows this lamp: the rules of [`casework::Reading::lamp`], as a predicate.
fn shows(scope: &Scope, lamp: Lamp, today: Today) -> Cond {
    use {application::Column as A, case::Column as C};
    let (stands, due, yellow, red): (Option<SimpleExpr>, _, _, _) = match scope {
        Scope::Window { .. } => (None, col(A::DueOn), col(A::YellowOn), col(A::RedOn)),
        _ => (Some(col(C::Stands)), col(C::DueOn), col(C::YellowOn), col(C::RedOn)),
    };
    let reached = |day: &SimpleExpr| day.clone().is_not_null().and(day.clone().lte(today.day));
    let ahead = |day: &SimpleExpr| day.clone().is_null().or(day.clone().gt(today.day));
    let runs = match stands.clone() {
        Some(stands) => Cond::all().add(stands.eq(false)),
        None => Cond::all(),
    };
    let blind = due.is_null().and(yellow.clone().is_null());
    let is_over = today.day > today.calendar_ends;
    match lamp {
        Lamp::Stopped => stands.map_or_else(never, |stands| Cond::all().add(stands.eq(true))),
        Lamp::Red => runs.add(reached(&red)),
        Lamp::Yellow => runs.add(ahead(&red)).add(reached(&yellow)),
        Lamp::Green => runs.add(ahead(&red)).add(ahead(&yellow)).add_option(is_over.then(|| blind.not())),
        Lamp::Unknown if is_over => runs.add(ahead(&red)).add(ahead(&yellow)).add(blind),
        Lamp::Unknown | Lamp::Done => never(),
    }
}

/// The column with its table, since both tables have due days.
fn col(column: impl ColumnTrait) -> SimpleExpr {
    Expr::col(column.as_column_ref())
}

fn never() -> Cond {
    Cond::all().add(Expr::val(1).eq(0))
}
