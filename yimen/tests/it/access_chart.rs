//! Prints who may do what, from what the policies answer, to chart/access.txt. A lawyer reads its difference.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use access::{Act, Actor, ActorKind, ModuleAccess, Policies, Resource, Role};
use yimen::modules;

use crate::chart;

const LEGEND: &str = "\
谁可以做什么：逐一询问各模块的策略文件（modules/*/rules/policies/*.cedar）后打印，不手工修改。
UPDATE_CHARTS=1 cargo test -p yimen chart 重新打印。

✓ 可以    ○ 不可以
居民  左：自己的（本人或者本人代理的）  右：他人的
工作人员  左：本人职责范围内（所辖区划、本部门、本人经手）  右：范围以外（其他区划、其他部门、他人经手）
系统本身（定时、监听、装载）不是人，规则允许的都可以做，不另列。
同一动作因对象不同而答复不同的，对象写在括号里。
";

const REGION: &str = "440604";
const AUTHORITY: &str = "own-authority";
const HALL: &str = "own-hall";
const ME: &str = "own-account";

fn staff(role: Role) -> Actor {
    let kind = ActorKind::Staff {
        roles: BTreeSet::from([role]),
        region: REGION.to_owned(),
        authority: Some(AUTHORITY.to_owned()),
        hall: Some(HALL.to_owned()),
    };
    Actor { id: ME.to_owned(), name: String::new(), kind }
}

/// Within everything an officer can be responsible for.
fn within(kind: &'static str) -> Resource {
    Resource::of(kind).in_region("440604012").of_authority(AUTHORITY).of_hall(HALL).owned_by("somebody").opened_by(ME)
}

/// Beyond all of it.
fn beyond(kind: &'static str) -> Resource {
    Resource::of(kind)
        .in_region("440605123")
        .of_authority("other-authority")
        .of_hall("other-hall")
        .owned_by("nobody")
        .opened_by("other-account")
}

/// The answers of one row: visitor, resident own and other, and each post within and beyond.
fn row(policies: &Policies, act: Act, kind: &'static str) -> Vec<bool> {
    let ask = |actor: &Actor, thing: &Resource| policies.allow(actor, act, thing);
    let (within, beyond) = (within(kind), beyond(kind));
    let resident = Actor::resident("somebody", "");
    let mut answers = vec![ask(&Actor::visitor(), &within), ask(&resident, &within), ask(&resident, &beyond)];
    for role in Role::ALL {
        let actor = staff(role);
        answers.extend([ask(&actor, &within), ask(&actor, &beyond)]);
    }
    answers
}

/// The kinds of things a module's policies tell apart.
fn kinds(module: &ModuleAccess) -> Vec<&'static str> {
    let mentioned = module.policies.split("resource.kind == \"").skip(1);
    let mut kinds: Vec<&str> = mentioned.filter_map(|rest| rest.split_once('"')).map(|(kind, _)| kind).collect();
    kinds.dedup();
    kinds
}

/// The rows of an act: one for everything, or one for each kind of thing that is answered otherwise.
fn rows(policies: &Policies, module: &ModuleAccess, act: Act) -> Vec<(String, Vec<bool>)> {
    let usual = row(policies, act, "thing");
    let mut rows = Vec::new();
    for kind in kinds(module) {
        let answers = row(policies, act, kind);
        if answers != usual {
            rows.push((format!("{act} ({kind})"), answers));
        }
    }
    if rows.is_empty() || usual.contains(&true) {
        rows.insert(0, (act.to_string(), usual));
    }
    rows
}

fn draw() -> String {
    let policies = modules::policies().expect("the policies compile");
    let mut chart = String::from(LEGEND);
    for module in &modules::ACCESS {
        let rows: Vec<_> = module.acts.iter().flat_map(|act| rows(&policies, module, *act)).collect();
        let width = 46;
        let heads = ["visitor", "resident"].into_iter().chain(Role::ALL.map(Role::name)).collect::<Vec<_>>();
        writeln!(chart, "\n{:<width$}{}", format!("[{}]", module.module), heads.join("  ")).expect("text grows");
        for (name, answers) in rows {
            let mut marks = answers.into_iter().map(|may| if may { "✓" } else { "○" });
            let mut line = format!("{name:<width$}");
            for (place, head) in heads.iter().enumerate() {
                let cell: Vec<&str> = marks.by_ref().take(if place == 0 { 1 } else { 2 }).collect();
                write!(line, "{:<1$}", cell.join(" "), head.len() + 2).expect("text grows");
            }
            writeln!(chart, "{}", line.trim_end()).expect("text grows");
        }
    }
    chart
}

#[test]
fn the_chart_of_who_may_do_what_is_true() {
    chart::compare("access.txt", &draw());
}

#[test]
fn nobody_outside_the_scope_may_more_than_within() {
    let policies = modules::policies().expect("the policies compile");
    for module in &modules::ACCESS {
        for act in module.acts {
            for (name, answers) in rows(&policies, module, *act) {
                let beyond_only = answers[1..].chunks(2).position(|pair| pair[1] && !pair[0]);
                assert_eq!(
                    beyond_only, None,
                    "{name}: somebody may do to what is not theirs what they may not do to what is"
                );
            }
        }
    }
}

#[test]
fn every_act_is_somebodys() {
    let policies = modules::policies().expect("the policies compile");
    for module in &modules::ACCESS {
        for act in module.acts {
            let may = rows(&policies, module, *act).iter().any(|(_, answers)| answers.contains(&true));
            assert!(may, "{act}: no policy permits it to anybody");
        }
    }
}

/// 受审分离: the window accepts and never reviews, decides or issues; those who decide do not take in.
#[test]
fn who_accepts_has_no_post_that_decides() {
    let policies = modules::policies().expect("the policies compile");
    for act in [casework::COMPLETE_STEP, casework::DECIDE, casework::ISSUE] {
        assert!(!policies.allow(&staff(Role::Clerk), act, &within("case")), "a clerk may {act}");
    }
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Approver) {
        assert!(!policies.allow(&staff(role), casework::DECIDE, &within("case")), "{} may decide", role.name());
    }
}

/// What the platform's own acts are named like is also how a reader finds them.
#[test]
fn acts_bear_the_name_of_their_module_and_are_declared_once() {
    let mut seen = BTreeSet::new();
    for module in &modules::ACCESS {
        for act in module.acts {
            assert!(act.name().starts_with(&format!("{}.", module.module)), "{act} is declared in {}", module.module);
            assert!(seen.insert(act.name()), "{act} is declared twice");
        }
    }
}

/// The scopes of tokens name acts of modules that stand to the right of access, which cannot know them.
#[test]
fn every_act_of_a_scope_is_declared_by_a_module() {
    let policies = modules::policies().expect("the policies compile");
    let known: BTreeSet<&str> = policies.acts().iter().map(|act| act.name()).collect();
    let acts = access::Scope::ALL.into_iter().flat_map(|scope| scope.acts().iter().copied());
    let strangers: Vec<&str> = acts.filter(|act| !known.contains(act)).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}
