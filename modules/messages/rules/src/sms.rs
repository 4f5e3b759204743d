//! What may travel in an SMS (短信), and how long one is. It passes through other hands and lights up on a table: no ID
//! number, no name, no telephone number of a person.

/// Characters of one SMS with Chinese in it (UCS-2, 140 bytes).
const ALONE: usize = 70;
/// Characters of each part of a longer one; the rest of the 140 bytes joins the parts.
const JOINED: usize = 67;
/// Parts an SMS may have.
pub const PARTS_MAX: usize = 3;
/// Characters of a matter's name in an SMS; a longer one is cut.
pub const NAME_CHARS_MAX: usize = 20;

/// In how many parts it is sent and charged. UTF-16 units count: what lies outside the basic plane counts twice.
pub fn parts(text: &str) -> usize {
    let units = text.encode_utf16().count();
    if units <= ALONE { 1 } else { units.div_ceil(JOINED) }
}

/// Why a text may not be sent as an SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Something in it looks like an ID number or a mobile number.
    Personal,
    /// It has too many parts.
    Long,
}

/// Holds a finished text against the rules. The words are the house's own, but facts are filled into them.
///
/// # Errors
/// [`Unfit`]
pub fn check(text: &str) -> Result<(), Unfit> {
    if names_a_person(text) {
        return Err(Unfit::Personal);
    }
    if parts(text) > PARTS_MAX { Err(Unfit::Long) } else { Ok(()) }
}

/// A run of eighteen or fifteen digits (the last of which may be an X), or eleven that begin with 1.
fn names_a_person(text: &str) -> bool {
    let runs = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    runs.into_iter().any(|run| {
        let digits = run.trim_end_matches(['x', 'X']);
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        all && (matches!(run.len(), 15 | 18) || run.len() == 11 && run.starts_with('1'))
    })
}

/// A name as long as it may be: 开办餐饮店, or its beginning and a sign that it goes on.
pub fn short(name: &str) -> String {
    if name.chars().count() <= NAME_CHARS_MAX {
        return name.to_owned();
    }
    let beginning: String = name.chars().take(NAME_CHARS_MAX - 1).collect();
    format!("{beginning}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sms_is_counted_as_it_is_charged() {
        for (characters, expected) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)] {
            assert_eq!(parts(&"字".repeat(characters)), expected, "{characters}");
        }
        assert_eq!(parts(&"𠮷".repeat(36)), 2, "outside the basic plane a character counts twice");
    }

    #[test]
    fn what_looks_like_a_person_does_not_travel() {
        for text in ["身份证440604199003120012", "号码11010519491231002X。", "电话19912345678", "旧证号130503670401001"]
        {
            assert_eq!(check(text), Err(Unfit::Personal), "{text}");
        }
        for text in ["编号尾号012345", "咨询0757-82345678", "请打12345", "2026年3月2日前", "编号YM4406042026000012"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(check(&"字".repeat(202)), Err(Unfit::Long));
    }

    #[test]
    fn long_names_are_cut_with_a_sign() {
        assert_eq!(short("开办餐饮店"), "开办餐饮店");
        assert_eq!(short(&"长".repeat(21)), format!("{}…", "长".repeat(19)));
    }
}
