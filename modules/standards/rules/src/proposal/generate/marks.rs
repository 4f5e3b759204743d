//! 免盖章、免签名: S1 and S2. An electronic seal and an electronic signature are worth the same as those on paper
//! (国务院关于在线政务服务的若干规定第八条、第九条).

use catalog::model::{Item, Medium};

use super::{Found, Ground};
use crate::proposal::Kind;

const SEALS: [&str; 4] = ["加盖公章", "盖章", "加盖单位印章", "公章"];
const SIGNATURES: [&str; 4] = ["签名", "签字", "亲笔", "手写"];
/// What says that it is electronic already.
const ELECTRONIC: [&str; 3] = ["电子签名", "电子印章", "电子签章"];

pub(super) fn of(item: &Item, ground: &Ground<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for row in &item.materials {
        let said = [ground.name(row), row.standard.as_deref().unwrap_or_default()].join(" ");
        let is = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if is(&ELECTRONIC) || row.media == Medium::Electronic {
            continue;
        }
        let make = |kind| Found::new(kind, item, Some(row.id.as_str()), 0).fact("paper", ground.name(row));
        if is(&SEALS) {
            found.push(make(Kind::S1));
        }
        if is(&SIGNATURES) {
            found.push(make(Kind::S2));
        }
    }
    found
}
