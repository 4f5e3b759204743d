//! Codes of administrative divisions (行政区划代码), GB/T 2260 and GB/T 10114: 2 digits a province, 4 a city,
//! 6 a county, 9 a street or town, 12 a village or community.
//!
//! Written long, the same place ends in zeros: `440600` is `4406`. We keep the short form, so that equal places
//! are equal texts. Street and village digits exist in two incompatible systems (statistics and civil affairs);
//! a district's folder uses one of them throughout, and this type cannot tell which.

use std::fmt;

use super::citizen_id::PROVINCES;
use super::fault::{CodeFault, expect_characters};

/// Where each level's digits end.
const ENDS: [(RegionLevel, usize); 5] = [
    (RegionLevel::Province, 2),
    (RegionLevel::City, 4),
    (RegionLevel::County, 6),
    (RegionLevel::Town, 9),
    (RegionLevel::Village, 12),
];

/// The five levels below the nation, widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegionLevel {
    /// 省、自治区、直辖市
    Province,
    /// 市、州、盟
    City,
    /// 县、区、旗
    County,
    /// 乡、镇、街道
    Town,
    /// 村、社区
    #[serde(alias = "community")]
    Village,
}

impl RegionLevel {
    /// `province`, `city`, `county`, `town` or `village`, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Town => "town",
            Self::Village => "village",
        }
    }

    /// How many digits the short form has at this level.
    pub fn digits(self) -> usize {
        ENDS[self as usize].1
    }
}

/// The code of a division in its short form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(String);

super::text_code!(RegionCode);

impl RegionCode {
    /// Reads a code of 2, 4, 6, 9 or 12 digits, with or without the closing zeros.
    ///
    /// A city without counties (东莞 4419) is written `441900` as its own county; that is read as the city.
    ///
    /// # Errors
    /// `region.length`, `.character`, `.province` (no province has these first two digits),
    /// `.gap` (a village of no town, a county of no city).
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let length = text.chars().count();
        if !ENDS.iter().any(|(_, end)| *end == length) {
            return Err(CodeFault::new("region.length").fact("length", length));
        }
        expect_characters(text, "region.character", |_, letter| letter.is_ascii_digit())?;
        if !PROVINCES.contains(&&text[..2]) {
            return Err(CodeFault::new("region.province").fact("found", &text[..2]));
        }
        let short = short_form(text);
        match gap_in(short) {
            Some(level) => Err(CodeFault::new("region.gap").fact("missing", level.as_str())),
            None => Ok(Self(short.to_owned())),
        }
    }

    /// The level, told by the length of the short form.
    pub fn level(&self) -> RegionLevel {
        let (level, _) =
            ENDS.into_iter().find(|(_, end)| *end == self.0.len()).expect("the short form has the length of a level");
        level
    }

    /// The division directly above; `None` for a province. A town of 东莞 is directly below the city.
    pub fn parent(&self) -> Option<Self> {
        self.ancestors().pop()
    }

    /// All divisions above, province first, without the division itself.
    pub fn ancestors(&self) -> Vec<Self> {
        ENDS.iter()
            .filter(|(_, end)| *end < self.0.len())
            .map(|(_, end)| &self.0[..*end])
            // The county digits of a city without counties are zeros: no division of its own.
            .filter(|prefix| short_form(prefix).len() == prefix.len())
            .map(|prefix| Self(prefix.to_owned()))
            .collect()
    }

    /// The ancestors and the division itself, province first: the path shown above a page.
    pub fn path(&self) -> Vec<Self> {
        let mut path = self.ancestors();
        path.push(self.clone());
        path
    }

    /// The division of the given level that this one is or lies in; `None` when this one is wider or has no such division.
    pub fn at(&self, level: RegionLevel) -> Option<Self> {
        self.path().into_iter().find(|region| region.level() == level)
    }

    /// Whether `other` is this division or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Filled up with zeros to six digits, as exchange tables want it; a town or village gives its county.
    pub fn six_digits(&self) -> String {
        format!("{:0<6}", &self.0[..self.0.len().min(6)])
    }

    /// Filled up with zeros to twelve digits.
    pub fn twelve_digits(&self) -> String {
        format!("{:0<12}", self.0)
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegionCode({})", self.0)
    }
}

/// Cuts the levels that are all zeros off the end.
fn short_form(text: &str) -> &str {
    let mut kept = text;
    let mut starts = ENDS.iter().rev().filter(|(_, end)| *end <= text.len()).map(|(_, end)| *end).peekable();
    while let Some(end) = starts.next() {
        let start = starts.peek().copied().unwrap_or(0);
        if start == 0 || text[start..end].bytes().any(|digit| digit != b'0') {
            break;
        }
        kept = &text[..start];
    }
    kept
}

/// The level whose digits are zeros although a lower level's are not. County digits may be: 东莞 has towns and no counties.
fn gap_in(short: &str) -> Option<RegionLevel> {
    let empty = |start: usize, end: usize| short.len() > end && short[start..end].bytes().all(|digit| digit == b'0');
    if empty(2, 4) {
        return Some(RegionLevel::City);
    }
    if empty(6, 9) {
        return Some(RegionLevel::Town);
    }
    None
}
