//! Lamps as the pages draw them.

use casework::ClockKind;
use casework_service::reads::{ApplicationView, ClockView};

/// The lamp of the shared parts. A day that lies beyond the calendar has no lamp of its own there: nothing runs that
/// could be told.
pub fn lamp(lamp: casework::Lamp) -> ui::Lamp {
    ui::Lamp::from_code(lamp.code()).unwrap_or(ui::Lamp::Idle)
}

/// The lamp of a clock.
pub fn of(clock: &ClockView) -> ui::Lamp {
    lamp(clock.lamp)
}

/// The lamp of what the window has to do with an application; while it has nothing to do, the most urgent of its cases.
pub fn of_application(view: &ApplicationView) -> ui::Lamp {
    if view.clock.kind != ClockKind::None {
        return of(&view.clock);
    }
    let shown: Vec<ui::Lamp> = view.cases.iter().map(|line| of(&line.clock)).collect();
    ui::Lamp::ALL.into_iter().find(|lamp| shown.contains(lamp)).unwrap_or(ui::Lamp::Done)
}
