//! The lamp (红黄绿灯): how a case stands against its limit. Every lamp has a shape and a word besides its colour.

use askama::Template;

/// How a case stands against its limit. `{{ lamp }}` prints shape and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Template)]
#[template(path = "parts/lamp.html")]
pub enum Lamp {
    /// 正常: time enough.
    #[default]
    Green,
    /// 临期: nearly due.
    Yellow,
    /// 超期: past the limit.
    Red,
    /// 暂停: the clock stands still by law.
    Stopped,
    /// 办结: done.
    Done,
    /// 未计时: the clock has not begun.
    Idle,
}

impl Lamp {
    /// The six in the order of urgency: red first.
    pub const ALL: [Self; 6] = [Self::Red, Self::Yellow, Self::Green, Self::Stopped, Self::Idle, Self::Done];

    /// The word beside the shape.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "正常",
            Self::Yellow => "临期",
            Self::Red => "超期",
            Self::Stopped => "暂停计时",
            Self::Done => "办结",
            Self::Idle => "未计时",
        }
    }

    /// The name in addresses, style sheets and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Idle => "idle",
        }
    }

    /// The lamp of that name, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lamp| lamp.code() == code)
    }

    /// The same shape beside another word: how something stands that is no case.
    #[must_use]
    pub fn saying(self, word: impl Into<String>) -> Signal {
        Signal { lamp: self, word: word.into() }
    }

    /// The outline of the shape in a box of 16: circle, triangle, square, two bars, tick, ring.
    fn outline(self) -> &'static str {
        match self {
            Self::Green => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z",
            Self::Yellow => "M8 1 15.5 14.5H.5Z",
            Self::Red => "M2 2h12v12H2Z",
            Self::Stopped => "M3 2h4v12H3ZM9 2h4v12H9Z",
            Self::Done => "m1.5 8.5 2-2 3 3 6-7 2.2 1.9-8 9.3Z",
            Self::Idle => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Zm0 2.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0-7.6Z",
        }
    }
}

/// A lamp with a word of its own.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/signal.html")]
pub struct Signal {
    lamp: Lamp,
    word: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_lamps_share_shape_word_or_code() {
        for (i, a) in Lamp::ALL.into_iter().enumerate() {
            for b in Lamp::ALL.into_iter().skip(i + 1) {
                assert!(a.word() != b.word() && a.code() != b.code() && a.outline() != b.outline());
            }
            assert_eq!(Lamp::from_code(a.code()), Some(a));
            assert!(a.to_string().contains(a.word()));
        }
        assert_eq!(Lamp::from_code("purple"), None);
        let signal = Lamp::Red.saying("连不上 <b>").to_string();
        assert!(signal.contains(Lamp::Red.outline()) && signal.contains("连不上 &#60;b"), "{signal}");
    }
}
