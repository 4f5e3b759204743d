//! Numbers, money and sizes in words.

/// 12,934: groups of three, as official statistics print them.
#[must_use]
pub fn count(n: impl Into<i128>) -> String {
    let n: i128 = n.into();
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if n < 0 { format!("-{text}") } else { text }
}

/// At most two decimals, none when whole: 86.5, 120.
#[must_use]
pub fn decimal(n: f64) -> String {
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Money from 分: 1,200元, 35.50元, 不收费.
#[must_use]
pub fn money(fen: i64) -> String {
    if fen == 0 {
        return "不收费".into();
    }
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{}元", count(yuan)) } else { format!("{sign}{}.{rest:02}元", count(yuan)) }
}

/// A share as a whole per cent: 64%. Nothing out of nothing is —.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".into();
    }
    format!("{}%", (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2))
}

/// Size of a file: 840 KB, 2.4 MB.
#[must_use]
pub fn bytes(n: u64) -> String {
    const KB: u64 = 1024;
    match n {
        0..KB => format!("{n} 字节"),
        n if n < KB * KB => format!("{} KB", n.div_ceil(KB)),
        n => format!("{}.{} MB", n / (KB * KB), n % (KB * KB) * 10 / (KB * KB)),
    }
}

/// How wide a text is, in Chinese characters; Latin letters, digits and ASCII signs count half.
#[must_use]
pub fn width(text: &str) -> f32 {
    text.chars().map(|c| if (c as u32) < 0x2E80 && c != '—' && c != '…' { 0.55 } else { 1.0 }).sum()
}

/// The text, cut with … when it is wider than `most` Chinese characters.
#[must_use]
pub fn clip(text: &str, most: f32) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if width(&cut) + width(c.encode_utf8(&mut [0; 4])) + 1.0 > most {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_the_hall_prints_them() {
        assert_eq!(
            ["0", "999", "12,934", "650,000,000", "-1,000"],
            [0, 999, 12_934, 650_000_000, -1000].map(count).each_ref().map(String::as_str)
        );
        assert_eq!([decimal(86.5), decimal(120.0), decimal(-0.001)], ["86.5", "120", "0"]);
        assert_eq!([money(0), money(120_000), money(3550), money(-5)], ["不收费", "1,200元", "35.50元", "-0.05元"]);
        assert_eq!([percent(9, 14), percent(0, 0), percent(1, 200)], ["64%", "—", "1%"]);
        assert_eq!([bytes(12), bytes(860_000), bytes(2_520_000)], ["12 字节", "840 KB", "2.4 MB"]);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(clip("食品经营许可", 6.0), "食品经营许可");
        assert_eq!(clip("公共场所卫生许可（新办·理发店）", 8.0), "公共场所卫生许…");
        assert!(width("A厅") < width("甲厅"));
    }
}
