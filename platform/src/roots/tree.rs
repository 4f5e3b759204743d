//! The tree over all chains of a day: SM3, shaped as in RFC 6962 and RFC 9162, with other bytes before what is hashed.
//!
//! ```text
//! leaf  = SM3(00 ‖ "yimen leaf 1" ‖ chain (16 bytes) ‖ seq (8 bytes, big endian) ‖ hash of that row (32 bytes))
//! node  = SM3(01 ‖ left (32) ‖ right (32))
//! empty = SM3()
//! ```
//!
//! Leaves stand in the order of the chains' 16 bytes. A leaf and a node begin with different bytes, so neither can be
//! passed off as the other. A [`Builder`] needs one hash for every bit of the number of leaves, however many there are.

use sm3::{Digest, Sm3};
use uuid::Uuid;

/// A hash.
pub type Hash = [u8; 32];

/// Levels of a block: 1,024 leaves. The hashes of whole blocks are kept, so that a path needs one block's leaves only.
const BLOCK_LEVELS: u32 = 10;
/// Leaves of a block.
pub(crate) const BLOCK_LEAVES: u64 = 1 << BLOCK_LEVELS;

/// Names the layout of a leaf.
const LEAF: &[u8] = b"yimen leaf 1";

/// Where a chain stood when a day was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The chain.
    pub chain: Uuid,
    /// Its last row of the day.
    pub seq: i64,
    /// That row's hash.
    pub hash: Hash,
}

impl Leaf {
    /// As it stands in the tree.
    pub fn hashed(&self) -> Hash {
        let sm3 = Sm3::new_with_prefix([0]).chain_update(LEAF).chain_update(self.chain.as_bytes());
        sm3.chain_update(self.seq.to_be_bytes()).chain_update(self.hash).finalize().into()
    }
}

/// Two subtrees as one.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sm3::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A tree that grows leaf by leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Builder {
    count: u64,
    /// Roots of whole subtrees, the largest first; one for each bit of `count`.
    peaks: Vec<Hash>,
}

impl Builder {
    /// Adds a hashed leaf; gives the hash of the block that it completes.
    pub(crate) fn push(&mut self, leaf: Hash) -> Option<Hash> {
        self.grow(leaf, |_, left, right| node(left, right))
    }

    /// As [`Builder::push`], for trees that are mostly alike.
    pub(crate) fn push_alike(&mut self, leaf: Hash, joined: &mut Joined) {
        self.grow(leaf, |level, left, right| joined.node(level, left, right));
    }

    fn grow(&mut self, leaf: Hash, mut join: impl FnMut(usize, &Hash, &Hash) -> Hash) -> Option<Hash> {
        let (mut hash, mut block) = (leaf, None);
        for level in 0.. {
            if level == BLOCK_LEVELS {
                block = Some(hash);
            }
            if self.count >> level & 1 == 0 {
                break;
            }
            hash = self.peaks.pop().map_or(hash, |left| join(level as usize, &left, &hash));
        }
        self.peaks.push(hash);
        self.count += 1;
        block
    }

    /// Leaves so far.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The hash over everything so far.
    pub(crate) fn root(&self) -> Hash {
        together(&self.peaks).unwrap_or_else(|| Sm3::digest([]).into())
    }

    /// The hash over the leaves since the last whole block, if there are any.
    pub(crate) fn rest(&self) -> Option<Hash> {
        let peaks = (self.count % BLOCK_LEAVES).count_ones() as usize;
        together(&self.peaks[self.peaks.len() - peaks..])
    }

    /// Whether the next leaf begins a block.
    pub(crate) fn begins_block(&self) -> bool {
        self.count.is_multiple_of(BLOCK_LEAVES)
    }

    /// As bytes, to go on later.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        [&self.count.to_be_bytes()[..], &self.peaks.concat()].concat()
    }

    /// What [`Builder::to_bytes`] gave.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<8>()?;
        let (peaks, []) = rest.as_chunks::<32>() else { return None };
        let count = u64::from_be_bytes(*count);
        (peaks.len() == count.count_ones() as usize).then(|| Self { count, peaks: peaks.to_vec() })
    }
}

/// What was joined last on each level. The trees of neighbouring days differ in few places, so the same two hashes are
/// mostly joined once for every day; comparing them costs a fiftieth of hashing them.
#[derive(Default)]
pub(crate) struct Joined(Vec<[Hash; 3]>);

impl Joined {
    fn node(&mut self, level: usize, left: &Hash, right: &Hash) -> Hash {
        if let Some([known_left, known_right, known]) = self.0.get(level)
            && (known_left, known_right) == (left, right)
        {
            return *known;
        }
        let hash = node(left, right);
        // Before anything was joined on a level, its place holds hashes that nothing has.
        self.0.resize(self.0.len().max(level + 1), [[0xff; 32]; 3]);
        self.0[level] = [*left, *right, hash];
        hash
    }
}

fn together(peaks: &[Hash]) -> Option<Hash> {
    let (last, others) = peaks.split_last()?;
    Some(others.iter().rfold(*last, |right, left| node(left, &right)))
}

/// The root over these hashes.
pub(crate) fn root(hashes: &[Hash]) -> Hash {
    let mut builder = Builder::default();
    for hash in hashes {
        builder.push(*hash);
    }
    builder.root()
}

/// The hashes beside the way from the hash at `place` to the root, from below.
pub(crate) fn path(place: usize, hashes: &[Hash]) -> Vec<Hash> {
    if hashes.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = hashes.split_at(1 << (hashes.len() - 1).ilog2());
    let (mut below, beside) = match place.checked_sub(left.len()) {
        None => (path(place, left), root(right)),
        Some(place) => (path(place, right), root(left)),
    };
    below.push(beside);
    below
}

/// The root to which a path leads from the leaf at `place` of `count`; nothing when the path is too long or too short
/// (RFC 9162, section 2.1.3.2).
pub fn led_to(leaf: Hash, place: u64, count: u64, path: &[Hash]) -> Option<Hash> {
    let (mut at, mut last) = (place, count.checked_sub(1).filter(|last| place <= *last)?);
    let mut hash = leaf;
    for beside in path {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            hash = node(beside, &hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node(&hash, beside);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(count: u64) -> Vec<Hash> {
        (0..count).map(|n| Sm3::digest(n.to_be_bytes()).into()).collect()
    }

    /// The definition of RFC 6962, section 2.1, word for word.
    fn by_definition(hashes: &[Hash]) -> Hash {
        match hashes {
            [] => Sm3::digest([]).into(),
            [one] => *one,
            _ => {
                let (left, right) = hashes.split_at(1 << (hashes.len() - 1).ilog2());
                node(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn growing_gives_what_the_definition_gives() {
        let mut builder = Builder::default();
        for (count, hash) in (1..).zip(hashes(130)) {
            builder.push(hash);
            assert_eq!(builder.root(), by_definition(&hashes(count)), "{count} leaves");
        }
        assert_eq!(Builder::default().root(), by_definition(&[]));
    }

    #[test]
    fn every_path_leads_to_the_root_and_no_other_does() {
        for count in 1..40 {
            let hashes = hashes(count);
            for place in 0..count {
                let path = path(place as usize, &hashes);
                let leaf = hashes[place as usize];
                assert_eq!(led_to(leaf, place, count, &path), Some(root(&hashes)), "{place} of {count}");
                assert_ne!(
                    led_to(hashes[(place as usize + 1) % hashes.len()], place, count, &path),
                    Some(root(&hashes)).filter(|_| count > 1)
                );
                let longer = [&path[..], &[leaf]].concat();
                assert_eq!(led_to(leaf, place, count, &longer), None);
                if let Some((_, shorter)) = path.split_last() {
                    assert_ne!(led_to(leaf, place, count, shorter), Some(root(&hashes)));
                }
            }
            assert_eq!(led_to(hashes[0], count, count, &[]), None);
        }
        assert_eq!(led_to([0; 32], 0, 0, &[]), None);
    }

    #[test]
    fn blocks_are_told_and_a_tree_over_blocks_is_the_same_tree() {
        for count in [1, BLOCK_LEAVES - 1, BLOCK_LEAVES, BLOCK_LEAVES + 1, 3 * BLOCK_LEAVES + 700] {
            let mut builder = Builder::default();
            let mut blocks: Vec<Hash> = hashes(count).into_iter().filter_map(|hash| builder.push(hash)).collect();
            assert_eq!(blocks.len() as u64, count / BLOCK_LEAVES);
            blocks.extend(builder.rest());
            assert_eq!(root(&blocks), builder.root(), "{count} leaves");
        }
    }

    #[test]
    fn trees_that_are_mostly_alike_grow_as_each_would_alone() {
        let mut joined = Joined::default();
        let mut trees = vec![(Builder::default(), Builder::default()); 5];
        for (at, hash) in hashes(600).into_iter().enumerate() {
            for (day, (alike, alone)) in trees.iter_mut().enumerate() {
                // One tree lacks a leaf now and then, another has another one.
                if day == 1 && at % 90 == 7 {
                    continue;
                }
                let leaf = if day == 2 && at % 50 == 3 { [day as u8; 32] } else { hash };
                alike.push_alike(leaf, &mut joined);
                alone.push(leaf);
            }
        }
        assert!(trees.iter().all(|(alike, alone)| alike == alone));
    }

    #[test]
    fn an_interrupted_tree_goes_on() {
        let mut one = Builder::default();
        for hash in hashes(77) {
            one = Builder::from_bytes(&one.to_bytes()).unwrap();
            one.push(hash);
        }
        assert_eq!(one.root(), by_definition(&hashes(77)));
        assert!(Builder::from_bytes(&one.to_bytes()[1..]).is_none());
    }

    #[test]
    fn the_layout_of_the_hashed_bytes_has_not_changed() {
        let leaf = Leaf { chain: Uuid::from_u128(1), seq: 2, hash: [3; 32] };
        let tree = node(&leaf.hashed(), &[4; 32]);
        // Computed by OpenSSL over the layout described above.
        assert_eq!(hex::encode(leaf.hashed()), "53a11b1cc4a1338d272677cfab4b2ed3c07f930580713ec8c4daacbbe2a64a5d");
        assert_eq!(hex::encode(tree), "2f80320b0bc5ba977c62255c8f5165496f7183629c7d9f0d6da3e4f2cad0fc83");
        assert_eq!(
            hex::encode(Builder::default().root()),
            "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
        );
    }
}
