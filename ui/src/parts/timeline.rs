//! The timeline of a plan: which authority works from when to when, what waits for what, which chain decides the
//! end. Drawn here as SVG, with the same numbers as a table behind it.

use askama::Template;

mod drawing;

/// One item on the timeline. Times are whole days after the start: 0 to 3 is "the first three days".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bar {
    /// 食品经营许可
    pub label: String,
    /// 区市场监管局
    pub authority: String,
    /// Day it begins, counted from 0.
    pub start: u32,
    /// Day it ends; the same as `start` for what is done on the spot.
    pub finish: u32,
    /// Whether a day lost here is a day lost for all.
    pub critical: bool,
    /// Places (from 0) of the bars it waits for.
    pub after: Vec<usize>,
    /// 11月24日—11月26日; empty when the start is not known yet.
    pub when: String,
}

impl Bar {
    /// A bar that waits for nothing.
    pub fn new(label: impl Into<String>, authority: impl Into<String>, start: u32, finish: u32) -> Self {
        Self { label: label.into(), authority: authority.into(), start, finish, ..Self::default() }
    }

    /// It lies on the critical path.
    #[must_use]
    pub fn critical(mut self) -> Self {
        self.critical = true;
        self
    }

    /// It waits for these.
    #[must_use]
    pub fn after(mut self, places: impl Into<Vec<usize>>) -> Self {
        self.after = places.into();
        self
    }

    /// Its dates in words.
    #[must_use]
    pub fn when(mut self, when: impl Into<String>) -> Self {
        self.when = when.into();
        self
    }

    /// 3个工作日, 当场办.
    fn lasts(&self, unit: &str) -> String {
        match self.finish.saturating_sub(self.start) {
            0 => "当场办".into(),
            days => format!("{days} {unit}"),
        }
    }
}

/// The drawing and its table. Bars stand in the order handed in; put what begins first on top.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/timeline.html")]
pub struct Timeline {
    /// Unique on the page.
    pub id: String,
    /// The one thing the drawing says: 最快 6 个工作日全部办好.
    pub title: String,
    /// Unit of a day: 个工作日.
    pub unit: String,
    /// The items.
    pub bars: Vec<Bar>,
    /// Word at the left end: 受理当天, or a date.
    pub begins: String,
    /// Word at the right end: 第6个工作日, or 12月1日（周二）.
    pub ends: String,
}

impl Timeline {
    /// A timeline in working days.
    pub fn new(id: impl Into<String>, title: impl Into<String>, bars: Vec<Bar>) -> Self {
        let mut timeline = Self {
            id: id.into(),
            title: title.into(),
            unit: "个工作日".into(),
            bars,
            begins: "受理当天".into(),
            ends: String::new(),
        };
        timeline.ends = match timeline.total() {
            0 => "当场办结".into(),
            days => format!("第 {days} {}", timeline.unit),
        };
        timeline
    }

    /// Words at both ends, usually dates.
    #[must_use]
    pub fn ends(mut self, begins: impl Into<String>, ends: impl Into<String>) -> Self {
        self.begins = begins.into();
        self.ends = ends.into();
        self
    }

    /// Days until everything is done.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.bars.iter().map(|b| b.finish).max().unwrap_or(0)
    }

    /// The chain that decides the end, in words: 营业执照 → 食品经营许可.
    fn critical_words(&self) -> String {
        let mut chain: Vec<&Bar> = self.bars.iter().filter(|b| b.critical).collect();
        chain.sort_by_key(|b| (b.start, b.finish));
        chain.iter().map(|b| b.label.as_str()).collect::<Vec<_>>().join(" → ")
    }

    /// The names of what a bar waits for.
    fn waits_for(&self, bar: &Bar) -> String {
        let names = bar.after.iter().filter_map(|&i| self.bars.get(i)).map(|b| b.label.as_str());
        let names = names.collect::<Vec<_>>().join("、");
        if names.is_empty() { "—".into() } else { names }
    }

    fn lasts(&self, bar: &Bar) -> String {
        bar.lasts(&self.unit)
    }

    /// 第1—3天, or the dates when they are known.
    fn days(&self, bar: &Bar) -> String {
        match (&bar.when, bar.finish.saturating_sub(bar.start)) {
            (when, _) if !when.is_empty() => when.clone(),
            (_, 0) if bar.start == 0 => "当天".into(),
            (_, 0) => format!("第 {} 天", bar.start),
            (_, 1) => format!("第 {} 天", bar.finish),
            _ => format!("第 {}—{} 天", bar.start + 1, bar.finish),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restaurant() -> Timeline {
        let bars = vec![
            Bar::new("营业执照", "区市场监管局", 0, 1).critical(),
            Bar::new("食品经营许可", "区市场监管局", 1, 6).critical().after([0]),
            Bar::new("户外招牌设置", "区城管局", 3, 5).after([0]),
            Bar::new("社保开户", "区人社局", 1, 1).after([0]),
        ];
        Timeline::new("tl", "最快 6 个工作日全部办好", bars)
    }

    /// Numbers in the drawing, in order of appearance, of one attribute.
    fn attribute(svg: &str, element: &str, name: &str) -> Vec<String> {
        svg.split('<')
            .filter(|e| e.starts_with(element))
            .filter_map(|e| {
                let rest = e.split_once(&format!(" {name}=\""))?.1;
                Some(rest.split_once('"')?.0.to_owned())
            })
            .collect()
    }

    #[test]
    fn bars_lie_at_their_days() {
        let svg = restaurant().svg().0;
        assert_eq!(attribute(&svg, "rect", "x"), ["0.000%", "16.667%", "50.000%", "16.667%"]);
        assert_eq!(attribute(&svg, "rect", "width"), ["16.667%", "83.333%", "33.333%", "1.5%"]);
    }

    #[test]
    fn nothing_leaves_the_paper() {
        let mut timeline = restaurant();
        timeline.bars.push(Bar::new("最后一项", "区税务局", 6, 6).after([1]));
        let svg = timeline.svg().0;
        let xs = attribute(&svg, "rect", "x");
        let widths = attribute(&svg, "rect", "width");
        for (x, wide) in xs.iter().zip(&widths) {
            let share = |v: &str| v.trim_end_matches('%').parse::<f64>().expect("a share");
            assert!(share(x) + share(wide) <= 100.01, "{x} + {wide}");
        }
        let high: f32 = attribute(&svg, "svg", "height")[0].trim_end_matches("em").parse().expect("a height");
        for y in attribute(&svg, "rect", "y") {
            assert!(y.trim_end_matches("em").parse::<f32>().expect("a height") < high);
        }
    }

    #[test]
    fn only_links_between_critical_bars_are_critical() {
        let svg = restaurant().svg().0;
        assert_eq!(svg.matches("tl-link critical").count(), 1);
        assert_eq!(svg.matches("<g class=\"tl-link").count(), 3);
        // The sign begins two days after the licence: its link goes down and then across.
        assert!(svg.contains("x1=\"16.667%\" x2=\"50.000%\""));
    }

    #[test]
    fn the_table_says_what_the_drawing_shows() {
        let html = restaurant().to_string();
        for words in ["<table", "第 2—6 天", "当场办", "营业执照 → 食品经营许可", "最快 6 个工作日"]
        {
            assert!(html.contains(words), "{words}");
        }
    }

    #[test]
    fn crowded_ends_have_a_short_form() {
        let svg = restaurant().ends("11月24日（周二）受理", "12月1日（周二）办好").svg().0;
        assert!(svg.contains("<tspan class=\"tl-short\">11月24日受理</tspan>"));
        assert!(!restaurant().svg().0.contains("tl-short\">受理"), "short words have no second form");
    }

    #[test]
    fn hostile_names_stay_words() {
        let bars = vec![Bar::new("<script>alert(1)</script>", "\"", 0, 1)];
        let html = Timeline::new("x", "t", bars).to_string();
        assert!(!html.contains("<script>"));
    }

    #[test]
    fn an_empty_plan_and_a_day_out_of_range_do_no_harm() {
        assert!(Timeline::new("x", "没有事项", vec![]).svg().0.contains("</svg>"));
        let bars = vec![Bar::new("a", "b", 0, 0).after([9])];
        let html = Timeline::new("x", "当场办结", bars).to_string();
        assert!(html.contains("当场办结") && !html.contains("NaN"));
    }

    #[test]
    fn a_year_of_days_has_few_grid_lines() {
        let timeline = Timeline::new("x", "t", vec![Bar::new("a", "b", 0, 365)]);
        assert!(timeline.grid().len() <= 13);
        assert_eq!(timeline.grid().last(), Some(&365));
    }
}
