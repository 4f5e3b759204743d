//! The citizen identity number (公民身份号码), GB 11643-1999.
//!
//! `AAAAAA YYYYMMDD SSS C`: area of first registration, birthday, serial (odd for men), check character.
//! Only check character and date decide. The area is whatever division existed when the number was given;
//! a list of today's divisions would turn away people born in counties since abolished.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::fault::{CodeFault, expect_characters, expect_length};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Provinces of GB/T 2260 that areas begin with; 81 to 83 are also used by residence permits
/// of people from Hong Kong, Macao and Taiwan, which carry a number of the same make.
pub(super) const PROVINCES: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
];

/// Numbers with these last three digits were given to people born before 1900 in the fifteen-digit days.
const CENTENARIANS: std::ops::RangeInclusive<u32> = 996..=999;

/// Sex as the number tells it (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// `male` or `female`, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// A citizen identity number whose date exists and whose check character is right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitizenId(String);

super::text_code!(CitizenId);

impl CitizenId {
    /// Reads an eighteen-character number. Capital `X` only; [`super::tidy`] first what a person typed.
    ///
    /// # Errors
    /// `citizen-id.fifteen-digits` (fact `upgraded` when it can be told), `.length`, `.character`,
    /// `.birth-date`, `.check`.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        if is_fifteen_digits(text) {
            // Eighteen digits cut short can look like an old number of somebody else,
            // so the upgrade is offered and never made in silence.
            let fault = CodeFault::new("citizen-id.fifteen-digits");
            return Err(match Self::upgrade(text) {
                Ok(upgraded) => fault.fact("upgraded", upgraded.masked()),
                Err(_) => fault,
            });
        }
        expect_length(text, 18, "citizen-id.length")?;
        expect_characters(text, "citizen-id.character", |index, letter| {
            letter.is_ascii_digit() || (index == 17 && letter == 'X')
        })?;
        birth_date(&text[6..14])?;
        if text.as_bytes()[17] != check_character(&text[..17]) {
            return Err(CodeFault::new("citizen-id.check"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads a number and also refuses one whose owner is not born yet on `today`.
    ///
    /// # Errors
    /// As [`CitizenId::parse`], and `citizen-id.not-born`.
    pub fn parse_on(text: &str, today: NaiveDate) -> Result<Self, CodeFault> {
        let id = Self::parse(text)?;
        if id.birth() > today {
            return Err(CodeFault::new("citizen-id.not-born").fact("birth", id.birth()).fact("today", today));
        }
        Ok(id)
    }

    /// Makes the eighteen-character number out of a fifteen-digit one: `19` before the year, check character behind.
    ///
    /// # Errors
    /// `citizen-id.length`, `.character`, `.birth-date`; `citizen-id.centenarian` for serials 996 to 999,
    /// whose owners were born in the 1800s and whose new number only the police can tell.
    pub fn upgrade(fifteen: &str) -> Result<Self, CodeFault> {
        expect_length(fifteen, 15, "citizen-id.length")?;
        expect_characters(fifteen, "citizen-id.character", |_, letter| letter.is_ascii_digit())?;
        let serial = number(&fifteen[12..]);
        if CENTENARIANS.contains(&serial) {
            return Err(CodeFault::new("citizen-id.centenarian").fact("serial", serial));
        }
        let body = format!("{}19{}", &fifteen[..6], &fifteen[6..]);
        birth_date(&body[6..14])?;
        let check = char::from(check_character(&body));
        Ok(Self(format!("{body}{check}")))
    }

    /// The six digits of the division of first registration; possibly one that no longer exists.
    pub fn area(&self) -> &str {
        &self.0[..6]
    }

    /// Birthday.
    pub fn birth(&self) -> NaiveDate {
        birth_date(&self.0[6..14]).expect("parse let only existing dates in")
    }

    /// Sex: odd serials are men's.
    pub fn sex(&self) -> Sex {
        match number(&self.0[14..17]) % 2 {
            1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// The form shown in lists: `440604********2011`.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.0[..6], &self.0[14..])
    }

    /// What is odd but lawful: `citizen-id.area` when no province begins with these digits.
    pub fn warnings(&self) -> Vec<CodeFault> {
        if PROVINCES.contains(&&self.0[..2]) {
            Vec::new()
        } else {
            vec![CodeFault::new("citizen-id.area").fact("area", self.area())]
        }
    }
}

impl fmt::Debug for CitizenId {
    /// Masked, because debug output goes to logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({})", self.masked())
    }
}

/// Whether the text is a number of the old make, which ended with the first-generation card on 2013-01-01.
pub(super) fn is_fifteen_digits(text: &str) -> bool {
    text.len() == 15 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn birth_date(digits: &str) -> Result<NaiveDate, CodeFault> {
    NaiveDate::from_ymd_opt(number(&digits[..4]) as i32, number(&digits[4..6]), number(&digits[6..8]))
        .filter(|day| day.year() >= 1800)
        .ok_or_else(|| CodeFault::new("citizen-id.birth-date").fact("found", digits))
}

fn check_character(seventeen: &str) -> u8 {
    let sum: u32 = seventeen.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

/// The value of a few digits already known to be digits.
fn number(digits: &str) -> u32 {
    digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}
