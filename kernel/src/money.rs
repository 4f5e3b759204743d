//! Money in whole fen (分). Fees and grants are never fractions of a fen and never floating point.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in fen; may be negative for refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole yuan (元); `None` when that many fen do not fit.
    pub const fn from_yuan(yuan: i64) -> Option<Self> {
        match yuan.checked_mul(100) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// The amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum; `None` when it does not fit.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// So many times the amount; `None` when it does not fit.
    pub const fn checked_times(self, count: i64) -> Option<Self> {
        match self.0.checked_mul(count) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }
}

/// Sums saturate instead of wrapping: a bill at the limit of `i64` is noticed, a negative one might be paid out.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |total, amount| Self(total.0.saturating_add(amount.0)))
    }
}

/// Yuan with two decimals and no sign of currency: `1280.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

/// The text is not an amount in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of yuan with at most two decimals")]
pub struct NotMoney;

impl FromStr for Money {
    type Err = NotMoney;

    /// Reads yuan with at most two decimals, such as `1280`, `12.5` or `-0.01`.
    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let (sign, amount) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (yuan, decimals) = amount.split_once('.').unwrap_or((amount, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(yuan) || !digits(decimals) || decimals.len() > 2 {
            return Err(NotMoney);
        }
        // The sign goes in before the digits, so that the smallest amount of all can be read too.
        format!("{yuan}{decimals:0<2}")
            .bytes()
            .try_fold(0_i64, |fen, digit| fen.checked_mul(10)?.checked_add(sign * i64::from(digit - b'0')))
            .map(Self)
            .ok_or(NotMoney)
    }
}
