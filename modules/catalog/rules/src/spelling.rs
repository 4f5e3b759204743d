//! "Did you mean": the known word nearest to an unknown one.

/// The candidate nearest to what was written, if any is near enough to be meant.
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = written.chars().take(LONGEST).collect();
    // A third of the letters may be wrong, of two letters one; a single letter is near nothing.
    let mut least = if letters.len() < 2 { 0 } else { (letters.len() / 3).max(1) + 1 };
    let mut best = None;
    for candidate in candidates {
        let distance = distance(&letters, candidate, least);
        if distance < least {
            least = distance;
            best = Some(candidate);
        }
    }
    best
}

/// Ids longer than this are compared by their beginnings only.
const LONGEST: usize = 64;

/// Edits (insert, delete, replace, swap neighbours) between the two, or `enough` when there are at least that many.
fn distance(written: &[char], candidate: &str, enough: usize) -> usize {
    let candidate: Vec<char> = candidate.chars().take(LONGEST).collect();
    if written.len().abs_diff(candidate.len()) >= enough {
        return enough;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=candidate.len()).collect();
    for (row, letter) in written.iter().enumerate() {
        let mut here = vec![row + 1];
        for (column, other) in candidate.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut cost = replaced.min(above[column + 1] + 1).min(here[column] + 1);
            let swapped = row > 0 && column > 0 && *letter == candidate[column - 1] && written[row - 1] == *other;
            if swapped {
                cost = cost.min(before[column - 1] + 1);
            }
            here.push(cost);
        }
        if here.iter().all(|cost| *cost >= enough) {
            return enough;
        }
        before = std::mem::replace(&mut above, here);
    }
    above[candidate.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let words = ["market-chancheng", "health-chancheng", "materials", "statutory"];
        assert_eq!(closest("market-chanchegn", words), Some("market-chancheng"));
        assert_eq!(closest("material", words), Some("materials"));
        assert_eq!(closest("statuory", words), Some("statutory"));
    }

    #[test]
    fn something_else_finds_nothing() {
        assert_eq!(closest("fire", ["market-chancheng", "health-chancheng"]), None);
        assert_eq!(closest("", ["a", "b"]), None);
        assert_eq!(closest("x", ["y"]), None);
    }
}
