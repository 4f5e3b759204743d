//! What a password must be (口令强度): long enough, of several kinds of characters or longer still, and not to be guessed
//! from the account. The kinds follow the usual reading of GB/T 22239 (网络安全等级保护基本要求), 身份鉴别.

/// Fewest characters.
pub const CHARS_MIN: usize = 10;
/// From this length on, one kind of characters is enough: a sentence is harder to guess than a mixture.
pub const CHARS_PLAIN: usize = 16;
/// Most characters; hashing must not be a burden somebody can choose.
pub const CHARS_MAX: usize = 64;
/// Kinds of characters a short one needs: small letters, capitals, digits, others.
pub const KINDS_MIN: usize = 3;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    TooPlain,
    /// The account's name stands in it.
    HoldsLogin,
    /// It is the one accounts are loaded with.
    WellKnown,
}

impl Weakness {
    /// The key of its words below `field`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::TooPlain => "password-too-plain",
            Self::HoldsLogin => "password-holds-login",
            Self::WellKnown => "password-well-known",
        }
    }
}

/// What is wrong with a password for the account of this login; the first thing only, so that it can be said in one
/// line. `well_known` is the password accounts are loaded with.
pub fn weakness(password: &str, login: &str, well_known: &str) -> Option<Weakness> {
    let chars = password.chars().count();
    if chars < CHARS_MIN {
        Some(Weakness::TooShort)
    } else if chars > CHARS_MAX {
        Some(Weakness::TooLong)
    } else if password == well_known {
        Some(Weakness::WellKnown)
    } else if !login.is_empty() && password.to_lowercase().contains(&login.to_lowercase()) {
        Some(Weakness::HoldsLogin)
    } else if chars < CHARS_PLAIN && kinds(password) < KINDS_MIN || distinct(password) < 5 {
        Some(Weakness::TooPlain)
    } else {
        None
    }
}

fn kinds(password: &str) -> usize {
    let is_other = |c: char| !c.is_ascii_alphanumeric();
    let kinds: [fn(char) -> bool; 3] = [|c| c.is_ascii_lowercase(), |c| c.is_ascii_uppercase(), |c| c.is_ascii_digit()];
    kinds.iter().filter(|kind| password.chars().any(**kind)).count() + usize::from(password.chars().any(is_other))
}

/// How many characters differ: ten times the same is none.
fn distinct(password: &str) -> usize {
    password.chars().collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_taken_or_not_for_the_first_reason() {
        for (password, said) in [
            ("Zumiao7Bridge", None),
            ("zumiao-bridge7", None),
            ("lanterns by the river", None),
            ("祖庙Lantern10", None),
            ("Ab1-efghi", Some(Weakness::TooShort)),
            ("abcdefghij", Some(Weakness::TooPlain)),
            ("abcdefghi1", Some(Weakness::TooPlain)),
            ("Aa1Aa1Aa1Aa1", Some(Weakness::TooPlain)),
            ("aaaaaaaaaaaaaaaaaaaa", Some(Weakness::TooPlain)),
            ("Clerk1-of-the-hall", Some(Weakness::HoldsLogin)),
            ("yimen-2026", Some(Weakness::WellKnown)),
        ] {
            assert_eq!(weakness(password, "clerk1", "yimen-2026"), said, "{password}");
        }
        assert_eq!(weakness(&"Ab1-".repeat(17), "clerk1", "yimen-2026"), Some(Weakness::TooLong));
    }
}
