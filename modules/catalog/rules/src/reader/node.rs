//! The tree of one YAML file.

use crate::diagnostic::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// A scalar's own characters; of a list or a map, its first entry or key, because pointing at a whole block
    /// points at nothing.
    pub span: Span,
    pub yaml: Yaml,
}

/// What a node is. Scalars keep their characters; what they mean depends on what is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Yaml {
    /// Nothing after the colon, `~` or `null`.
    Null,
    Scalar {
        text: Box<str>,
        /// Written in quotes or as a block, and so certainly a text.
        quoted: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub name: Box<str>,
    pub span: Span,
}

/// One step into a tree.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> From<&'a str> for At<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for At<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Node {
    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.yaml {
            Yaml::Map(entries) => entries.iter().find(|(name, _)| &*name.name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Where the key stands, if this is a map that has it.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        match &self.yaml {
            Yaml::Map(entries) => entries.iter().find(|(name, _)| &*name.name == key).map(|(name, _)| name.span),
            _ => None,
        }
    }

    /// The entries, if this is a list.
    pub fn entries(&self) -> &[Node] {
        match &self.yaml {
            Yaml::List(entries) => entries,
            _ => &[],
        }
    }

    /// The characters, if this is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.yaml {
            Yaml::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is written.
    pub fn is_null(&self) -> bool {
        matches!(self.yaml, Yaml::Null)
    }

    /// Where the value at the end of a path stands; where the path ends early, the last value on it, or its key when
    /// the value is empty.
    pub fn place(&self, path: &[At<'_>]) -> Span {
        let (mut node, mut span) = (self, self.span);
        for step in path {
            let next = match *step {
                At::Key(key) => {
                    span = node.key_span(key).unwrap_or(span);
                    node.get(key)
                }
                At::Index(index) => node.entries().get(index),
            };
            let Some(next) = next else { return span };
            node = next;
            if next.span.start < next.span.end {
                span = next.span;
            }
        }
        span
    }

    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match &self.yaml {
            Yaml::Null => "空值",
            Yaml::Scalar { .. } => "单个值",
            Yaml::List(_) => "列表",
            Yaml::Map(_) => "一组键值",
        }
    }
}
