//! What of a person's particulars may be seen in lists (脱敏). The whole is shown only with a purpose on record.

/// A name with all but its first character hidden: `张*`, `张**`. At most two stars, so that the length of a
/// long name is hidden too.
pub fn mask_name(name: &str) -> String {
    let mut letters = name.trim().chars();
    match letters.next() {
        None => String::new(),
        Some(first) => format!("{first}{}", "*".repeat(letters.count().clamp(1, 2))),
    }
}

/// A telephone number: `138****1234` for mobiles, the last four digits and the area code for others
/// (`0757-****5678`). Fewer than seven digits are hidden wholly.
pub fn mask_phone(phone: &str) -> String {
    let phone = phone.trim();
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 {
        return "*".repeat(phone.chars().count());
    }
    let last = &digits[digits.len() - 4..];
    if digits.len() == 11 && digits.starts_with('1') {
        return format!("{}****{last}", &digits[..3]);
    }
    match phone.split_once('-') {
        Some((area, _)) if area.starts_with('0') && area.len() <= 4 => format!("{area}-****{last}"),
        _ => format!("****{last}"),
    }
}
