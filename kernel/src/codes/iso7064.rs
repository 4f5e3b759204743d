//! The hybrid check systems of ISO 7064 (GB/T 17710): MOD 11,10 over digits and MOD 37,36 over digits and letters.
//!
//! Both catch every single wrong character and nearly every swap of two neighbours.
//! Project codes and our own counter numbers use MOD 11,10; licence identifiers use MOD 37,36.

const CHARACTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The check digit of MOD 11,10 for a string of decimal digits; `None` when another character is in it.
///
/// ```
/// assert_eq!(kernel::codes::iso7064::mod_11_10("2603141124890534694"), Some('8'));
/// ```
pub fn mod_11_10(digits: &str) -> Option<char> {
    hybrid(digits, 10)
}

/// The check character of MOD 37,36 for digits and capital letters; `None` when another character is in it.
pub fn mod_37_36(text: &str) -> Option<char> {
    hybrid(text, 36)
}

/// The recursion of ISO 7064, clause "hybrid systems", with modulus `m + 1` and `m`.
fn hybrid(text: &str, m: u32) -> Option<char> {
    let mut product = m;
    for letter in text.chars() {
        if letter.is_ascii_lowercase() {
            return None;
        }
        let value = letter.to_digit(m)?;
        let sum = match (product + value) % m {
            0 => m,
            sum => sum,
        };
        product = sum * 2 % (m + 1);
    }
    let check = (m + 1 - product) % m;
    Some(char::from(CHARACTERS[check as usize]))
}
