//! The inclusion receipt (留痕凭证): what one needs to show, without us, that an application's record was there on a day.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::root::Root;
use super::store;
use super::tree::{self, BLOCK_LEAVES, Hash, Leaf};
use crate::fault::Fault;
use crate::journal;
use crate::vault::sm2::PublicKey;
use crate::vault::{KeyRing, Purpose, Standing};

/// Names the layout.
const FORMAT: &str = "yimen receipt 1";

/// The receipt, as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// `yimen receipt 1`.
    pub format: String,
    /// The application's number, for the reader; the signature does not cover it.
    pub number: String,
    /// The chain: the application's id.
    pub chain: Uuid,
    /// Every row of the chain up to the day.
    pub rows: Vec<ReceiptRow>,
    /// The place of the chain among all chains of the day, from 0.
    pub place: u64,
    /// The hashes beside the way from the chain's leaf to the root, from below.
    #[serde(with = "crate::hexed::hashes")]
    pub path: Vec<Hash>,
    /// The signed root.
    pub root: Root,
    /// The key that signed it, as PEM, for tools that want one.
    pub pem: String,
}

/// One row: its place and the hash over its content and all rows before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// 1, 2, 3.
    pub seq: i64,
    /// Its hash.
    #[serde(with = "crate::hexed::hash")]
    pub hash: Hash,
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptFault {
    /// Another format.
    #[error("this is no receipt of a form known here")]
    Format,
    /// Rows are missing or out of order.
    #[error("its rows are not 1, 2, 3 without gaps")]
    Rows,
    /// Rows, place and path do not lead to the root.
    #[error("its rows and path do not lead to the root")]
    Path,
    /// The root is not signed by the key it names.
    #[error("the root is not signed by the key it names")]
    Signature,
    /// The key is not among those that are trusted.
    #[error("the key is not among the keys that are trusted")]
    UnknownKey,
    /// The key had been revoked by then.
    #[error("the key had been revoked when the day was closed")]
    RevokedKey,
    /// The root kept outside for this day is another one.
    #[error("the root kept outside for this day is another one")]
    OtherRoot,
    /// No root is kept outside for this day.
    #[error("no root is kept outside for this day")]
    NoRoot,
}

/// What a receipt proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The application's number as it stands on the receipt.
    pub number: String,
    /// The chain.
    pub chain: Uuid,
    /// Rows that were there.
    pub rows: u64,
    /// At the end of this day.
    pub day: NaiveDate,
    /// By the word of this key.
    pub key: crate::vault::KeyId,
    /// What is wrong; empty when it holds.
    pub faults: Vec<ReceiptFault>,
}

impl Receipt {
    /// Checks it against itself, and where given against trusted keys and against roots kept outside.
    pub fn check(&self, keys: Option<&KeyRing>, kept: Option<&[Root]>) -> Told {
        let mut faults = Vec::new();
        if self.format != FORMAT {
            faults.push(ReceiptFault::Format);
        }
        if self.rows.is_empty() || !self.rows.iter().zip(1..).all(|(row, seq)| row.seq == seq) {
            faults.push(ReceiptFault::Rows);
        }
        if self.led_to() != Some(self.root.root) {
            faults.push(ReceiptFault::Path);
        }
        if !self.root.is_signed() {
            faults.push(ReceiptFault::Signature);
        }
        if let Some(keys) = keys {
            match keys.standing(self.root.key, &Purpose::JournalRoot, self.root.day) {
                Standing::Good => {}
                Standing::Unknown => faults.push(ReceiptFault::UnknownKey),
                Standing::Revoked => faults.push(ReceiptFault::RevokedKey),
            }
        }
        if let Some(kept) = kept {
            match kept.iter().find(|root| root.day == self.root.day) {
                None => faults.push(ReceiptFault::NoRoot),
                Some(root) if root.statement() != self.root.statement() => faults.push(ReceiptFault::OtherRoot),
                Some(_) => {}
            }
        }
        let rows = self.rows.len() as u64;
        Told { number: self.number.clone(), chain: self.chain, rows, day: self.root.day, key: self.root.key, faults }
    }

    fn led_to(&self) -> Option<Hash> {
        let last = self.rows.last()?;
        let leaf = Leaf { chain: self.chain, seq: last.seq, hash: last.hash };
        tree::led_to(leaf.hashed(), self.place, self.root.chains, &self.path)
    }
}

/// The receipt of a chain for the newest closed day; none when no day has been closed since its first row.
///
/// # Errors
/// [`Fault::Internal`] when the record does not fit its own root: then verifying tells what was touched.
pub async fn receipt(on: &impl ConnectionTrait, chain: Uuid, number: &str) -> Result<Option<Receipt>, Fault> {
    let Some(root) = store::last(on).await? else { return Ok(None) };
    let Some(leaf) = store::leaf_at(on, chain, root.day).await? else { return Ok(None) };
    let (place, path) = way(on, root.day, chain).await?;
    let hashes = journal::store::hashes_up_to(on, chain, leaf.seq).await?;
    let rows = hashes.into_iter().map(|(seq, hash)| ReceiptRow { seq, hash }).collect();
    let pem = PublicKey::from_point(&root.point).map_or_else(String::new, |key| key.pem());
    let receipt = Receipt { format: FORMAT.to_owned(), number: number.to_owned(), chain, rows, place, path, root, pem };
    let told = receipt.check(None, None);
    if told.faults.is_empty() {
        return Ok(Some(receipt));
    }
    Err(Fault::internal(format!("chain {chain} does not fit the root of {}: {:?}", told.day, told.faults)))
}

/// The place of a chain in the tree of a day, and the hashes beside its way to the root.
async fn way(on: &impl ConnectionTrait, day: NaiveDate, chain: Uuid) -> Result<(u64, Vec<Hash>), Fault> {
    let lost = || Fault::internal(format!("chain {chain} is in no block of {day}"));
    let blocks = store::blocks(on, day).await?;
    let block = blocks.partition_point(|(first, _)| *first <= chain).checked_sub(1).ok_or_else(lost)?;
    let end = blocks.get(block + 1).map(|(first, _)| *first);
    let leaves = store::leaves_of_block(on, day, blocks[block].0, end).await?;
    let within = leaves.iter().position(|leaf| leaf.chain == chain).ok_or_else(lost)?;
    let hashed: Vec<Hash> = leaves.iter().map(Leaf::hashed).collect();
    let tops: Vec<Hash> = blocks.iter().map(|(_, hash)| *hash).collect();
    let path = [tree::path(within, &hashed), tree::path(block, &tops)].concat();
    Ok((block as u64 * BLOCK_LEAVES + within as u64, path))
}
