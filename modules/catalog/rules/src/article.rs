//! How articles of laws are numbered (条款号): 第四条, 第4条, 第四条第二款第（一）项, 第一百二十条之一.

/// The article of a longer citation: 第四条 of 第四条第二款第（一）项, and of 第四条之一 all of it.
pub(crate) fn base(article: &str) -> Option<&str> {
    let article = article.trim();
    let rest = article.strip_prefix('第')?;
    let end = rest.find('条')?;
    let number = &rest[..end];
    if number.is_empty() || !number.chars().all(|letter| letter.is_ascii_digit() || NUMERALS.contains(letter)) {
        return None;
    }
    let mut after = '第'.len_utf8() + end + '条'.len_utf8();
    if let Some(inserted) = article[after..].strip_prefix('之') {
        let digits = inserted.find(|letter| !NUMERALS.contains(letter)).unwrap_or(inserted.len());
        after += '之'.len_utf8() + digits;
    }
    let tail = &article[after..];
    let clauses = tail.chars().all(|letter| "第款项目（）()".contains(letter) || NUMERALS.contains(letter));
    (clauses && !tail.contains('条')).then_some(&article[..after])
}

const NUMERALS: &str = "〇零一二三四五六七八九十百千";

/// Articles compare without spaces and whether numbered in Chinese or in digits.
pub(crate) fn key(article: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in article.chars().filter(|letter| !letter.is_whitespace()).chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&digits.parse().map_or_else(|_| digits.clone(), numeral));
            digits.clear();
        }
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

/// A number up to 9,999 as articles are numbered: 十二, 一百零三.
fn numeral(number: u16) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (worth, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / worth % 10;
        if digit == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十二, not 一十二, when nothing stands before it.
        if !(worth == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(unit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base, key, numeral};

    #[test]
    fn clauses_lead_back_to_their_article() {
        assert_eq!(base("第四条"), Some("第四条"));
        assert_eq!(base("第四条第二款第（一）项"), Some("第四条"));
        assert_eq!(base("第一百二十条之一第一款"), Some("第一百二十条之一"));
        assert_eq!(base("第4条"), Some("第4条"));
        for wrong in ["四条", "第条", "第四条、第八条", "第四款", "全文", ""] {
            assert_eq!(base(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn digits_and_numerals_are_the_same_number() {
        assert_eq!(key("第 12 条"), key("第十二条"));
        assert_eq!(numeral(10), "十");
        assert_eq!(numeral(103), "一百零三");
        assert_eq!(numeral(120), "一百二十");
        assert_eq!(numeral(1010), "一千零一十");
    }
}
