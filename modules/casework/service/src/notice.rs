//! Notices (文书): made by the acts that cause them, in their transaction, with a number without gaps.
//!
//! `forms` fills a form in from an event, `issue` numbers and keeps what was made. Which event brings which notice is said
//! in [`casework::notices_of`]; how a notice looks, in the crate `documents`.

pub(crate) mod forms;
pub(crate) mod issue;
pub(crate) mod opening;

kernel::typed_id! {
    /// One notice.
    pub NoticeId;
}

/// The record: notices were issued, or one was made void.
pub(crate) const NOTICES_ISSUED: &str = "casework.notices-issued";
pub(crate) const NOTICE_VOIDED: &str = "casework.notice-voided";

/// The code on a notice as somebody typed it from paper: capitals, without blanks and dashes, letters that are easily
/// mistaken read as the digits they look like.
pub(crate) fn typed_code(typed: &str) -> String {
    let letters =
        typed.chars().filter(|letter| letter.is_ascii_alphanumeric()).map(|letter| letter.to_ascii_uppercase());
    letters
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(typed_code(" k7mp-x4qh 92td–3fwo "), "K7MPX4QH92TD3FW0");
    }
}
