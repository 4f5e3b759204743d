//! From the item's fees and the form to what is owed (计费).
//!
//! A fee is charged only on a clear yes. Where its condition cannot be told it is not charged and the elements that are
//! missing are named; where an exemption cannot be told the fee is charged, and the same is said, so that the window can
//! ask for the proof.

use catalog::compile::FeeRules;
use catalog::condition::{Condition, Verdict};
use catalog::model::{Collect, Fee, GiveBack, Item, ShortCitation};
use kernel::value::Facts;
use serde::{Deserialize, Serialize};

/// Pieces of one fee at most: nobody registers more, and a slip of the pen shall not make a bill of millions.
const COUNT_MAX: i64 = 10_000;

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    /// 收费标准 in words, where the item gives some.
    pub standard: Option<String>,
    pub basis: Option<ShortCitation>,
    pub unit_fen: i64,
    pub unit: Option<String>,
    pub count: i64,
    /// What is owed after everything that is let off.
    pub fen: i64,
    pub let_off: Option<LetOff>,
    /// 执收单位.
    pub payee: String,
    pub give_back: Vec<GiveBack>,
}

/// 减免: which rule, and how much of the line it took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetOff {
    pub text: String,
    pub basis: Option<String>,
    pub fen: i64,
}

/// What is owed, and what could not be told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    pub lines: Vec<Line>,
    /// Elements that are missing to tell whether a fee or an exemption applies.
    pub doubts: Vec<String>,
}

/// Works out the fees of an item that are due at this stage. `rules` is parallel to the item's fees.
pub fn assess(item: &Item, rules: &[FeeRules], form: &Facts, stage: Collect) -> Assessment {
    let none = FeeRules::default();
    let mut assessed = Assessment::default();
    for (row, fee) in item.fees.iter().enumerate().filter(|(_, fee)| fee.collect == stage) {
        let Some(unit_fen) = fee.amount_fen.filter(|fen| *fen > 0) else { continue };
        let rules = rules.get(row).unwrap_or(&none);
        if !applies(fee.when.is_some(), rules.when.as_ref(), form, &mut assessed.doubts) {
            continue;
        }
        let Some(count) = count(fee, form, &mut assessed.doubts) else { continue };
        if count > 0 {
            assessed.lines.push(line(item, fee, rules, form, (unit_fen, count), &mut assessed.doubts));
        }
    }
    assessed.doubts.sort();
    assessed.doubts.dedup();
    assessed
}

/// What these lines come to.
pub fn total(lines: &[Line]) -> i64 {
    lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.fen))
}

fn applies(asked: bool, when: Option<&Condition>, form: &Facts, doubts: &mut Vec<String>) -> bool {
    match when.map(|when| when.judge(form)) {
        None => !asked,
        Some(Verdict::Yes) => true,
        Some(Verdict::No) => false,
        Some(Verdict::CannotTell { missing }) => {
            doubts.extend(missing.iter().map(ToString::to_string));
            false
        }
    }
}

/// How many pieces are charged; none where the number is not known.
fn count(fee: &Fee, form: &Facts, doubts: &mut Vec<String>) -> Option<i64> {
    let Some(element) = &fee.count else { return Some(1) };
    let number = form.get(element.as_str()).and_then(|value| value.as_number());
    let Some(number) = number.filter(|number| number.is_finite() && *number >= 0.0) else {
        doubts.push(element.to_string());
        return None;
    };
    let whole = number.ceil().min(COUNT_MAX as f64) as i64;
    Some((whole - i64::from(fee.free)).max(0))
}

fn line(
    item: &Item,
    fee: &Fee,
    rules: &FeeRules,
    form: &Facts,
    (unit_fen, count): (i64, i64),
    doubts: &mut Vec<String>,
) -> Line {
    let whole = unit_fen.saturating_mul(count);
    let mut best: Option<LetOff> = None;
    for (exemption, when) in fee.exemptions.iter().zip(&rules.exemptions) {
        if !applies(true, when.as_ref(), form, doubts) {
            continue;
        }
        let percent = i64::from(exemption.percent.min(100));
        // Parts of a fen that remain are left to the payer.
        let fen = whole - i64::try_from(i128::from(whole) * i128::from(100 - percent) / 100).unwrap_or(whole);
        if best.as_ref().is_none_or(|best| best.fen < fen) {
            let basis = exemption.basis.as_ref().map(cited);
            best = Some(LetOff { text: exemption.text.clone(), basis, fen });
        }
    }
    Line {
        name: fee.name.clone(),
        standard: fee.standard.clone(),
        basis: fee.basis.clone(),
        unit_fen,
        unit: fee.unit.clone(),
        count,
        fen: whole - best.as_ref().map_or(0, |let_off| let_off.fen),
        let_off: best,
        payee: fee.payee.as_ref().unwrap_or(&item.authority).to_string(),
        give_back: fee.give_back.clone(),
    }
}

/// 《中华人民共和国居民身份证法》第二十一条
fn cited(basis: &ShortCitation) -> String {
    format!("《{}》{}", basis.law, basis.article)
}

impl Line {
    /// Its basis as notices and pages print it.
    pub fn basis_words(&self) -> String {
        self.basis.as_ref().map(cited).unwrap_or_default()
    }
}
