//! Conditions of the catalogue in words, for the guide: `!has_agent` is “是否委托代理人办理”选“否”. Conditions of a
//! make this cannot say are left to the sentence beside them; they are judged by the rules all the same.

use catalog::Catalog;
use catalog::model::Element;

/// The condition in words; none when it is of a kind that has no short words.
pub fn in_words(source: &str, catalog: &Catalog) -> Option<String> {
    let tokens = tokens(source)?;
    let mut reader = Reader { tokens: &tokens, at: 0, catalog };
    let words = reader.any()?;
    (reader.at == tokens.len()).then_some(words)
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Number(String),
    Sign(&'static str),
}

const SIGNS: [&str; 15] = ["==", "!=", ">=", "<=", "&&", "||", ">", "<", "!", "(", ")", "[", "]", ",", "in"];

fn tokens(source: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '\'' {
            let text = rest[1..].split('\'').next()?;
            tokens.push(Token::Text(text.to_owned()));
            text.len() + 2
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let word = &rest[..length];
            tokens.push(if word == "in" { Token::Sign("in") } else { Token::Name(word.to_owned()) });
            length
        } else if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            tokens.push(Token::Number(rest[..length].to_owned()));
            length
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest.get(length..)?.trim_start();
    }
    Some(tokens)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    catalog: &'a Catalog,
}

impl<'a> Reader<'a> {
    fn sign(&mut self, sign: &str) -> bool {
        let here = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(here);
        here
    }

    fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    fn any(&mut self) -> Option<String> {
        let mut words = self.all()?;
        while self.sign("||") {
            words = format!("{words}，或者{}", self.all()?);
        }
        Some(words)
    }

    fn all(&mut self) -> Option<String> {
        let mut words = self.one()?;
        while self.sign("&&") {
            words = format!("{words}，并且{}", self.one()?);
        }
        Some(words)
    }

    fn one(&mut self) -> Option<String> {
        if self.sign("!") {
            if self.sign("(") {
                let words = self.any()?;
                return self.sign(")").then(|| format!("不属于{words}"));
            }
            let Some(Token::Name(name)) = self.next() else { return None };
            return Some(chosen(self.element(name)?, "否"));
        }
        if self.sign("(") {
            let words = self.any()?;
            return self.sign(")").then_some(words);
        }
        match self.next()? {
            Token::Text(value) => self.contained(value),
            Token::Name(name) => self.about(name),
            _ => None,
        }
    }

    /// `'address' in change_items`
    fn contained(&mut self, value: &str) -> Option<String> {
        if !self.sign("in") {
            return None;
        }
        let Some(Token::Name(name)) = self.next() else { return None };
        let element = self.element(name)?;
        Some(format!("“{}”里有“{}”", element.name, element.label_of(value)))
    }

    fn about(&mut self, name: &str) -> Option<String> {
        let element = self.element(name)?;
        if self.sign("in") {
            return self.among(element);
        }
        for (sign, said) in [(">=", "达到"), ("<=", "不超过"), (">", "超过"), ("<", "不到")] {
            if self.sign(sign) {
                let Some(Token::Number(number)) = self.next() else { return None };
                return Some(format!("“{}”{said} {number} {}", element.name, element.unit.as_deref().unwrap_or("")));
            }
        }
        for (sign, equal) in [("==", true), ("!=", false)] {
            if self.sign(sign) {
                let Some(Token::Text(value)) = self.next() else { return None };
                let label = element.label_of(value);
                return Some(if equal {
                    chosen(element, label)
                } else {
                    format!("“{}”不是“{label}”", element.name)
                });
            }
        }
        // 是否委托代理人办理 says best what it asks: 委托代理人办理.
        Some(element.name.strip_prefix("是否").map_or_else(|| chosen(element, "是"), str::to_owned))
    }

    /// `stay_basis in ['work', 'home']`
    fn among(&mut self, element: &Element) -> Option<String> {
        let mut labels = Vec::new();
        if !self.sign("[") {
            return None;
        }
        loop {
            let Some(Token::Text(value)) = self.next() else { return None };
            labels.push(format!("“{}”", element.label_of(value)));
            if self.sign("]") {
                return Some(format!("“{}”选{}", element.name, labels.join("或者")));
            }
            if !self.sign(",") {
                return None;
            }
        }
    }

    fn element(&self, name: &str) -> Option<&'a Element> {
        self.catalog.elements.get(name)
    }
}

fn chosen(element: &Element, label: &str) -> String {
    format!("“{}”选“{label}”", element.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalog::ids::ElementCode;
    use catalog::model::{Choice, ElementKind};

    fn catalog() -> Catalog {
        let element = |code: &str, name: &str, kind| Element {
            code: code.into(),
            name: name.into(),
            kind,
            unit: (kind == ElementKind::Number).then(|| "平方米".to_owned()),
            options: vec![Choice { value: "own".into(), label: "自有".into() }],
            min: None,
            max: None,
            help: None,
            sample: None,
            group: "place".into(),
            source: None,
            derived: None,
        };
        let elements = [
            element("has_agent", "是否委托代理人", ElementKind::Bool),
            element("site", "场所来源", ElementKind::Choice),
            element("area", "经营面积", ElementKind::Number),
            element("items", "变更内容", ElementKind::Multi),
        ];
        let elements = elements.into_iter().map(|one| (ElementCode::from(one.code.as_str()), one)).collect();
        Catalog { elements, ..Catalog::default() }
    }

    #[test]
    fn conditions_are_said_by_the_names_of_their_elements() {
        let catalog = catalog();
        for (source, words) in [
            ("has_agent", "委托代理人"),
            ("!has_agent", "“是否委托代理人”选“否”"),
            ("site != 'own'", "“场所来源”不是“自有”"),
            ("site in ['own', 'rent']", "“场所来源”选“自有”或者“rent”"),
            ("area >= 300 && has_agent", "“经营面积”达到 300 平方米，并且委托代理人"),
            ("'own' in items || (area < 50)", "“变更内容”里有“自有”，或者“经营面积”不到 50 平方米"),
        ] {
            assert_eq!(in_words(source, &catalog).as_deref(), Some(words), "{source}");
        }
        for source in ["area + 1 > 2", "unknown", "has_agent ? site : area", "'own", "has_agent)"] {
            assert_eq!(in_words(source, &catalog), None, "{source}");
        }
    }
}
