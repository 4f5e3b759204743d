//! Typed records out of the tree.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::node::{Node, Yaml};
use crate::codes;
use crate::diagnostic::Report;
use crate::spelling::closest;

/// Something that can be read from a node.
pub trait Read: Sized {
    /// Reads it. A fault is reported, and a stand-in returned so that reading goes on.
    fn read(node: &Node, report: &mut Report<'_>) -> Self;

    /// What is there when nothing usable is written.
    fn stand_in() -> Self;
}

/// A closed vocabulary.
pub trait Word: Sized + Copy + 'static {
    /// The words and what they mean; the first stands in for a faulty one.
    const WORDS: &'static [(&'static str, Self)];
}

impl<W: Word> Read for W {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        let Some(text) = scalar(node, "一个规定的词", report) else { return Self::stand_in() };
        if let Some((_, value)) = W::WORDS.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        let words = W::WORDS.iter().map(|(word, _)| *word);
        let mend = closest(text, words.clone()).map_or_else(
            || format!("可以写：{}", words.collect::<Vec<_>>().join("、")),
            |near| format!("是不是要写“{near}”？"),
        );
        report.at(&codes::UNKNOWN_WORD, node.span, format!("没有“{text}”这个词")).mend(mend);
        Self::stand_in()
    }

    fn stand_in() -> Self {
        W::WORDS[0].1
    }
}

/// The scalar's characters, or a report that one is wanted here.
pub(crate) fn scalar<'n>(node: &'n Node, wanted: &str, report: &mut Report<'_>) -> Option<&'n str> {
    let text = node.text();
    if text.is_none() {
        wrong_type(node, wanted, report);
    }
    text
}

pub(crate) fn wrong_type(node: &Node, wanted: &str, report: &mut Report<'_>) {
    let what = match &node.yaml {
        Yaml::Scalar { text, .. } => format!("这里要{wanted}，写的是“{text}”"),
        _ => format!("这里要{wanted}，写的是{}", node.kind()),
    };
    report.at(&codes::WRONG_TYPE, node.span, what);
}

impl Read for String {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        let Some(text) = scalar(node, "一段文字", report) else { return Self::new() };
        let trimmed = text.trim();
        if trimmed.is_empty() {
            report.at(&codes::EMPTY_TEXT, node.span, "这里的文字是空的");
        }
        trimmed.to_owned()
    }

    fn stand_in() -> Self {
        Self::new()
    }
}

impl Read for bool {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        match &node.yaml {
            Yaml::Scalar { text, quoted: false } if matches!(&**text, "true" | "false") => &**text == "true",
            _ => {
                wrong_type(node, " true 或者 false", report);
                false
            }
        }
    }

    fn stand_in() -> Self {
        false
    }
}

macro_rules! read_number {
    ($($kind:ty, $wanted:literal;)*) => {$(
        impl Read for $kind {
            fn read(node: &Node, report: &mut Report<'_>) -> Self {
                if let Yaml::Scalar { text, quoted: false } = &node.yaml
                    && let Ok(number) = text.parse::<$kind>()
                    && (number as f64).is_finite()
                {
                    return number;
                }
                wrong_type(node, $wanted, report);
                Self::default()
            }

            fn stand_in() -> Self {
                Self::default()
            }
        }
    )*};
}

read_number! {
    u32, "一个不小于 0 的整数";
    i64, "一个整数";
    f64, "一个数";
}

impl Read for NaiveDate {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        let Some(text) = scalar(node, "一个日期", report) else { return Self::stand_in() };
        text.parse().unwrap_or_else(|_| {
            report.at(&codes::BAD_DATE, node.span, format!("“{text}”不是日期"));
            Self::stand_in()
        })
    }

    /// A day no check complains about.
    fn stand_in() -> Self {
        Self::default()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        (!node.is_null()).then(|| T::read(node, report))
    }

    fn stand_in() -> Self {
        None
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        match &node.yaml {
            Yaml::List(entries) => entries.iter().map(|entry| T::read(entry, report)).collect(),
            Yaml::Null => Self::new(),
            _ => {
                wrong_type(node, "一个列表", report);
                Self::new()
            }
        }
    }

    fn stand_in() -> Self {
        Self::new()
    }
}

impl<T: Read + Ord> Read for BTreeSet<T> {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        Vec::read(node, report).into_iter().collect()
    }

    fn stand_in() -> Self {
        Self::new()
    }
}

/// A map being read as a record: checks its keys first, then hands out its values.
pub struct Fields<'n> {
    node: &'n Node,
    /// Not a map at all, which has been reported: missing keys are then not worth a word.
    broken: bool,
}

impl<'n> Fields<'n> {
    /// Starts reading a record that may have these keys.
    pub fn of(node: &'n Node, keys: &[&str], report: &mut Report<'_>) -> Self {
        let Yaml::Map(entries) = &node.yaml else {
            wrong_type(node, "一组“键: 值”", report);
            return Self { node, broken: true };
        };
        let mut seen: Vec<(&str, &super::node::Key)> = Vec::with_capacity(entries.len());
        for (key, _) in entries {
            if let Some((_, first)) = seen.iter().find(|(name, _)| **name == *key.name) {
                let finding = report.at(&codes::DUPLICATE_KEY, key.span, format!("“{}”写了两次", key.name));
                finding.also(first.span, "第一次写在这里");
            } else if !keys.contains(&&*key.name) {
                let mend = closest(&key.name, keys.iter().copied()).map_or_else(
                    || format!("这里可以写的键：{}", keys.join("、")),
                    |near| format!("是不是要写“{near}”？"),
                );
                report.at(&codes::UNKNOWN_KEY, key.span, format!("不认识的键“{}”", key.name)).mend(mend);
            }
            seen.push((&key.name, key));
        }
        Self { node, broken: false }
    }

    /// A value that must be there.
    pub fn need<T: Read>(&self, key: &str, report: &mut Report<'_>) -> T {
        match self.node.get(key) {
            Some(value) if !value.is_null() => T::read(value, report),
            _ if self.broken => T::stand_in(),
            found => {
                let span = found.and_then(|_| self.node.key_span(key)).unwrap_or(self.node.span);
                let what = if found.is_some() {
                    format!("“{key}”后面没有写值")
                } else {
                    format!("缺少“{key}”")
                };
                report.at(&codes::MISSING_KEY, span, what);
                T::stand_in()
            }
        }
    }

    /// A value that may be left out.
    pub fn may<T: Read>(&self, key: &str, report: &mut Report<'_>) -> Option<T> {
        let value = self.node.get(key).filter(|value| !value.is_null())?;
        Some(T::read(value, report))
    }
}

/// Ids are texts that must not be empty.
macro_rules! read_names {
    ($($name:ident)*) => {$(
        impl Read for crate::ids::$name {
            fn read(node: &Node, report: &mut Report<'_>) -> Self {
                String::read(node, report).into()
            }

            fn stand_in() -> Self {
                Self::default()
            }
        }
    )*};
}

read_names! {
    AuthorityId HallId StaffLogin ElementCode MaterialId RowId LicenceTypeId ItemId DelegationId LawName RegionKey
}

/// Declares how a record is read: keys that must be there, keys that may be left out with what they are then, and keys
/// that may be left out and are then the type's own nothing (`None`, an empty list).
#[macro_export]
macro_rules! shape {
    ($name:ident {
        need: $($need:ident),* $(,)?;
        may: $($may:ident),* $(,)?;
        $(or: $($or:ident = $default:expr),* $(,)?;)?
    }) => {
        impl $crate::reader::Read for $name {
            fn read(node: &$crate::reader::Node, report: &mut $crate::diagnostic::Report<'_>) -> Self {
                const KEYS: &[&str] = &[$(stringify!($need),)* $(stringify!($may),)* $($(stringify!($or),)*)?];
                let fields = $crate::reader::Fields::of(node, KEYS, report);
                Self {
                    $($need: fields.need(stringify!($need), report),)*
                    $($may: fields.may(stringify!($may), report).unwrap_or_default(),)*
                    $($($or: fields.may(stringify!($or), report).unwrap_or($default),)*)?
                }
            }

            fn stand_in() -> Self {
                Self {
                    $($need: $crate::reader::Read::stand_in(),)*
                    $($may: Default::default(),)*
                    $($($or: $default,)*)?
                }
            }
        }
    };
}
