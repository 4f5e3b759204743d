//! The flow chart of a row (运行流程图), drawn from its steps: where each box stands and how its words break. How it looks is
//! the page's business; that nothing overlaps and no word leaves its box is decided here.

use crate::list::Stage;

/// Units are those of the drawing; a Chinese character is one [`EM`] wide.
pub const EM: u32 = 15;
const WIDTH: u32 = 360;
const PAD: u32 = 12;
const GAP: u32 = 34;
const LINE: u32 = 22;

/// A box with its lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// The name of the step, broken into lines.
    pub name: Vec<String>,
    /// Whose it is and within what time, broken into lines.
    pub detail: Vec<String>,
    /// Round ends for the first and the last.
    pub is_end: bool,
}

/// The whole drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub width: u32,
    pub height: u32,
    pub boxes: Vec<Placed>,
    /// From the middle of a box's lower edge to the next one's upper edge: x, from y, to y.
    pub arrows: Vec<(u32, u32, u32)>,
}

/// Lays the steps out from top to bottom; `None` where there are none.
pub fn chart(stages: &[Stage]) -> Option<Chart> {
    let last = stages.len().checked_sub(1)?;
    let width = WIDTH - 2 * PAD;
    let chars = (width - 2 * PAD) / EM;
    let mut boxes: Vec<Placed> = Vec::new();
    let mut y = PAD;
    for (at, stage) in stages.iter().enumerate() {
        let name = broken(&stage.name, chars);
        let said = [stage.by.as_str(), stage.within.as_str()].into_iter().filter(|text| !text.is_empty());
        let detail = broken(&said.collect::<Vec<_>>().join(" · "), chars);
        let height = 2 * PAD + LINE * (name.len() + detail.len()) as u32;
        boxes.push(Placed { x: PAD, y, width, height, name, detail, is_end: at == 0 || at == last });
        y += height + GAP;
    }
    let arrows = boxes.windows(2).map(|pair| (WIDTH / 2, pair[0].y + pair[0].height, pair[1].y)).collect();
    Some(Chart { width: WIDTH, height: y - GAP + PAD, boxes, arrows })
}

/// Breaks a text after so many characters' width; letters and figures of half width count half.
fn broken(text: &str, chars: u32) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for letter in text.chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        if used + wide > 2 * chars {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push(letter);
        used += wide;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_below_one_another_and_words_stay_inside() {
        let stage = |name: &str, by: &str| Stage { name: name.into(), by: by.into(), within: "3个工作日".into() };
        let long = "对申请材料的实质内容进行核实并组织两名以上工作人员到现场核查".repeat(2);
        let chart =
            chart(&[stage("受理", "窗口"), stage(&long, "经办科室"), stage("送达", "窗口")]).expect("three steps");
        for pair in chart.boxes.windows(2) {
            assert!(pair[0].y + pair[0].height < pair[1].y, "{pair:?}");
        }
        for one in &chart.boxes {
            assert!(one.x + one.width < chart.width && one.y + one.height < chart.height);
            for line in one.name.iter().chain(&one.detail) {
                let width: u32 = line.chars().map(|letter| if letter.is_ascii() { EM / 2 } else { EM }).sum();
                assert!(width <= one.width - 2 * PAD, "{line}");
            }
        }
        assert_eq!(chart.arrows.len(), 2);
        assert_eq!(chart.boxes[1].name.concat(), long, "no character is lost");
        assert_eq!(super::chart(&[]), None);
    }
}
