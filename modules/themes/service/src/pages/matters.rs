//! All matters one can come for.

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::response::Response;
use catalog::model::Audience;
use themes::{Answers, Known, Theme};
use ui::Shell;

use crate::{ThemeShelf, frame};

#[derive(Template)]
#[template(path = "themes_matters.html")]
struct Matters {
    shell: Shell,
    groups: Vec<Group>,
}

struct Group {
    title: &'static str,
    matters: Vec<Matter>,
}

struct Matter {
    href: String,
    name: String,
    official: String,
    note: String,
}

/// `GET /matters`
pub async fn list(visit: Visit) -> Result<Response, DoorFault> {
    visit.allow(themes::acts::EXPLORE, &access::Resource::of("theme"))?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let (business, personal): (Vec<&Theme>, Vec<&Theme>) = shelf.themes().iter().partition(|theme| is_business(theme));
    let group = |title, themes: Vec<&Theme>| Group { title, matters: themes.into_iter().map(matter).collect() };
    let mut groups = vec![group("个人和家庭", personal), group("开店办企业", business)];
    groups.retain(|group| !group.matters.is_empty());
    let shell = frame::shell(&visit, "一件事一次办").crumb("/", "首页").crumb_here("一件事");
    Ok(ui::page(Matters { shell, groups }))
}

fn is_business(theme: &Theme) -> bool {
    theme.audience.iter().any(|audience| *audience != Audience::Person)
}

fn matter(theme: &Theme) -> Matter {
    // Without answers and records the plan is that of somebody of whom nothing is known: what all must do at most.
    let figures = themes::plan(theme, &Answers::new(), &Known::nothing()).figures;
    let trips = if theme.trips == 0 { "一次不用跑".to_owned() } else { format!("最多跑 {} 次", theme.trips) };
    let days = match figures.days.after {
        0 => "当场办结".to_owned(),
        days if figures.days.before > days => format!("{} 个工作日减到 {days} 个", figures.days.before),
        days => format!("{days} 个工作日"),
    };
    Matter {
        href: format!("/matters/{}", theme.id),
        name: theme.name.clone(),
        official: theme.official.clone(),
        note: format!("{days}，{trips}"),
    }
}
