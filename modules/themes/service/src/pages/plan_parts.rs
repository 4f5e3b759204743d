//! Parts of the plan's page: the sentence on top, the papers, the drawing of the time.

use catalog::model::{CopyRule, HolderRole};
use chrono::NaiveDate;
use kernel::calendar::WorkCalendar;
use kernel::limit::Unit;
use themes::schedule::HOURS_A_DAY;
use themes::{Plan, PlannedMaterial, Standing};
use ui::{Bar, MaterialRow, Timeline};

/// Why the matter does not lead there, and where to go; the page sets the full stops.
pub(super) fn exit(plan: &Plan<'_>) -> Option<(String, String)> {
    let plain = |text: &str| text.trim_end_matches('。').to_owned();
    plan.out_of_scope.map(|exit| (plain(&exit.reason), plain(&exit.go)))
}

/// The first day on which an application handed in today can be accepted: today, or the next working day.
pub(super) fn first_day(calendar: &WorkCalendar, today: NaiveDate) -> Option<NaiveDate> {
    if calendar.is_workday(today).ok()? { Some(today) } else { calendar.add(today, 1, Unit::Workday).ok() }
}

/// When everything is done if it is accepted on the first day possible; none beyond the calendar.
pub(super) fn ready_on(plan: &Plan<'_>, calendar: &WorkCalendar, today: NaiveDate) -> Option<NaiveDate> {
    let due = plan.due_dates(first_day(calendar, today)?, calendar).ok()?;
    due.into_iter().map(|(_, day)| day).max()
}

/// 3 件事一起办，一张表填完，12月1日（周二）前全部办好。
pub(super) fn sentence(plan: &Plan<'_>, ready: Option<NaiveDate>, today: NaiveDate) -> String {
    let count = plan.included().count();
    let together =
        if count > 1 { format!("{count} 件事一起办，一张表填完") } else { "一张表填完".to_owned() };
    match ready {
        _ if count == 0 => "按您目前的回答，还没有要办的事。".to_owned(),
        Some(_) if plan.figures.days.after == 0 => format!("{together}，受理后当场办结。"),
        Some(day) => format!("{together}。今天提交，{}全部办好。", ui::say::before(day, today)),
        None => format!("{together}，受理后 {} 个工作日内全部办好。", plan.figures.days.after),
    }
}

/// The drawing of the time, and the day on which all is done.
pub(super) fn timeline(plan: &Plan<'_>, calendar: &WorkCalendar, today: NaiveDate) -> (Timeline, Option<NaiveDate>) {
    let begin = first_day(calendar, today);
    let due: Vec<NaiveDate> = begin
        .and_then(|begin| plan.due_dates(begin, calendar).ok())
        .map(|due| due.into_iter().map(|(_, day)| day).collect())
        .unwrap_or_default();
    let bars = &plan.schedule.bars;
    let place = |item: usize| bars.iter().position(|bar| bar.item == item);
    let bar = |(number, one): (usize, &themes::schedule::Bar)| {
        let item = &plan.theme.items[one.item];
        let after: Vec<usize> = one.after.iter().filter_map(place).collect();
        let (start, finish) = (one.start / HOURS_A_DAY, one.finish.div_ceil(HOURS_A_DAY));
        let from = after.iter().filter_map(|before| due.get(*before)).max().copied().or(begin);
        let when = from.zip(due.get(number).copied()).map(|(from, to)| ui::say::span(from, to));
        let drawn = Bar::new(&*item.plain, &*item.authority_name, start, finish).after(after);
        let drawn = if one.critical { drawn.critical() } else { drawn };
        drawn.when(when.unwrap_or_default())
    };
    let drawn: Vec<Bar> = bars.iter().enumerate().map(bar).collect();
    let before = plan.figures.days.before;
    let title = match plan.figures.days.after {
        0 => "受理后当场办结".to_owned(),
        days if before > days => format!("从受理起，最快 {days} 个工作日全部办好（原来 {before} 个）"),
        days => format!("从受理起，最快 {days} 个工作日全部办好"),
    };
    let ready = due.iter().max().copied();
    let timeline = Timeline::new("timeline", title, drawn);
    let timeline = match begin.zip(ready) {
        Some((begin, ready)) => timeline.ends(
            format!("{}受理", ui::say::day_short(begin, today)),
            format!("{}办好", ui::say::day_short(ready, today)),
        ),
        None => timeline,
    };
    (timeline, ready)
}

/// The papers to hand in, those not to hand in, and those that depend on open questions (name and why).
pub(super) fn materials(plan: &Plan<'_>) -> (Vec<MaterialRow>, Vec<MaterialRow>, Vec<(String, String)>) {
    let (mut hand_in, mut exempt, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
    for material in &plan.materials {
        match &material.standing {
            Standing::Undecided { .. } => undecided.push((material.name.to_owned(), plan.why_material(material))),
            Standing::HandIn { .. } => hand_in.push(row(plan, material)),
            _ => exempt.push(row(plan, material)),
        }
    }
    // What must be there at once stands before what may follow.
    hand_in.sort_by_key(|row: &MaterialRow| !matches!(row.standing, ui::Standing::HandIn));
    // What was committed to comes later, so it stands before what never comes.
    exempt.sort_by_key(|row: &MaterialRow| !matches!(row.standing, ui::Standing::Deferred(_)));
    (hand_in, exempt, undecided)
}

/// One paper.
pub(super) fn row(plan: &Plan<'_>, material: &PlannedMaterial<'_>) -> MaterialRow {
    let why = || plan.why_material(material);
    let standing = match &material.standing {
        Standing::HandIn { may_follow: None } => ui::Standing::HandIn,
        Standing::HandIn { may_follow: Some(_) } | Standing::Later { .. } | Standing::Undecided { .. } => {
            ui::Standing::Deferred(why())
        }
        Standing::Form { .. } | Standing::Optional | Standing::Exempt(_) | Standing::Removed(_) => {
            ui::Standing::Exempt(why())
        }
    };
    let to_hand_in = material.standing.is_to_hand_in();
    MaterialRow {
        holder: holder(material.holder),
        form: if to_hand_in { copy(material).to_owned() } else { String::new() },
        asked_by: if to_hand_in { offices(plan, material) } else { Vec::new() },
        help: help(material).filter(|_| to_hand_in),
        ..MaterialRow::new(material.name, standing)
    }
}

/// Whose paper it is, where that is not plain.
pub(super) fn holder(role: HolderRole) -> String {
    match role {
        HolderRole::Applicant | HolderRole::Organisation => String::new(),
        other => other.label().to_owned(),
    }
}

fn copy(material: &PlannedMaterial<'_>) -> &'static str {
    match material.requirement.as_ref().map(|requirement| requirement.copy) {
        Some(CopyRule::Original) => "上传原件的照片或扫描件",
        Some(CopyRule::Copy) => "上传照片、扫描件或复印件",
        Some(CopyRule::Both) => "上传原件和复印件的照片或扫描件",
        Some(CopyRule::Either) | None => "上传照片或扫描件",
    }
}

/// What it is, where to get it, and what the officer will look at.
pub(super) fn help(material: &PlannedMaterial<'_>) -> Option<String> {
    let paper = material.paper?;
    let standards = material.requirement.as_ref().map(|one| one.standards.join("；")).unwrap_or_default();
    let standards = (!standards.is_empty()).then(|| format!("要求：{standards}"));
    let parts = [paper.help.as_deref().map(str::to_owned), paper.sample.as_deref().map(str::to_owned), standards];
    let parts: Vec<String> =
        parts.into_iter().flatten().map(|part| format!("{}。", part.trim_end_matches('。'))).collect();
    (!parts.is_empty()).then(|| parts.concat())
}

fn offices(plan: &Plan<'_>, material: &PlannedMaterial<'_>) -> Vec<String> {
    let mut offices: Vec<String> = Vec::new();
    for item in plan.items_of(material.asked_by) {
        if !offices.iter().any(|office| **office == *item.authority_name) {
            offices.push(item.authority_name.to_string());
        }
    }
    offices
}
