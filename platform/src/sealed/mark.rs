//! Blind indexes (盲索引): `KEY.HMAC`, HMAC-SM3 under a key of its own over the column's name and the tidied value.
//!
//! The name of the column goes in, so that the same number in two tables has two marks and cannot be joined by them.

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;

use crate::vault::KeyId;

/// Digits of a mark: 128 bits, far beyond chance among all people there are.
const DIGITS: usize = 32;
/// Digits of the key's id in front; they only tell old marks from new ones.
const KEY_DIGITS: usize = 8;

/// A key that marks.
#[derive(Clone)]
pub(super) struct Marker {
    pub(super) id: KeyId,
    hmac: Hmac<Sm3>,
}

impl Marker {
    /// The key of these bytes.
    pub(super) fn new(id: KeyId, bytes: &[u8]) -> Option<Self> {
        Some(Self { id, hmac: Hmac::new_from_slice(bytes).ok()? })
    }

    /// The mark of a value in a column, `table.column`.
    pub(super) fn mark(&self, column: &str, value: &str) -> String {
        let mut hmac = self.hmac.clone();
        for part in ["yimen mark 1", column, value] {
            hmac.update(&(part.len() as u64).to_be_bytes());
            hmac.update(part.as_bytes());
        }
        let mut digits = hex::encode(hmac.finalize().into_bytes());
        digits.truncate(DIGITS);
        beginning(self.id) + &digits
    }
}

/// The beginning of all marks of this key, for `LIKE`.
pub(super) fn beginning(key: KeyId) -> String {
    let mut id = key.to_string();
    id.truncate(KEY_DIGITS);
    id + "."
}

/// A number as it is looked up: without blanks and dashes, letters large.
pub fn tidy_number(number: &str) -> String {
    number.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>().to_ascii_uppercase()
}

/// A name as it is looked up: without blanks and the dots between parts of a foreign or minority name (间隔号), which
/// people leave out or write in several ways.
pub fn tidy_name(name: &str) -> String {
    const DOTS: [char; 4] = ['·', '•', '・', '‧'];
    name.chars().filter(|letter| !letter.is_whitespace() && !DOTS.contains(letter)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_in_several_ways_is_one_value() {
        assert_eq!(tidy_number(" 11010519491231002x "), "11010519491231002X");
        assert_eq!(tidy_number("138 0013-8000"), "13800138000");
        assert_eq!(tidy_name("阿卜杜·热合曼"), tidy_name("阿卜杜 热合曼"));
        assert_ne!(tidy_name("张三"), tidy_name("张四"));
    }

    #[test]
    fn a_mark_belongs_to_its_key_column_and_value() {
        let marker = |byte| Marker::new(KeyId::none(), &[byte; 32]).unwrap();
        let mark = marker(1).mark("t.c", "v");
        assert_eq!(mark, marker(1).mark("t.c", "v"));
        for other in [marker(2).mark("t.c", "v"), marker(1).mark("t.d", "v"), marker(1).mark("t.c", "w")] {
            assert_ne!(mark, other);
        }
        assert_ne!(marker(1).mark("t", "cv"), marker(1).mark("tc", "v"), "parts do not run into each other");
    }
}
