//! A theme as people meet it on a card: their words, the official name, one line of what it saves.

use themes::{Answers, Known, Theme};

/// One matter to choose: on the home page, among what was found, where nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    pub href: String,
    pub name: String,
    pub official: String,
    pub note: String,
}

impl Matter {
    pub fn of(theme: &Theme) -> Self {
        // Without answers and records the plan is that of somebody of whom nothing is known: what all must do at most.
        let days = themes::plan(theme, &Answers::new(), &Known::nothing()).figures.days;
        Self {
            href: format!("/matters/{}", theme.id),
            name: theme.name.clone(),
            official: theme.official.clone(),
            note: saving((days.before, days.after), theme.trips),
        }
    }
}

/// The matters shown first, at most so many. Those which cost people the most ways before the reform come first: they
/// are the ones nobody should walk for any more. The file order decides between equals.
pub fn first(themes: &[Theme], most: usize) -> Vec<Matter> {
    ordered(themes).into_iter().take(most).map(Matter::of).collect()
}

/// All matters in that order.
pub fn ordered(themes: &[Theme]) -> Vec<&Theme> {
    let mut order: Vec<&Theme> = themes.iter().collect();
    order.sort_by_key(|theme| std::cmp::Reverse((theme.baseline.trips, theme.baseline.items)));
    order
}

fn saving((before, after): (u32, u32), trips: u32) -> String {
    let time = match after {
        0 => "当场办结".to_owned(),
        days if before > days => format!("{before} 个工作日减到 {days} 个"),
        days => format!("{days} 个工作日"),
    };
    let ways = if trips == 0 { "一次不用跑".to_owned() } else { format!("最多跑 {trips} 次") };
    format!("{time}，{ways}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_promises_only_what_became_less() {
        assert_eq!(saving((4, 1), 0), "4 个工作日减到 1 个，一次不用跑");
        assert_eq!(saving((2, 2), 1), "2 个工作日，最多跑 1 次");
        assert_eq!(saving((3, 0), 2), "当场办结，最多跑 2 次");
    }
}
