//! From text to a tree. A fault of syntax ends the file, and only that file.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked};

use super::node::{Key, Node, Yaml};
use crate::codes;
use crate::diagnostic::{Report, Span};

/// Largest file, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// Deepest nesting. An item needs six.
const MAX_DEPTH: usize = 32;

/// Reads the file of that number among the files of the report. None when it cannot be read, which has then been
/// reported; an empty file is a null.
pub fn load(file: usize, report: &mut Report<'_>) -> Option<Node> {
    let text = report.files().get(file)?.text.as_str();
    if text.len() > MAX_BYTES {
        let what = format!("文件有 {} 字节，超过上限 {MAX_BYTES} 字节", text.len());
        report.at(&codes::FILE_TOO_LARGE, Span::top_of(file), what);
        return None;
    }
    let mut tree = Tree { file: file as u32, open: Vec::new(), root: None };
    for event in Parser::new_from_str(text) {
        let step = match event {
            Ok((event, span)) => tree.take(event, span, report),
            Err(fault) => {
                let at = tree.point(fault.marker().index(), fault.info(), text);
                report.at(&codes::BROKEN_YAML, at, format!("YAML 在这里读不下去：{}", in_chinese(fault.info())));
                Err(())
            }
        };
        if step.is_err() {
            return None;
        }
    }
    Some(tree.root.unwrap_or(Node { span: Span::top_of(file), yaml: Yaml::Null }))
}

/// A list or map that is not closed yet.
enum Open {
    List { span: Span, entries: Vec<Node> },
    Map { span: Span, entries: Vec<(Key, Node)>, key: Option<Key> },
}

struct Tree {
    file: u32,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, marked: Marked, report: &mut Report<'_>) -> Result<(), ()> {
        let span = Span { file: self.file, start: marked.start.index() as u32, end: marked.end.index() as u32 };
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_none() => Ok(()),
            Event::DocumentStart(_) => self.refuse(report, span, "一个文件里有几份文档（---）"),
            Event::Alias(_) => self.refuse(report, span, "用了别名（*）"),
            Event::Scalar(_, _, anchor, ref tag) if anchor > 0 || tag.is_some() => self.marked(report, span, anchor),
            Event::SequenceStart(anchor, ref tag) | Event::MappingStart(anchor, ref tag)
                if anchor > 0 || tag.is_some() =>
            {
                self.marked(report, span, anchor)
            }
            Event::Scalar(text, style, ..) => self.scalar(text, style, span, report),
            Event::SequenceStart(..) => self.enter(Open::List { span, entries: Vec::new() }, span, report),
            Event::MappingStart(..) => self.enter(Open::Map { span, entries: Vec::new(), key: None }, span, report),
            Event::SequenceEnd | Event::MappingEnd => self.close(report),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        span: Span,
        report: &mut Report<'_>,
    ) -> Result<(), ()> {
        let quoted = style != ScalarStyle::Plain;
        let yaml = match &*text {
            "" | "~" | "null" if !quoted => Yaml::Null,
            _ => Yaml::Scalar { text: text.into(), quoted },
        };
        self.place(Node { span, yaml }, report)
    }

    fn enter(&mut self, open: Open, span: Span, report: &mut Report<'_>) -> Result<(), ()> {
        if self.open.len() >= MAX_DEPTH {
            report.at(&codes::FILE_TOO_LARGE, span, format!("嵌套超过 {MAX_DEPTH} 层"));
            return Err(());
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, report: &mut Report<'_>) -> Result<(), ()> {
        let node = match self.open.pop() {
            Some(Open::List { span, entries }) => {
                let span = entries.first().map_or(span, |first| first.span);
                Node { span, yaml: Yaml::List(entries) }
            }
            Some(Open::Map { span, entries, .. }) => {
                let span = entries.first().map_or(span, |(key, _)| key.span);
                Node { span, yaml: Yaml::Map(entries) }
            }
            None => return Ok(()),
        };
        self.place(node, report)
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node, report: &mut Report<'_>) -> Result<(), ()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { entries, .. }) => entries.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let name = match node.yaml {
                        Yaml::Scalar { text, .. } => text,
                        Yaml::Null => "".into(),
                        _ => return self.refuse(report, node.span, "用列表或键值作键"),
                    };
                    // Two equal keys are both kept in the tree; reading the record reports them with both places.
                    *key = Some(Key { name, span: node.span });
                }
            },
        }
        Ok(())
    }

    fn marked(&self, report: &mut Report<'_>, span: Span, anchor: usize) -> Result<(), ()> {
        self.refuse(report, span, if anchor > 0 { "用了锚点（&）" } else { "用了标签（!）" })
    }

    fn refuse(&self, report: &mut Report<'_>, span: Span, what: &str) -> Result<(), ()> {
        report.at(&codes::UNSUPPORTED_YAML, span, format!("这里{what}"));
        Err(())
    }

    /// Where a fault is shown. The scanner complains about a tab where the value before it began; people look for the
    /// tab itself.
    fn point(&self, index: usize, info: &str, text: &str) -> Span {
        let mut letters = text.chars().enumerate().skip(index);
        let tab = letters.find(|(_, letter)| *letter == '\t').filter(|_| info.to_lowercase().contains("tab"));
        let at = tab.map_or(index, |(tab, _)| tab) as u32;
        Span { file: self.file, start: at, end: at + 1 }
    }
}

/// The scanner speaks English; the commonest complaints in the reader's language, the others as they are.
fn in_chinese(info: &str) -> Cow<'static, str> {
    const KNOWN: &[(&str, &str)] = &[
        ("tab", "缩进里有制表符，缩进只能用空格"),
        ("mapping values are not allowed", "这里不能再有冒号；值里有冒号时要加引号"),
        ("illegal placement of ':'", "冒号的位置不对；检查前面的括号是否成对，值里有冒号时要加引号"),
        ("simple key expect", "这里或者上一行不是“键: 值”"),
        ("expected key", "缩进与上一行不一致，或者这一行不是“键: 值”"),
        ("expected ',' or ']'", "方括号里缺少逗号或者右括号"),
        ("expected ',' or '}'", "花括号里缺少逗号或者右括号"),
        ("misplaced bracket", "括号没有成对"),
        ("expected '-' indicator", "缩进与上一行不一致，或者列表的这一行没有以“- ”开头"),
        ("block sequence entries are not allowed", "这里不能以“- ”开头"),
        ("trailing content after double-quoted", "引号后面还有文字；整个值都要在引号里"),
        ("unknown escape character", "双引号里的反斜杠写法不对；改用单引号"),
        ("quoted scalar", "引号没有成对"),
        ("indent", "缩进不对"),
        ("expected node content", "这里应当有一个值"),
        ("unknown anchor", "值以 * 开头时要加引号；目录文件不用别名"),
        ("unexpected e", "引号或者括号没有结束，文件就完了"),
        ("unexpected character", "值不能以这个字符开头，要加引号"),
        ("expected <document start>", "这里缩进不对，或者多出了内容"),
    ];
    let lower = info.to_lowercase();
    let known = KNOWN.iter().find(|(sign, _)| lower.contains(sign));
    known.map_or_else(|| Cow::Owned(info.to_owned()), |(_, words)| Cow::Borrowed(*words))
}
