//! Where the person is among a few stages.

use askama::Template;

/// How far one stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StageState {
    /// Behind us.
    Done,
    /// Where we are.
    Now,
    /// Still to come.
    #[default]
    Ahead,
}

/// One stage: its name, how far, and when it was reached.
#[derive(Debug, Clone, Default)]
pub struct Stage {
    /// 填写信息
    pub name: String,
    /// How far.
    pub state: StageState,
    /// 11月23日; empty when it is still to come.
    pub at: String,
    /// Where a stage behind us can be changed.
    pub href: Option<String>,
}

impl Stage {
    /// A stage without time and address.
    pub fn new(name: impl Into<String>, state: StageState) -> Self {
        Self { name: name.into(), state, ..Self::default() }
    }

    pub(crate) fn class(&self) -> &'static str {
        match self.state {
            StageState::Done => "done",
            StageState::Now => "now",
            StageState::Ahead => "ahead",
        }
    }

    /// What a screen reader says before the name.
    pub(crate) fn said(&self) -> &'static str {
        match self.state {
            StageState::Done => "已完成：",
            StageState::Now => "正在：",
            StageState::Ahead => "未开始：",
        }
    }
}

/// The stages of a journey: 答问题 → 看方案 → 填写信息 → 交材料 → 提交.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/progress.html")]
pub struct Progress {
    /// In order.
    pub stages: Vec<Stage>,
}

impl Progress {
    /// Stages by name, with the place of the current one counted from 0.
    pub fn at<S: Into<String>>(names: impl IntoIterator<Item = S>, now: usize) -> Self {
        let state = |i: usize| match i.cmp(&now) {
            std::cmp::Ordering::Less => StageState::Done,
            std::cmp::Ordering::Equal => StageState::Now,
            std::cmp::Ordering::Greater => StageState::Ahead,
        };
        Self { stages: names.into_iter().enumerate().map(|(i, name)| Stage::new(name, state(i))).collect() }
    }

    /// Place of the current stage counted from 1; the number of stages when all are done.
    fn place(&self) -> usize {
        self.stages.iter().position(|s| s.state == StageState::Now).map_or(self.stages.len(), |i| i + 1)
    }

    fn now(&self) -> &str {
        self.stages.iter().find(|s| s.state == StageState::Now).map_or("全部完成", |s| s.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_stage_is_current() {
        let html = Progress::at(["答问题", "看方案", "填写信息"], 1).to_string();
        assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
        assert!(html.contains("第 2 步，共 3 步"));
    }
}
