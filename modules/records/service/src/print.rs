//! What stands on a licence (照面), put into words: by the template of its type, or by the general one.

use std::collections::BTreeMap;

use access_service::Words;
use catalog::Catalog;
use catalog::model::{Element, LicenceHolder, LicenceType, OF_ORGANISATION, OF_RESIDENT, PLACE, PrintLayout, PrintRow};
use chrono::{Datelike, NaiveDate};
use documents::CertificateFacts;
use kernel::codes::Sex;
use kernel::value::Value;
use records::{CopyTerms, Licence, LicenceState, Organisation, Resident};

/// What a licence is printed from.
pub(crate) struct Printing<'a> {
    pub(crate) licence: &'a Licence,
    pub(crate) catalog: &'a Catalog,
    pub(crate) words: &'a Words,
    pub(crate) firm: Option<&'a Organisation>,
    pub(crate) person: Option<&'a Resident>,
    pub(crate) today: NaiveDate,
}

/// How this showing of it is checked, and what stands across it.
pub(crate) struct Showing<'a> {
    pub(crate) code: &'a str,
    pub(crate) url: String,
    pub(crate) watermark: Vec<String>,
}

impl Printing<'_> {
    /// All of it.
    pub(crate) fn facts(&self, showing: Showing<'_>) -> CertificateFacts {
        let (licence, kind) = (self.licence, self.kind());
        let print = kind.and_then(|kind| kind.print.as_ref());
        let name = kind.map_or(licence.licence.as_str(), |kind| kind.name.as_str());
        let title = print.and_then(|print| print.title.as_deref()).unwrap_or(name).to_owned();
        CertificateFacts {
            landscape: print.is_none_or(|print| print.layout == PrintLayout::Landscape),
            title,
            subtitle: print.and_then(|print| print.subtitle.clone()),
            number: licence.number.clone(),
            words: print.and_then(|print| print.words.clone()),
            rows: self.rows(),
            validity: self.validity(),
            mark: licence.mark.to_string(),
            issuer: self.issuer(),
            issued_on: licence.issued_on,
            code: showing.code.to_owned(),
            url: showing.url,
            note: print.and_then(|print| print.note.clone()),
            void: self.void(),
            watermark: showing.watermark,
        }
    }

    fn kind(&self) -> Option<&LicenceType> {
        self.catalog.licences.get(&self.licence.licence)
    }

    /// The issuing authority in full.
    pub(crate) fn issuer(&self) -> String {
        let authority = self.catalog.authorities.get(&self.licence.issued_by);
        authority.map_or_else(|| self.licence.issued_by.to_string(), |authority| authority.name.clone())
    }

    /// What it says, line by line. What nobody knows leaves its line out.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        let template = self.kind().and_then(|kind| kind.print.as_ref()).map(|print| print.rows.clone());
        let rows = template.filter(|rows| !rows.is_empty()).unwrap_or_else(|| self.general());
        let filled = |row: PrintRow| {
            let text = self.text(&row.field)?;
            (!text.trim().is_empty()).then_some((row.label, text))
        };
        rows.into_iter().filter_map(filled).collect()
    }

    /// The general template: who, where, and every field of its own in the order of the dictionary.
    fn general(&self) -> Vec<PrintRow> {
        let label = |key: &str| self.words.get(&format!("certificate.{key}")).to_owned();
        let row = |field: &str, key: &str| PrintRow { field: field.to_owned(), label: label(key) };
        let mut rows = match (self.licence.kind, self.firm) {
            (LicenceHolder::Organisation, _) => vec![
                row("organisation:name", "name"),
                row("organisation:credit_code", "credit-code"),
                row("organisation:legal_rep", "legal-rep"),
                row("organisation:address", "address"),
            ],
            (LicenceHolder::Premises, Some(_)) => vec![
                row("holder", "holder"),
                row("organisation:credit_code", "credit-code"),
                row("organisation:legal_rep", "legal-rep"),
                row(PLACE, "place"),
            ],
            (LicenceHolder::Premises, None) => vec![row("holder", "holder"), row(PLACE, "place")],
            (LicenceHolder::Person, _) => vec![row("holder", "holder"), row("resident:id", "citizen-id")],
        };
        let resource = format!("licence:{}", self.licence.licence);
        let own = self.catalog.elements.values().filter_map(|element| {
            let source = element.source.as_ref().filter(|source| source.resource == resource)?;
            let free = self.licence.details.contains_key(&source.field);
            free.then(|| PrintRow { field: source.field.clone(), label: element.name.clone() })
        });
        rows.extend(own);
        rows
    }

    /// A field in words.
    fn text(&self, field: &str) -> Option<String> {
        // What the register said on the day of issue stands on the licence itself.
        if let Some(kept) = self.licence.details.get(field) {
            return Some(self.shown(field, kept));
        }
        if let Some(field) = field.strip_prefix(OF_ORGANISATION) {
            return organisation_field(self.firm?, field).map(|value| self.of_organisation(field, &value));
        }
        if let Some(field) = field.strip_prefix(OF_RESIDENT) {
            return self.of_resident(field);
        }
        match field {
            PLACE => self.licence.place.clone(),
            "valid_to" if self.licence.valid_to.is_none() => Some(self.words.get("certificate.long").to_owned()),
            own => self.licence.field(own).map(|value| plain(&value)),
        }
    }

    /// The value of an element whose source is this licence, as its options and unit have it.
    fn shown(&self, field: &str, value: &Value) -> String {
        if let Some(field) = field.strip_prefix(OF_ORGANISATION) {
            return self.of_organisation(field, value);
        }
        let resource = format!("licence:{}", self.licence.licence);
        let says = |element: &&Element| {
            element.source.as_ref().is_some_and(|source| source.resource == resource && source.field == *field)
        };
        let Some(element) = self.catalog.elements.values().find(says) else { return plain(value) };
        match value {
            Value::Text(text) => element.label_of(text).to_owned(),
            Value::List(values) => {
                let labels = values.iter().map(|value| element.label_of(&value.to_string()).to_owned());
                labels.collect::<Vec<_>>().join("、")
            }
            Value::Number(_) => format!("{}{}", plain(value), element.unit.as_deref().unwrap_or_default()),
            other => plain(other),
        }
    }

    fn of_organisation(&self, field: &str, value: &Value) -> String {
        match (field, value) {
            ("form", Value::Text(code)) => self.words.get(&format!("records.form.{code}")).to_owned(),
            ("region", Value::Text(code)) => self.region(code),
            ("capital", value) => self.words.get("certificate.capital").replace("{capital}", &plain(value)),
            (_, value) => plain(value),
        }
    }

    fn of_resident(&self, field: &str) -> Option<String> {
        let person = self.person?;
        Some(match field {
            "name" => person.name.clone(),
            "id" => person.citizen_id.to_string(),
            "gender" => {
                let code = if person.sex() == Sex::Male { "male" } else { "female" };
                self.words.get(&format!("certificate.{code}")).to_owned()
            }
            "birth" => in_words(person.citizen_id.birth()),
            "nation" => person.nation.clone()?,
            "hukou_address" => person.hukou_address.clone()?,
            "hukou_region" => self.region(person.hukou_region.as_deref()?),
            "address" => person.address.clone()?,
            "region" => self.region(person.region.as_deref()?),
            "mobile" => person.mobile.clone()?,
            "married" => self.words.get(person.marital?.text_key()).to_owned(),
            "marriage_date" => in_words(person.married_on?),
            _ => return None,
        })
    }

    fn region(&self, code: &str) -> String {
        let mut names: Vec<&str> =
            self.catalog.lineage(code).iter().map(|region| region.name.as_str()).take(2).collect();
        names.reverse();
        names.concat()
    }

    /// 有效期自2026年11月22日至2031年11月21日
    pub(crate) fn validity(&self) -> String {
        let from = in_words(self.licence.issued_on);
        match self.licence.valid_to {
            Some(last) => self.fill("certificate.valid", [("from", from), ("to", in_words(last))]),
            None => self.fill("certificate.valid-long", [("from", from)]),
        }
    }

    /// What is written across one that no longer stands.
    fn void(&self) -> Option<(String, String)> {
        let state = self.licence.state(self.today);
        if matches!(state, LicenceState::InForce | LicenceState::NotYet) {
            return None;
        }
        let day = self.licence.state_since(self.today).map(in_words).unwrap_or_default();
        let key = if state == LicenceState::Replaced { "certificate.void-replaced" } else { "certificate.void" };
        let word = self.words.get(state.text_key()).to_owned();
        let line = self.fill(key, [("state", word.clone()), ("day", day)]);
        Some((word, line))
    }

    fn fill<const N: usize>(&self, key: &str, facts: [(&str, String); N]) -> String {
        fill(self.words, key, facts)
    }
}

/// What stands across a copy.
pub(crate) fn copy_watermark(words: &Words, terms: &CopyTerms) -> Vec<String> {
    vec![
        fill(words, "certificate.mark-purpose", [("purpose", terms.purpose.clone())]),
        terms.recipient.clone(),
        fill(words, "certificate.mark-until", [("until", in_words(terms.until))]),
    ]
}

/// What the register of market entities says under this name.
pub(crate) fn organisation_field(firm: &Organisation, field: &str) -> Option<Value> {
    Some(match field {
        "name" => firm.name.as_str().into(),
        "credit_code" => firm.credit_code.as_str().into(),
        "form" => firm.form.code().into(),
        "legal_rep" => firm.legal_rep_name.as_str().into(),
        "address" => firm.address.as_str().into(),
        "region" => firm.region.as_str().into(),
        "scope" => firm.scope.as_str().into(),
        "capital" => Value::Number(firm.capital?),
        "registered_on" => Value::Date(firm.registered_on),
        _ => return None,
    })
}

fn fill<const N: usize>(words: &Words, key: &str, facts: [(&str, String); N]) -> String {
    let facts: BTreeMap<String, String> = facts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    words.fill(key, &facts)
}

fn plain(value: &Value) -> String {
    match value {
        Value::Date(day) => in_words(*day),
        other => other.to_string(),
    }
}

/// 2026年3月2日: no zeros before month and day.
pub(crate) fn in_words(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
