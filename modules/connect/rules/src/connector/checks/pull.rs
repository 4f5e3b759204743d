//! What is read: columns with names, states that mean something the items can follow, by posts the system has.

use access::Role;
use catalog::Item;
use catalog::diagnostic::Report;
use catalog::reader::At;

use super::{Look, column, post_of, twice};
use crate::connector::{Columns, Means, OpinionWord, Pull, StateRule, codes};

/// Seconds between two readings.
const EVERY: std::ops::RangeInclusive<u32> = 5..=86_400;

pub(super) fn check(look: &Look<'_>, report: &mut Report<'_>) {
    let Some(pull) = &look.connector.pull else { return };
    if !EVERY.contains(&pull.every) {
        let what = format!("every 是 {}", pull.every);
        report.at(&codes::PULLS_TOO_OFTEN, look.place(&["pull".into(), "every".into()]), what);
    }
    for (key, name) in named(&pull.columns) {
        column(look, name, &["pull".into(), "columns".into(), key.into()], report);
    }
    let state = |row: usize, key: &'static str| [At::from("pull"), "states".into(), row.into(), key.into()];
    for (row, first) in twice(pull.states.iter().map(|state| state.is.as_str())) {
        let what = format!("状态“{}”写了两次", pull.states[row].is);
        let finding = report.at(&codes::STATE_TWICE, look.place(&state(row, "is")), what);
        finding.also(look.place(&state(first, "is")), "第一次写在这里");
    }
    for (row, rule) in pull.states.iter().enumerate() {
        if keys_fit(rule) {
            posts(look, rule, &state(row, "means"), report);
            reasons(look, pull, rule, &state(row, "means"), report);
        } else {
            let what = format!("means 是“{}”，写的键不合", rule.means.label());
            report.at(&codes::STATE_KEYS, look.place(&state(row, "means")), what);
        }
        if let Some(step) = &rule.step {
            steps(look, step, &state(row, "step"), report);
        }
    }
    never_reported(look, pull, report);
}

/// Every column it names, with its key.
fn named(columns: &Columns) -> impl Iterator<Item = (&'static str, &str)> {
    let Columns { id, case, state, officer, officer_name, words, on, reference, handler, handler_name } = columns;
    let needed = [("id", id), ("case", case), ("state", state), ("officer", officer), ("officer_name", officer_name)];
    let optional =
        [("words", words), ("on", on), ("reference", reference), ("handler", handler), ("handler_name", handler_name)];
    let optional = optional.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?)));
    needed.into_iter().chain(optional).map(|(key, name)| (key, name.as_str()))
}

fn keys_fit(rule: &StateRule) -> bool {
    let decides = matches!(rule.means, Means::Grant | Means::Refuse);
    let is_step = rule.means == Means::Step;
    rule.step.is_some() == is_step && (is_step || rule.opinion.is_none()) && (decides || !rule.steps)
}

/// A step the items have, and not their decision.
fn steps(look: &Look<'_>, step: &str, path: &[At<'_>], report: &mut Report<'_>) {
    for item in &look.items {
        let place = item.steps.iter().position(|one| *one.id == *step);
        if place.is_none_or(|place| place + 1 == item.steps.len()) {
            let what = format!("“{}”在决定以前没有环节“{step}”", item.name);
            report.at(&codes::STATE_STEP, look.place(path), what);
        }
    }
}

/// The posts that what is reported asks for.
fn posts(look: &Look<'_>, rule: &StateRule, path: &[At<'_>], report: &mut Report<'_>) {
    let asked = |item: &&Item| -> Vec<Role> {
        let before = item.steps.len().saturating_sub(1);
        let decision = item.steps.last().map(|step| step.role);
        let earlier = item.steps.iter().take(before).map(|step| step.role).filter(|_| rule.steps);
        match rule.means {
            Means::Nothing => Vec::new(),
            Means::Step => rule.step.as_deref().and_then(|step| post_of(item, step)).into_iter().collect(),
            Means::Grant | Means::Refuse => earlier.chain(decision).collect(),
            Means::Issue => vec![Role::Issuer],
        }
    };
    for item in &look.items {
        if let Some(role) = asked(item).into_iter().find(|role| !look.connector.posts.contains(role)) {
            let what = format!("“{}”要 {} 岗位，posts 里没有", item.name, role.name());
            report.at(&codes::NO_POST, look.place(path), what);
        }
    }
}

fn reasons(look: &Look<'_>, pull: &Pull, rule: &StateRule, path: &[At<'_>], report: &mut Report<'_>) {
    let says_no = rule.means == Means::Refuse || rule.opinion == Some(OpinionWord::Disagree);
    if says_no && pull.columns.words.is_none() {
        report.at(&codes::NO_REASON_COLUMN, look.place(path), format!("状态“{}”没有说明理由的列", rule.is));
    }
    let handler = pull.columns.handler.is_some() && pull.columns.handler_name.is_some();
    if rule.steps && !handler {
        report.at(&codes::NO_HANDLER_COLUMN, look.place(path), format!("状态“{}”没有说明谁承办", rule.is));
    }
}

/// A decision is only taken after the steps before it: somebody has to report them.
fn never_reported(look: &Look<'_>, pull: &Pull, report: &mut Report<'_>) {
    let decides = pull.states.iter().position(|rule| matches!(rule.means, Means::Grant | Means::Refuse));
    let Some(row) = decides.filter(|_| !pull.states.iter().any(|rule| rule.steps)) else { return };
    let reported = |step: &str| pull.states.iter().any(|rule| rule.step.as_deref() == Some(step));
    for item in &look.items {
        let before = item.steps.iter().take(item.steps.len().saturating_sub(1));
        let open: Vec<&str> = before.filter(|step| !reported(&step.id)).map(|step| step.name.as_str()).collect();
        if !open.is_empty() {
            let span = look.place(&["pull".into(), "states".into(), row.into(), "is".into()]);
            let what = format!("“{}”的这些环节没有状态报告：{}", item.name, open.join("、"));
            report.at(&codes::STEPS_NEVER_REPORTED, span, what);
        }
    }
}
