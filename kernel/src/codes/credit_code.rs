//! The unified social credit code (统一社会信用代码), GB 32100-2015.
//!
//! Position 1 registering department, 2 class of body, 3–8 division of registration, 9–17 organisation
//! code (组织机构代码, GB 11714, with its own check at 17), 18 check character.
//! The division says where a body was registered once and is not compared with where it is today.

use std::fmt;

use super::fault::{CodeFault, expect_characters, expect_length};

/// No I, O, Z, S, V: they are mistaken for 1, 0, 2, 5, U.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Department and class of the standard's table, with a name for what they mean.
/// The table grows by notice, so a pair that is not in it is a warning.
const BODIES: [(&str, &str); 37] = [
    ("11", "agency"),             // 机构编制：机关
    ("12", "public-institution"), // 机构编制：事业单位
    ("13", "mass-organisation"),  // 机构编制：群团
    ("19", "establishment-other"),
    ("21", "foreign-office"), // 外交：外国常驻新闻机构等
    ("29", "foreign-other"),
    ("31", "law-firm"),                 // 司法行政：律师执业机构
    ("32", "notary"),                   // 公证处
    ("33", "grassroots-legal-service"), // 基层法律服务所
    ("34", "forensic-appraisal"),       // 司法鉴定机构
    ("35", "arbitration"),              // 仲裁委员会
    ("39", "justice-other"),
    ("41", "foreign-culture-centre"), // 文化：外国在华文化中心
    ("49", "culture-other"),
    ("51", "social-association"),     // 民政：社会团体
    ("52", "private-non-enterprise"), // 民办非企业单位
    ("53", "foundation"),             // 基金会
    ("54", "residents-committee"),    // 居民委员会、村民委员会
    ("59", "civil-affairs-other"),
    ("61", "foreign-tourism-office"), // 旅游：外国旅游部门常驻代表机构
    ("62", "hmt-tourism-office"),     // 港澳台旅游部门常驻内地代表机构
    ("69", "tourism-other"),
    ("71", "religious-site"),   // 宗教活动场所
    ("72", "religious-school"), // 宗教院校
    ("79", "religion-other"),
    ("81", "trade-union"), // 基层工会
    ("89", "trade-union-other"),
    ("91", "enterprise"),          // 市场监管：企业
    ("92", "individual-business"), // 个体工商户
    ("93", "farmers-cooperative"), // 农民专业合作社
    ("A1", "army-institution"),    // 中央军委：军队事业单位
    ("A9", "army-other"),
    ("N1", "village-group-collective"), // 农业：组级集体经济组织
    ("N2", "village-collective"),       // 村级集体经济组织
    ("N3", "township-collective"),      // 乡镇级集体经济组织
    ("N9", "agriculture-other"),
    ("Y1", "other-body"), // 其他
];

/// A unified social credit code with both check characters right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

super::text_code!(CreditCode);

impl CreditCode {
    /// Reads an eighteen-character code in capitals.
    ///
    /// # Errors
    /// `credit-code.seventeen` (one character lost, common in published item lists), `.length`, `.character`,
    /// `.organisation-check` (position 17), `.check` (position 18).
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        expect_length(
            text,
            18,
            if text.chars().count() == 17 { "credit-code.seventeen" } else { "credit-code.length" },
        )?;
        expect_characters(text, "credit-code.character", |index, letter| match index {
            2..8 => letter.is_ascii_digit(),
            _ => ALPHABET.contains(letter),
        })?;
        if organisation_check(&text[8..16]) != text.as_bytes()[16] {
            return Err(CodeFault::new("credit-code.organisation-check"));
        }
        if check_character(&text[..17]) != text.as_bytes()[17] {
            return Err(CodeFault::new("credit-code.check"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Adds both check characters to the first sixteen.
    ///
    /// # Errors
    /// As [`CreditCode::parse`], of what cannot be the beginning of a code.
    pub fn complete(sixteen: &str) -> Result<Self, CodeFault> {
        expect_length(sixteen, 16, "credit-code.length")?;
        expect_characters(sixteen, "credit-code.character", |_, letter| ALPHABET.contains(letter))?;
        let mut code = sixteen.to_owned();
        code.push(char::from(organisation_check(&sixteen[8..])));
        code.push(char::from(check_character(&code)));
        Self::parse(&code)
    }

    /// Position 1: the department that registers (登记管理部门).
    pub fn department(&self) -> &str {
        &self.0[..1]
    }

    /// Position 2: the class of body (机构类别).
    pub fn class(&self) -> &str {
        &self.0[1..2]
    }

    /// What department and class mean together, such as `enterprise` or `individual-business`; `None` when not in the table.
    pub fn body(&self) -> Option<&'static str> {
        BODIES.iter().find(|(pair, _)| *pair == &self.0[..2]).map(|(_, body)| *body)
    }

    /// Positions 3–8: the division of registration. National bodies have `100000`, which is no division.
    pub fn registered_in(&self) -> &str {
        &self.0[2..8]
    }

    /// Positions 9–17: the organisation code (组织机构代码).
    pub fn organisation_code(&self) -> &str {
        &self.0[8..17]
    }

    /// The form shown where the code would point at a person, such as a one-man business: `9244**********C16X`.
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }

    /// What is odd but possible: `credit-code.class` when department and class are not in the standard's table.
    pub fn warnings(&self) -> Vec<CodeFault> {
        match self.body() {
            Some(_) => Vec::new(),
            None => vec![CodeFault::new("credit-code.class").fact("found", &self.0[..2])],
        }
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({})", self.0)
    }
}

fn check_character(seventeen: &str) -> u8 {
    let sum: usize =
        seventeen.chars().zip(WEIGHTS).map(|(letter, weight)| ALPHABET.find(letter).unwrap_or_default() * weight).sum();
    ALPHABET.as_bytes()[(31 - sum % 31) % 31]
}

/// GB 11714: letters count from A = 10 over the whole alphabet, unlike GB 32100 which leaves five letters out.
fn organisation_check(eight: &str) -> u8 {
    let sum: u32 = eight
        .chars()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(letter, weight)| letter.to_digit(36).unwrap_or_default() * weight)
        .sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    }
}
