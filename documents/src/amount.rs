//! Sums of money in words (大写), as a payer can check and nobody can alter.

use kernel::money::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// 壹仟贰佰捌拾元整, 叁角伍分. Refunds are written with 负.
pub(crate) fn capital(amount: Money) -> String {
    let fen = amount.fen().unsigned_abs();
    let (yuan, jiao, cents) = (fen / 100, (fen / 10) % 10, fen % 10);
    let mut words = String::new();
    if amount.fen() < 0 {
        words.push('负');
    }
    if yuan > 0 || fen == 0 {
        words += &whole(yuan);
        words.push('元');
    }
    match (jiao, cents) {
        (0, 0) => words.push('整'),
        (0, cents) => {
            if yuan > 0 {
                words.push('零');
            }
            words.push(digit(cents));
            words.push('分');
        }
        (jiao, cents) => {
            words.push(digit(jiao));
            words.push('角');
            if cents > 0 {
                words.push(digit(cents));
                words.push('分');
            } else {
                words.push('整');
            }
        }
    }
    words
}

fn digit(value: u64) -> char {
    DIGITS[usize::try_from(value % 10).unwrap_or(0)]
}

/// A whole number: groups of four places, a single 零 for any run of them inside.
fn whole(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut words = String::new();
    let mut gap = false;
    for group in (0..GROUPS.len()).rev() {
        let part = (number / 10_u64.pow(4 * u32::try_from(group).unwrap_or(0))) % 10_000;
        if part == 0 {
            gap = !words.is_empty();
            continue;
        }
        for place in (0..4_u32).rev() {
            let value = (part / 10_u64.pow(place)) % 10;
            if value == 0 {
                gap |= !words.is_empty();
                continue;
            }
            if gap {
                words.push('零');
                gap = false;
            }
            words.push(digit(value));
            words += PLACES[place as usize];
        }
        // Zeros at the end of a group are not said: 壹万元, not 壹万零元; before the next group's digit they are.
        words += GROUPS[group];
        gap &= part.is_multiple_of(10);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_words_are_those_a_cashier_writes() {
        for (fen, words) in [
            (0, "零元整"),
            (100, "壹元整"),
            (1_000, "壹拾元整"),
            (10_500, "壹佰零伍元整"),
            (128_000, "壹仟贰佰捌拾元整"),
            (1_000_000, "壹万元整"),
            (1_000_500, "壹万零伍元整"),
            (1_010_000, "壹万零壹佰元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_050_000, "壹亿零伍佰元整"),
            (35, "叁角伍分"),
            (30, "叁角整"),
            (1_205, "壹拾贰元零伍分"),
            (1_230, "壹拾贰元叁角整"),
            (-500, "负伍元整"),
        ] {
            assert_eq!(capital(Money(fen)), words, "{fen}");
        }
    }
}
