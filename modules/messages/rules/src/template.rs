//! The words of messages: a data file with a title, a text and an SMS for every kind, checked when it is read.
//!
//! `{fact}` stands for a fact; what stands in `[…]` is left out when one of its facts is not known. Facts that may be
//! missing may stand only there, so no message ever has a hole.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::kind::Kind;
use crate::sms;

/// Facts that are known for every kind.
const ALWAYS: [&str; 3] = ["matter", "number", "tail"];
/// Facts that are known where one case is meant.
const OF_CASE: [&str; 2] = ["item", "authority"];
/// Facts that are known where money is meant.
const OF_MONEY: [&str; 1] = ["yuan"];
/// Facts that may be missing.
const SOMETIMES: [&str; 4] = ["phone", "due", "days", "place"];
/// Every fact that can be told. None of them is about a person.
pub const FACTS: [&str; 10] =
    ["matter", "number", "tail", "item", "authority", "phone", "due", "days", "place", "yuan"];

/// What is wrong with the file of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Where: `kind.accepted.sms`.
    pub place: String,
    pub what: String,
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for TemplateFault {}

/// The words of all kinds.
#[derive(Debug, Clone)]
pub struct Templates {
    signature: String,
    kinds: BTreeMap<Kind, [Vec<Piece>; 3]>,
}

/// A message in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub title: String,
    pub text: String,
    /// With its signature in front.
    pub sms: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Fact(String),
    /// Left out when a fact in it is not known.
    Perhaps(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    signature: String,
    kind: BTreeMap<String, Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: String,
    text: String,
    sms: String,
}

impl Templates {
    /// The words the house comes with.
    ///
    /// # Errors
    /// [`TemplateFault`], which a test excludes.
    pub fn built_in() -> Result<Self, TemplateFault> {
        Self::read(include_str!("../words/zh.toml"))
    }

    /// Reads a file of words; every kind must be there, and no other.
    ///
    /// # Errors
    /// [`TemplateFault`] of the first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, TemplateFault> {
        let fault = |place: &str, what: String| TemplateFault { place: place.to_owned(), what };
        let file: File = toml::from_str(text).map_err(|cause| fault("file", cause.to_string()))?;
        if file.signature.trim().is_empty() || file.signature.contains(['【', '】']) {
            return Err(fault("signature", "must be words without brackets".into()));
        }
        let mut kinds = BTreeMap::new();
        for (code, words) in &file.kind {
            let kind = Kind::parse(code).ok_or_else(|| fault(&format!("kind.{code}"), "is no kind".into()))?;
            let piece = |part: &str, text: &str| {
                let place = format!("kind.{code}.{part}");
                let pieces = parse(text).map_err(|what| fault(&place, what))?;
                check(&pieces, kind, false).map_err(|what| fault(&place, what))?;
                Ok::<_, TemplateFault>(pieces)
            };
            let parts = [piece("title", &words.title)?, piece("text", &words.text)?, piece("sms", &words.sms)?];
            kinds.insert(kind, parts);
        }
        match Kind::ALL.iter().find(|kind| !kinds.contains_key(kind)) {
            Some(kind) => Err(fault(&format!("kind.{}", kind.code()), "is missing".into())),
            None => Ok(Self { signature: file.signature, kinds }),
        }
    }

    /// A message of this kind with these facts. In the SMS long names are cut.
    pub fn tell(&self, kind: Kind, facts: &BTreeMap<String, String>) -> Told {
        let short: BTreeMap<String, String> =
            facts.iter().map(|(name, value)| (name.clone(), shortened(name, value))).collect();
        let [title, text, sms] = self.kinds.get(&kind).map_or([&[][..]; 3], |parts| parts.each_ref().map(|p| &p[..]));
        Told {
            title: fill(title, facts),
            text: fill(text, facts),
            sms: format!("【{}】{}", self.signature, fill(sms, &short)),
        }
    }

    /// Who speaks in an SMS (短信签名), in its brackets.
    pub fn signature(&self) -> String {
        format!("【{}】", self.signature)
    }
}

fn shortened(name: &str, value: &str) -> String {
    if ["matter", "item", "place"].contains(&name) { sms::short(value) } else { value.to_owned() }
}

fn check(pieces: &[Piece], kind: Kind, perhaps: bool) -> Result<(), String> {
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Perhaps(inner) => check(inner, kind, true)?,
            Piece::Fact(name) => {
                let known = ALWAYS.contains(&name.as_str())
                    || !kind.is_of_whole() && OF_CASE.contains(&name.as_str())
                    || kind.is_of_money() && OF_MONEY.contains(&name.as_str());
                let allowed = known || (perhaps && SOMETIMES.contains(&name.as_str()));
                if !allowed {
                    return Err(format!("{{{name}}} may be missing, or is no fact; known: {}", FACTS.join(", ")));
                }
            }
        }
    }
    Ok(())
}

/// Reads `{fact}` and `[…]`; brackets do not nest.
fn parse(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = rest.find(['{', '[', '}', ']']).unwrap_or(rest.len());
        if next > 0 {
            pieces.push(Piece::Words(rest[..next].to_owned()));
            rest = &rest[next..];
            continue;
        }
        let (close, is_fact) = match rest.as_bytes()[0] {
            b'{' => ('}', true),
            b'[' => (']', false),
            _ => return Err(format!("a bracket too many before {:?}", rest.chars().take(12).collect::<String>())),
        };
        let end =
            rest.find(close).ok_or_else(|| format!("{:?} does not end", rest.chars().take(12).collect::<String>()))?;
        let inner = &rest[1..end];
        pieces.push(if is_fact { Piece::Fact(inner.to_owned()) } else { Piece::Perhaps(parse(inner)?) });
        rest = &rest[end + 1..];
    }
    Ok(pieces)
}

fn fill(pieces: &[Piece], facts: &BTreeMap<String, String>) -> String {
    let known = |piece: &Piece| !matches!(piece, Piece::Fact(name) if !facts.contains_key(name));
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Fact(name) => facts.get(name).cloned().unwrap_or_default(),
            Piece::Perhaps(inner) if inner.iter().all(known) => fill(inner, facts),
            Piece::Perhaps(_) => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(of: &[&str], value: &str) -> BTreeMap<String, String> {
        of.iter().map(|name| ((*name).to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn every_kind_has_words_that_fit_into_an_sms_and_have_no_hole() {
        let templates = Templates::built_in().unwrap();
        let long = "经营场所在两个以上街道的连锁餐饮服务单位食品经营许可变更";
        for kind in Kind::ALL {
            let bare: Vec<&str> = ALWAYS.into_iter().chain(OF_CASE).chain(OF_MONEY).collect();
            for known in [&FACTS[..], &bare[..]] {
                let told = templates.tell(*kind, &facts(known, long));
                assert!(sms::parts(&told.sms) <= sms::PARTS_MAX, "{kind:?}: {} characters", told.sms.chars().count());
                for text in [&told.title, &told.text, &told.sms] {
                    assert!(!text.contains(['{', '}', '[', ']']) && !text.contains("，，"), "{kind:?}: {text}");
                    assert!(!text.ends_with('，'), "{kind:?}: {text}");
                }
                assert!(told.sms.starts_with("【禅城一门】"), "{}", told.sms);
            }
        }
    }

    /// Usual facts make an SMS of at most two parts, which is what the budget counts on.
    #[test]
    fn usual_facts_take_two_parts_at_most() {
        let usual = [
            ("matter", "开办餐饮店"),
            ("number", "YM440604202603020001"),
            ("tail", "020001"),
            ("item", "食品经营许可"),
            ("authority", "区市场监管局"),
            ("phone", "0757-82345678"),
            ("due", "3月9日（周一）"),
            ("days", "10"),
            ("place", "禅城区政务服务中心三楼听证室"),
            ("yuan", "1280.00"),
        ];
        let usual = usual.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let templates = Templates::built_in().unwrap();
        for kind in Kind::ALL {
            let told = templates.tell(*kind, &usual);
            assert!(sms::parts(&told.sms) <= 2, "{kind:?}: {}", told.sms);
            assert_eq!(sms::check(&told.sms), Ok(()), "{kind:?}: {}", told.sms);
        }
    }

    #[test]
    fn what_is_missing_is_left_out_with_its_words() {
        let pieces = parse("请[在{due}前]补齐[，咨询{phone}]。").unwrap();
        assert_eq!(fill(&pieces, &facts(&["due"], "3月9日")), "请在3月9日前补齐。");
        assert_eq!(fill(&pieces, &facts(&[], "")), "请补齐。");
    }

    #[test]
    fn a_file_with_a_hole_a_stranger_or_a_gap_is_not_taken() {
        let good = include_str!("../words/zh.toml");
        let spoilt = |from: &str, to: &str| Templates::read(&good.replacen(from, to, 1)).unwrap_err();
        let name = spoilt("[kind.received]\ntitle = \"", "[kind.received]\ntitle = \"{applicant}");
        assert!(name.place == "kind.received.title" && name.what.contains("applicant"), "{name}");
        let sum = spoilt("[kind.received]\ntitle = \"", "[kind.received]\ntitle = \"{yuan}");
        assert!(sum.place == "kind.received.title" && sum.what.contains("yuan"), "{sum}");
        assert_eq!(spoilt("[kind.accepted]", "[kind.acepted]").place, "kind.acepted");
        assert!(spoilt("signature = \"", "signature = \"【").to_string().contains("signature"));
        assert!(Templates::read("signature = \"甲\"\n[kind]").unwrap_err().what.contains("missing"));
    }
}
