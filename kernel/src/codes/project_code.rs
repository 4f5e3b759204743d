//! The code of an investment project (投资项目代码), GB/T 40058-2021.
//!
//! `YYMM-RRRRRR-DD-TT-NNNNNC`: month of assignment, division, national department, project type, serial and a
//! check digit (ISO 7064 MOD 11,10 over the nineteen digits before it). Until October 2020 codes began with the
//! full year and had six serial digits without a check; projects still carry them.

use std::fmt;

use super::fault::CodeFault;
use super::{RegionCode, iso7064};

/// The digits of each part between the hyphens.
const PARTS: [usize; 5] = [4, 6, 2, 2, 6];

/// The first month of the present form: November 2020, written `2011`.
const FIRST_NEW_MONTH: u32 = 2011;

/// The code of an investment project, in the present or the old form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectCode(String);

super::text_code!(ProjectCode);

impl ProjectCode {
    /// Reads a code of 24 characters, hyphens included.
    ///
    /// # Errors
    /// `project-code.shape` when it is not digits in groups of 4-6-2-2-6;
    /// `project-code.date` when the first group is neither a month since November 2020 nor a year from 2013 to 2020.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let groups: Vec<&str> = text.split('-').collect();
        let digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
        let lengths = groups.iter().map(|group| group.len());
        if !lengths.eq(PARTS) || !groups.iter().all(digits) {
            return Err(CodeFault::new("project-code.shape").fact("length", text.chars().count()).fact("expected", 24));
        }
        let code = Self(text.to_owned());
        if code.is_new_form() || (2013..=2020).contains(&code.first_group()) {
            Ok(code)
        } else {
            Err(CodeFault::new("project-code.date").fact("found", groups[0]))
        }
    }

    /// Whether the code is of the present form, which has a check digit.
    pub fn is_new_form(&self) -> bool {
        let month = self.first_group() % 100;
        self.first_group() >= FIRST_NEW_MONTH && (1..=12).contains(&month)
    }

    /// The six digits of the division.
    pub fn region(&self) -> &str {
        &self.0[5..11]
    }

    /// The two digits of the national department in charge.
    pub fn department(&self) -> &str {
        &self.0[12..14]
    }

    /// The two digits of the project type; their meaning is set by each province's notice.
    pub fn project_type(&self) -> &str {
        &self.0[15..17]
    }

    /// The check digit that belongs there; `None` for the old form.
    pub fn expected_check(&self) -> Option<char> {
        let nineteen: String = self.0[..23].chars().filter(|letter| *letter != '-').collect();
        self.is_new_form().then(|| iso7064::mod_11_10(&nineteen)).flatten()
    }

    /// `project-code.check` (facts `found`, `expected`), `.old-form`, `.region`.
    pub fn warnings(&self) -> Vec<CodeFault> {
        let mut warnings = Vec::new();
        let found = char::from(self.0.as_bytes()[23]);
        match self.expected_check() {
            None => warnings.push(CodeFault::new("project-code.old-form").fact("year", &self.0[..4])),
            Some(expected) if expected != found => {
                warnings.push(CodeFault::new("project-code.check").fact("found", found).fact("expected", expected));
            }
            Some(_) => {}
        }
        if RegionCode::parse(self.region()).is_err() {
            warnings.push(CodeFault::new("project-code.region").fact("found", self.region()));
        }
        warnings
    }

    fn first_group(&self) -> u32 {
        self.0.bytes().take(4).fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
    }
}

impl fmt::Debug for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProjectCode({})", self.0)
    }
}
