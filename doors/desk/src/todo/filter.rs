//! The filters of the list live in its address, so that a list can be kept, sent and come back to.

use access_service::Words;
use casework_service::reads::{Desk, TodoFilter, TodoPage};
use serde::{Deserialize, Serialize};

/// The query of the address. Everything is text: an address typed wrongly filters nothing instead of failing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    desk: String,
    lamp: String,
    item: String,
    step: String,
    text: String,
    mine: String,
    after: String,
}

impl Address {
    /// What the read is asked.
    pub fn filter(&self) -> TodoFilter {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        TodoFilter {
            desk: Desk::parse(&self.desk),
            lamp: self.lamp(),
            item: some(&self.item),
            step: some(&self.step),
            text: some(&self.text),
            mine: self.mine == "1",
            rows: None,
        }
    }

    /// The lamp asked for.
    pub fn lamp(&self) -> Option<casework::Lamp> {
        casework::Lamp::parse(&self.lamp)
    }

    /// The row the page begins after.
    pub fn after(&self) -> Option<&str> {
        Some(self.after.as_str()).filter(|after| !after.is_empty())
    }

    /// The same list with one thing changed, from its beginning.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut changed = Self { after: String::new(), ..self.clone() };
        let field = match name {
            // Another list has other matters and steps.
            "desk" => {
                changed = Self::default();
                &mut changed.desk
            }
            "lamp" => &mut changed.lamp,
            "after" => &mut changed.after,
            _ => &mut changed.text,
        };
        value.clone_into(field);
        let pairs = [
            ("desk", &changed.desk),
            ("lamp", &changed.lamp),
            ("item", &changed.item),
            ("step", &changed.step),
            ("text", &changed.text),
            ("mine", &changed.mine),
            ("after", &changed.after),
        ];
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| access_service::door::pair(name, value))
            .collect();
        if pairs.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", pairs.join("&")) }
    }
}

/// A list to choose from.
pub struct Filter {
    pub name: &'static str,
    pub label: String,
    pub all: String,
    pub value: String,
    pub options: Vec<(String, String)>,
}

/// The line of filters.
pub struct Filters {
    pub desk: String,
    pub lamp: String,
    pub text: String,
    pub lists: Vec<Filter>,
    /// Whether anything is filtered, so that an empty list can say so.
    pub any: bool,
}

impl Filters {
    /// What can be chosen on this page.
    pub fn of(address: &Address, page: &TodoPage, words: &Words) -> Self {
        let list = |name: &'static str, value: &str, options: Vec<(String, String)>| Filter {
            name,
            label: words.get(&format!("desk.filter.{name}")).to_owned(),
            all: words.get(&format!("desk.filter.{name}-all")).to_owned(),
            value: value.to_owned(),
            options,
        };
        let pairs = |choices: &[casework_service::reads::Choice]| {
            choices.iter().map(|choice| (choice.code.clone(), choice.name.clone())).collect::<Vec<_>>()
        };
        let mine = vec![("1".to_owned(), words.get(&format!("desk.filter.mine-{}", page.desk.code())).to_owned())];
        let lists = vec![
            list("item", &address.item, pairs(&page.items)),
            list("step", &address.step, pairs(&page.steps)),
            list("mine", &address.mine, mine),
        ];
        let any = [&address.lamp, &address.item, &address.step, &address.text, &address.mine]
            .into_iter()
            .any(|value| !value.is_empty());
        Self { desk: address.desk.clone(), lamp: address.lamp.clone(), text: address.text.clone(), lists, any }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_other_filters_and_begins_anew() {
        let address = Address { lamp: "red".into(), item: "x 1".into(), after: "k".into(), ..Address::default() };
        assert_eq!(address.with("lamp", "yellow"), "/desk?lamp=yellow&item=x+1");
        assert_eq!(address.with("lamp", ""), "/desk?item=x+1");
        assert_eq!(address.with("after", "m"), "/desk?lamp=red&item=x+1&after=m");
        assert_eq!(address.with("desk", "window"), "/desk?desk=window");
        assert_eq!(Address::default().with("lamp", ""), "/desk");
    }

    #[test]
    fn a_strange_address_filters_nothing() {
        let filter = Address { lamp: "purple".into(), desk: "kitchen".into(), ..Address::default() }.filter();
        assert!(filter.lamp.is_none() && filter.desk.is_none() && filter.text.is_none() && !filter.mine);
    }
}
