//! A set of the items of one theme, as the bits of one word: asking, joining and copying it costs nothing, which is
//! what lets a plan be worked out again on every answer.

/// Which items of a theme. The number of an item is its place in the theme file, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ItemSet(u64);

impl ItemSet {
    /// How many items one theme may hold. The longest theme of the national list has 17.
    pub const LIMIT: usize = 64;

    /// Nothing.
    pub const EMPTY: Self = Self(0);

    /// Only this one.
    pub fn only(item: usize) -> Self {
        debug_assert!(item < Self::LIMIT);
        Self(1 << item)
    }

    /// Adds one.
    pub fn insert(&mut self, item: usize) {
        *self = self.union(Self::only(item));
    }

    /// Takes one out.
    pub fn remove(&mut self, item: usize) {
        self.0 &= !Self::only(item).0;
    }

    /// Whether this one is in it.
    pub fn contains(self, item: usize) -> bool {
        item < Self::LIMIT && self.0 & (1 << item) != 0
    }

    /// All of both.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in both.
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether each of these is also in the other.
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it holds none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Their numbers, in the order of the theme file.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let item = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                item
            })
        })
    }
}

impl FromIterator<usize> for ItemSet {
    fn from_iter<I: IntoIterator<Item = usize>>(items: I) -> Self {
        items.into_iter().fold(Self::EMPTY, |set, item| set.union(Self::only(item)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in_and_gives_it_back_in_order() {
        let mut set: ItemSet = [5, 63, 0].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 5, 63]);
        assert_eq!(set.len(), 3);
        set.remove(5);
        assert!(!set.contains(5) && set.contains(63) && !set.contains(64));
        assert!(set.is_subset([0, 1, 63].into_iter().collect()));
        assert!(!set.is_subset(ItemSet::only(0)));
    }
}
