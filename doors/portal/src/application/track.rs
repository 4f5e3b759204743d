//! All authorities of one application side by side: where each is, how long it has, whom to call.

use casework_service::reads::{MyApplication, MyCase, StopState, TrackStop};
use chrono::NaiveDate;
use ui::{Lamp, Stage, StageState, Track, TrackRow};

/// The track of the application.
pub fn track(matter: &MyApplication, today: NaiveDate) -> Track {
    Track { rows: matter.cases.iter().map(|case| row(case, today)).collect() }
}

fn row(case: &MyCase, today: NaiveDate) -> TrackRow {
    TrackRow {
        item: case.name.clone(),
        authority: case.authority.clone(),
        href: Some(format!("/items/{}", case.item)),
        state: case.sentence.clone(),
        lamp: Lamp::from_code(case.clock.lamp.code()).unwrap_or(Lamp::Idle),
        due: due(case),
        phone: case.phone.clone(),
        stages: case.track.iter().map(|stop| stage(stop, today)).collect(),
    }
}

/// 还有3个工作日 · 11月30日（周一）前; nothing once no clock runs.
fn due(case: &MyCase) -> String {
    match case.clock.due {
        Some(_) => [&case.clock.left_words, &case.clock.due_words]
            .into_iter()
            .filter(|words| !words.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" · "),
        None => String::new(),
    }
}

fn stage(stop: &TrackStop, today: NaiveDate) -> Stage {
    let state = match stop.state {
        StopState::Done => StageState::Done,
        StopState::Now | StopState::Failed => StageState::Now,
        StopState::Todo => StageState::Ahead,
    };
    let mut stage = Stage::new(stop.label.clone(), state);
    stage.at = stop.on.map_or_else(String::new, |on| ui::say::ago(on, today));
    stage
}
