//! From text to the tree of the `cel` crate, with limits in front of it.
//!
//! The parser is a generated one and spends about 150 KB of stack on each bracket in a debug build, so expressions are
//! bounded in length, brackets and tokens before it sees them, and it works on a thread with a stack of its own.

use std::panic::catch_unwind;
use std::thread;

use cel::IdedExpr;
use cel::common::ast::SourceInfo;
use cel::parser::{ParseError, Parser};

use super::Condition;
use super::problem::{Problem, ProblemKind};

/// Twice what the deepest expression within the limits was measured to need in a debug build.
const PARSER_STACK: usize = 32 << 20;

/// Most tokens; a chain such as `a + a + …` costs stack by its length, not by its brackets.
const MAX_TOKENS: usize = 800;

/// Runs work that parses conditions on a thread whose stack suffices for it.
pub fn on_parser_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let outcome = thread::scope(|scope| {
        let spawned =
            thread::Builder::new().name("conditions".into()).stack_size(PARSER_STACK).spawn_scoped(scope, work);
        spawned.map(|handle| handle.join())
    });
    match outcome {
        Ok(Ok(value)) => value,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(refused) => panic!("the operating system gives no thread to parse conditions on: {refused}"),
    }
}

pub(super) struct Tree {
    pub root: IdedExpr,
    info: SourceInfo,
}

impl Tree {
    /// Bytes of the node's own token: the operator of a comparison, the name of an element.
    pub fn place(&self, node: &IdedExpr) -> std::ops::Range<usize> {
        let length = self.info.source.len();
        let (start, last) = self.info.offset_for(node.id).unwrap_or((0, 0));
        let start = (start as usize).min(length);
        start..(last as usize + 1).clamp(start, length)
    }
}

pub(super) fn parse(source: &str) -> Result<Tree, Vec<Problem>> {
    if source.trim().is_empty() {
        let blank = Problem::new(ProblemKind::Syntax, 0..source.len(), "条件是空的");
        return Err(vec![blank.mend("写出条件；如果始终适用，删去这一行")]);
    }
    within_limits(source).map_err(|problem| vec![problem])?;
    // A parser made by a generator may have a path that panics; for the author of a condition that is a fault of syntax.
    let parsed = catch_unwind(|| Parser::default().parse_with_source_info(source));
    match parsed {
        Err(_) => Err(vec![unreadable(source)]),
        Ok(Ok((root, info))) => Ok(Tree { root, info }),
        Ok(Err(errors)) => {
            // The first complaint is the cause; what follows are its echoes.
            let first = errors.errors.into_iter().next();
            Err(vec![first.map_or_else(|| unreadable(source), |error| syntax(source, &error))])
        }
    }
}

fn within_limits(source: &str) -> Result<(), Problem> {
    if source.len() > Condition::MAX_BYTES {
        let what = format!("条件长 {} 字节，超过上限 {} 字节", source.len(), Condition::MAX_BYTES);
        return Err(Problem::new(ProblemKind::TooLarge, 0..source.len(), what).mend("拆成几个条件，分别写在各自的行上"));
    }
    let (mut depth, mut tokens) = (0_usize, 0_usize);
    let (mut quote, mut escaped, mut in_word) = (None, false, false);
    for (at, letter) in source.char_indices() {
        if let Some(closing) = quote {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if letter == closing => quote = None,
                _ => {}
            }
            continue;
        }
        let part_of_word = letter.is_alphanumeric() || letter == '_';
        let goes_on = part_of_word && in_word;
        if !(letter.is_whitespace() || goes_on) {
            tokens += 1;
        }
        in_word = part_of_word;
        match letter {
            '\'' | '"' => quote = Some(letter),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            // Each `? :` nests the rest of the expression one deeper.
            '?' => depth += 1,
            _ => {}
        }
        if depth > Condition::MAX_NESTING || tokens > MAX_TOKENS {
            let here = at..at + letter.len_utf8();
            let problem = Problem::new(ProblemKind::TooLarge, here, "条件嵌套太深或者太长，超出可读的范围");
            return Err(problem.mend("拆成几个条件，分别写在各自的行上"));
        }
    }
    Ok(())
}

fn unreadable(source: &str) -> Problem {
    Problem::new(ProblemKind::Syntax, 0..source.len(), "读不懂这个条件")
}

/// Says in the reader's language what the parser says in its own.
fn syntax(source: &str, error: &ParseError) -> Problem {
    let at = byte_of(source, error.pos);
    let here = source[at..].chars().next();
    let place = at..at + here.map_or(0, char::len_utf8);
    let Some(letter) = here else {
        return Problem::new(ProblemKind::Syntax, place, "条件没有写完").mend("补上后半部分，检查括号和引号是否成对");
    };
    let problem = Problem::new(ProblemKind::Syntax, place, format!("读到“{letter}”这里就不成条件了"));
    match letter {
        '=' => problem.mend("判断相等要写两个等号：=="),
        '&' | '|' => problem.mend("并且写作 &&，或者写作 ||"),
        '“' | '”' | '‘' | '’' => problem.mend("文字要用英文引号 ' ' 括起来"),
        '（' | '）' | '，' | '！' | '：' | '？' => problem.mend("标点要用英文的"),
        'a' | 'o' | 'n' if ["and ", "or ", "not "].iter().any(|word| source[at..].starts_with(word)) => {
            problem.mend("并且写作 &&，或者写作 ||，不是写作 !")
        }
        '\'' | '"' => problem.mend("检查引号是否成对"),
        _ => problem.mend("检查运算符、括号和引号"),
    }
}

/// The parser counts lines from one, and characters of the line from one.
fn byte_of(source: &str, (line, column): (isize, isize)) -> usize {
    let mut start = 0;
    for (index, text) in source.split_inclusive('\n').enumerate() {
        if index as isize + 1 == line {
            let letters = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let column = usize::try_from(column - 1).unwrap_or(0);
            return start + letters.take(column + 1).last().unwrap_or(0);
        }
        start += text.len();
    }
    source.len()
}
