//! How much of an event is told: ids, days and codes. Whoever wants to know more asks the interface, where the policies
//! look at what they may see; a receiver's log then holds no personal data (个人信息保护法第六条：最小范围).

use serde_json::{Map, Value};

/// The facts that may leave the house. Neither people nor words written about them are among them.
const TOLD: [&str; 9] = ["application", "number", "theme", "items", "item", "authority", "region", "outcome", "due"];

/// The part of an event's facts that is told.
pub fn told(facts: &Map<String, Value>) -> Map<String, Value> {
    TOLD.iter().filter_map(|name| Some(((*name).to_owned(), facts.get(*name)?.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_places_stay_in_the_house() {
        let facts = serde_json::json!({
            "application": "a", "number": "n", "subject": "s", "agent": "g", "place": "三楼", "theme_name": "开办餐饮店",
            "due": "2026-03-09", "outcome": "grant", "reason": "words", "days": 3,
        });
        let told = told(facts.as_object().unwrap());
        let names: std::collections::BTreeSet<&str> = told.keys().map(String::as_str).collect();
        assert_eq!(names, ["application", "due", "number", "outcome"].into());
    }
}
