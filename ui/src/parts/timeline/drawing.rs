//! The drawing itself. Lengths across are shares of the width and lengths down are `em`, so one drawing fits a phone,
//! a desk and paper, and grows with the reader's text.

use std::fmt::Write as _;

use askama::filters::{Html, Safe, escape};

use super::{Bar, Timeline};
use crate::say;

/// Height of one row: a line of words and a bar.
const ROW: f32 = 4.2;
/// Where the bar begins inside its row.
const BAR_AT: f32 = 2.1;
const BAR_HIGH: f32 = 1.0;
/// Above the first row: the words of the axis.
const HEAD: f32 = 1.9;
/// Widest name on a phone, in Chinese characters, so that name and length fit on one line of 340 px.
const SHORT: f32 = 12.0;
/// Widest pair of words at the ends of the axis, by the same measure.
const AXIS: f32 = 15.0;

impl Timeline {
    /// The drawing. Grid first, then the links, then the bars, so that words are never crossed out.
    #[must_use]
    pub fn svg(&self) -> Safe<String> {
        let high = HEAD + ROW * self.bars.len() as f32;
        let mut svg = String::with_capacity(1024 + 512 * self.bars.len());
        let id = text(&self.id);
        let _ = write!(
            svg,
            "<svg class=\"timeline-svg\" width=\"100%\" height=\"{high:.2}em\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" focusable=\"false\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            text(&self.title),
            text(&self.described()),
        );
        self.draw_axis(&mut svg, high);
        self.draw_links(&mut svg);
        for (row, bar) in self.bars.iter().enumerate() {
            self.draw_bar(&mut svg, row, bar);
        }
        svg.push_str("</svg>");
        Safe(svg)
    }

    /// What the drawing shows, for those who do not see it; the table has the rest.
    fn described(&self) -> String {
        let chain = self.critical_words();
        if chain.is_empty() {
            self.title.clone()
        } else {
            format!("决定总用时的是：{chain}。各项起止时间见下方表格。")
        }
    }

    fn draw_axis(&self, svg: &mut String, high: f32) {
        // Both words must fit beside each other on a phone; the weekday in brackets is what can go.
        let crowded = say::width(&self.begins) + say::width(&self.ends) > AXIS;
        let word = |words: &str| {
            if crowded { long_and_short(words, &without_brackets(words)) } else { text(words) }
        };
        let _ = write!(
            svg,
            "<g class=\"tl-axis\"><text x=\"0\" y=\"1em\">{}</text><text x=\"100%\" y=\"1em\" text-anchor=\"end\">{}</text>",
            word(&self.begins),
            word(&self.ends)
        );
        for day in self.grid() {
            let x = self.across(day);
            let _ = write!(svg, "<line x1=\"{x}\" x2=\"{x}\" y1=\"{:.2}em\" y2=\"{high:.2}em\"/>", HEAD - 0.4);
        }
        svg.push_str("</g>");
    }

    /// Days that get a line: at most 13 of them, both ends always.
    pub(super) fn grid(&self) -> Vec<u32> {
        let total = self.total().max(1);
        let step = total.div_ceil(12).max(1);
        let mut days: Vec<u32> = (0..total).step_by(step as usize).collect();
        days.push(total);
        days
    }

    fn draw_links(&self, svg: &mut String) {
        for (row, bar) in self.bars.iter().enumerate() {
            for (from, first) in bar.after.iter().filter_map(|&i| Some((i, self.bars.get(i)?))) {
                let class = if bar.critical && first.critical { "tl-link critical" } else { "tl-link" };
                let (x1, x2) = (self.across(first.finish), self.across(bar.start));
                let (y1, y2) = (middle(from), middle(row));
                let _ = write!(
                    svg,
                    "<g class=\"{class}\"><line x1=\"{x1}\" x2=\"{x1}\" y1=\"{y1:.2}em\" y2=\"{y2:.2}em\"/>"
                );
                if bar.start > first.finish {
                    let _ = write!(svg, "<line x1=\"{x1}\" x2=\"{x2}\" y1=\"{y2:.2}em\" y2=\"{y2:.2}em\"/>");
                }
                svg.push_str("</g>");
            }
        }
    }

    fn draw_bar(&self, svg: &mut String, row: usize, bar: &Bar) {
        let top = HEAD + ROW * row as f32;
        let class = if bar.critical { "tl-bar critical" } else { "tl-bar" };
        let _ = write!(
            svg,
            "<g class=\"{class}\"><title>{}</title>",
            text(&format!("{}（{}）{}", bar.label, bar.authority, self.days(bar)))
        );
        let _ = write!(
            svg,
            "<text class=\"tl-name\" x=\"0\" y=\"{:.2}em\">{}<tspan class=\"tl-who\" dx=\".6em\">{}</tspan></text>",
            top + 1.65,
            names(&bar.label),
            text(&bar.authority)
        );
        let _ = write!(
            svg,
            "<text class=\"tl-lasts\" x=\"100%\" y=\"{:.2}em\" text-anchor=\"end\">{}</text>",
            top + 1.65,
            text(&self.lasts(bar))
        );
        if bar.finish > bar.start {
            let wide = f64::from(bar.finish - bar.start) * 100.0 / f64::from(self.total().max(1));
            let _ = write!(
                svg,
                "<rect x=\"{}\" y=\"{:.2}em\" width=\"{wide:.3}%\" height=\"{BAR_HIGH}em\" rx=\"2\"/>",
                self.across(bar.start),
                top + BAR_AT
            );
        } else {
            // What is done on the spot has no length; a slim mark keeps its place visible at both ends of the axis.
            let at = (f64::from(bar.start) * 100.0 / f64::from(self.total().max(1))).min(98.5);
            let _ = write!(
                svg,
                "<rect class=\"tl-spot\" x=\"{at:.3}%\" y=\"{:.2}em\" width=\"1.5%\" height=\"{BAR_HIGH}em\" rx=\"2\"/>",
                top + BAR_AT
            );
        }
        svg.push_str("</g>");
    }

    /// The share of the width at which a day lies.
    fn across(&self, day: u32) -> String {
        format!("{:.3}%", f64::from(day) * 100.0 / f64::from(self.total().max(1)))
    }
}

/// Middle of the bar of a row.
fn middle(row: usize) -> f32 {
    HEAD + ROW * row as f32 + BAR_AT + BAR_HIGH / 2.0
}

/// The name, and for narrow screens a shorter one when it is long.
fn names(label: &str) -> String {
    long_and_short(label, &say::clip(label, SHORT))
}

/// Both forms of a text; the style sheet shows the one that fits the screen.
fn long_and_short(long: &str, short: &str) -> String {
    if short == long {
        return text(long);
    }
    format!("<tspan class=\"tl-long\">{}</tspan><tspan class=\"tl-short\">{}</tspan>", text(long), text(short))
}

/// 11月24日（周二）受理 → 11月24日受理.
fn without_brackets(words: &str) -> String {
    let mut deep = 0_u32;
    let mut kept = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '（' => deep += 1,
            '）' => deep = deep.saturating_sub(1),
            c if deep == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn text(words: &str) -> String {
    escape(words, Html).map(|safe| safe.to_string()).unwrap_or_default()
}
