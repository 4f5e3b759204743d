//! How each record of the model is read: which keys must be there, which may be left out, and what they are then.

use access::Role;
use kernel::limit::{Limit, Period, Start, Unit};

use crate::model::*;
use crate::reader::{Fields, Node, Read, Word, Yaml};
use crate::shape;

shape! { District {
    need: name, region, title, calendar, regions;
    may: windows, government;
    or: parcels = ParcelPayer::Government;
}}

shape! { Authority {
    need: id, name, short, credit_code, region, level, kind;
    may: mark, phone, address, duty;
}}

shape! { Hall {
    need: id, name, region, level, address, windows;
    may: phone, hours;
}}

shape! { HallWindow {
    need: no, name;
    may: themes;
}}

shape! { StaffMember {
    need: login, name, roles, region;
    may: authority, hall;
}}

shape! { Element {
    need: code, name, kind, group;
    may: unit, options, min, max, help, sample, source, derived;
}}

shape! { Choice {
    need: value, label;
    may: ;
}}

shape! { FactSource {
    need: resource, field, authority, trust;
    may: ;
}}

shape! { Derivation {
    need: from, how;
    may: ;
}}

shape! { Material {
    need: id, name, issuer;
    may: aliases, issuing_authority, licence, check, sample, help;
}}

shape! { LicenceType {
    need: id, name, type_code, holder, authority;
    may: valid, template, fields, print;
}}

shape! { LicencePrint {
    need: ;
    may: title, subtitle, words, rows, note;
    or: layout = PrintLayout::Landscape;
}}

shape! { PrintRow {
    need: field, label;
    may: ;
}}

shape! { Law {
    need: name, level, effective, articles;
    may: ;
}}

shape! { Article {
    need: no, text;
    may: ;
}}

shape! { Item {
    need: id, code, name, kind, authority, level, audience, topic, version, effective, status, handling, statutory,
        promise, result, steps;
    may: plain, basis, conditions, extension, visits, apply_via, materials, fields, consumes, provides, special, commitment,
        tolerance, pre_review, preliminary, renews, changes, cancels, fees, remedy, contact, risks, faqs, flow;
    or: power = Power::Statutory, scope = Scope::County;
}}

shape! { Delegation {
    need: id, kind, from, to, items, starts, document;
    may: regions, until, basis, supervisor;
    or: scope = DelegationScope::Whole;
}}

shape! { Preliminary {
    need: authorities;
    may: days, basis;
}}

shape! { Citation {
    need: law, article, text;
    may: ;
}}

shape! { ShortCitation {
    need: law, article;
    may: ;
}}

shape! { ItemCondition {
    need: id, text;
    may: when, basis;
}}

shape! { ItemField {
    need: element;
    may: required, when, label;
}}

shape! { Visits {
    need: count;
    may: reason;
}}

shape! { ItemMaterial {
    need: id, material, holder, need;
    may: name, scope, when, waive, evidence_due, basis, standard;
    or: copy = CopyRule::Either, media = Medium::Either, copies = 1;
}}

shape! { ResultRule {
    need: kind;
    may: name, valid;
}}

shape! { Step {
    need: id, name, role;
    may: limit;
}}

shape! { SpecialProcedure {
    need: id, name, kind, days;
    may: basis;
    or: resume = Resumption::Continue;
}}

shape! { CommitmentRule {
    need: allowed;
    may: clauses, evidence_due, basis, choice;
}}

shape! { Tolerance {
    need: allowed, days;
    may: ;
}}

shape! { PreReviewRule {
    need: offered;
    may: days;
}}

shape! { Fee {
    need: name;
    may: amount_fen, standard, basis, reducible, when, unit, count, exemptions, payee, give_back;
    or: free = 0, collect = Collect::BeforeIssue;
}}

shape! { FeeExemption {
    need: text, when;
    may: basis;
    or: percent = 100;
}}

shape! { Remedy {
    need: review, court;
    may: ;
}}

shape! { Contact {
    need: consult, complain;
    may: ;
}}

shape! { Risk {
    need: point, level, measure;
    may: ;
}}

shape! { Faq {
    need: q, a;
    may: ;
}}

impl Word for Unit {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("workday", Unit::Workday),
        ("natural", Unit::NaturalDay),
        ("hour", Unit::Hour),
        ("month", Unit::Month),
        ("year", Unit::Year),
        ("at-once", Unit::AtOnce),
    ];
}

impl Word for Start {
    const WORDS: &'static [(&'static str, Self)] =
        &[("acceptance", Start::Acceptance), ("receipt", Start::Receipt), ("decision", Start::Decision)];
}

impl Word for Role {
    const WORDS: &'static [(&'static str, Self)] = &ROLE_WORDS;
}

/// The names of all roles, taken from the crate `access`, so that a new role is known here at once.
const ROLE_WORDS: [(&str, Role); Role::ALL.len()] = {
    let mut words = [("", Role::Clerk); Role::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = (Role::ALL[at].name(), Role::ALL[at]);
        at += 1;
    }
    words
};

impl Read for Limit {
    /// `{unit: at-once}` needs no value.
    fn read(node: &Node, report: &mut crate::diagnostic::Report<'_>) -> Self {
        let fields = Fields::of(node, &["value", "unit", "start"], report);
        let unit = fields.need("unit", report);
        let value =
            if unit == Unit::AtOnce { fields.may("value", report).unwrap_or(0) } else { fields.need("value", report) };
        Self { value, unit, start: fields.may("start", report).unwrap_or_default() }
    }

    fn stand_in() -> Self {
        Self::AT_ONCE
    }
}

impl Read for Period {
    fn read(node: &Node, report: &mut crate::diagnostic::Report<'_>) -> Self {
        let fields = Fields::of(node, &["value", "unit"], report);
        Self { value: fields.need("value", report), unit: fields.need("unit", report) }
    }

    fn stand_in() -> Self {
        Self { value: 0, unit: Unit::Workday }
    }
}

impl Read for WindowThemes {
    fn read(node: &Node, report: &mut crate::diagnostic::Report<'_>) -> Self {
        match &node.yaml {
            Yaml::Scalar { text, .. } if &**text == "all" => Self::All,
            _ => Self::Only(Read::read(node, report)),
        }
    }

    fn stand_in() -> Self {
        Self::All
    }
}

impl Read for Waiver {
    /// The word after `by` decides which other keys there are.
    fn read(node: &Node, report: &mut crate::diagnostic::Report<'_>) -> Self {
        let by = node.get("by").and_then(Node::text);
        let own: &[&str] = match by {
            Some("check") => &["by", "interface"],
            Some("product") => &["by", "item"],
            Some("commitment") => &["by", "when"],
            Some("element") => &["by", "element"],
            Some("licence" | "form") => &["by"],
            // Unknown or missing: complain about `by` alone.
            _ => &["by", "interface", "item", "when", "element"],
        };
        let fields = Fields::of(node, own, report);
        match fields.need::<WaiverKind>("by", report) {
            WaiverKind::Licence => Self::Licence,
            WaiverKind::Check => Self::Check { interface: fields.need("interface", report) },
            WaiverKind::Product => Self::Product { item: fields.need("item", report) },
            WaiverKind::Commitment => Self::Commitment { when: fields.may("when", report) },
            WaiverKind::Form => Self::Form,
            WaiverKind::Element => Self::Element { element: fields.need("element", report) },
        }
    }

    fn stand_in() -> Self {
        Self::Form
    }
}
