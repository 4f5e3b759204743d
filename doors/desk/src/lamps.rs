//! Lamps as the pages draw them.

use casework_service::reads::ClockView;

/// The lamp of the shared parts. A day that lies beyond the calendar has no lamp of its own there: nothing runs that
/// could be told.
pub fn lamp(lamp: casework::Lamp) -> ui::Lamp {
    ui::Lamp::from_code(lamp.code()).unwrap_or(ui::Lamp::Idle)
}

/// The lamp of a clock.
pub fn of(clock: &ClockView) -> ui::Lamp {
    lamp(clock.lamp)
}
