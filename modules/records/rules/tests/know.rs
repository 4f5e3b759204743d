//! The mapping of an element's source to a value, field by field, and whose papers speak in which role.

use std::collections::BTreeMap;

use catalog::ids::ElementCode;
use catalog::model::{
    APPLICANT_FIELDS, Derivation, Element, ElementKind, FACT_FIELDS, FactSource, HolderRole, How, LICENCE_FIELDS,
    LicenceHolder, ORGANISATION_FIELDS, RESIDENT_FIELDS, Trust,
};
use chrono::NaiveDate;
use kernel::codes::{CitizenId, CreditCode, LicenceMark};
use kernel::id::{LicenceId, SubjectId, Uuid};
use kernel::value::Value;
use records::{
    About, Ended, Ending, Fact, Known, Licence, Marital, OrgForm, OrgStatus, Organisation, OrganisationOnFile,
    Register, Resident, SpouseOnFile, know,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn subject(number: u128) -> SubjectId {
    SubjectId::from_uuid(Uuid::from_u128(number))
}

fn resident(number: u128, id: &str, name: &str) -> Resident {
    Resident {
        nation: Some("汉族".into()),
        mobile: Some(format!("1000000000{number}")),
        hukou_region: Some("440604012017".into()),
        hukou_address: Some("佛山市禅城区祖庙街道同安社区福宁路1号".into()),
        address: Some("佛山市禅城区祖庙街道同安社区康泰街2号".into()),
        marital: Some(Marital::Married),
        married_on: Some(day("2023-05-20")),
        origin: records::Origin::Register,
        ..Resident::of_identity(subject(number), CitizenId::parse(id).unwrap(), name, today())
    }
}

fn licence(number: u128, licence: &str, kind: LicenceHolder, holder: SubjectId, issued_on: &str) -> Licence {
    let mark = "1.2.156.3005.2.11100000MB0143028R032.11440604MB2D00014G.20260000012.001.9";
    Licence {
        id: LicenceId::from_uuid(Uuid::from_u128(number)),
        licence: licence.into(),
        kind,
        number: format!("NO-{number}"),
        mark: LicenceMark::parse(mark).unwrap(),
        holder,
        holder_name: "何志远".into(),
        about: None,
        place: None,
        issued_by: "health-chancheng".into(),
        issued_on: day(issued_on),
        valid_to: None,
        version: 1,
        ended: None,
        case: None,
        details: BTreeMap::new(),
    }
}

fn fact(field: &str, value: impl Into<Value>, register: Register) -> Fact {
    Fact { field: field.into(), value: value.into(), register, as_of: day("2026-11-01") }
}

fn element(code: &str, kind: ElementKind, source: Option<(&str, &str)>) -> Element {
    Element {
        code: code.into(),
        name: code.into(),
        kind,
        unit: None,
        options: Vec::new(),
        min: None,
        max: None,
        help: None,
        sample: None,
        group: "person".into(),
        source: source.map(|(resource, field)| FactSource {
            resource: resource.into(),
            field: field.into(),
            authority: "police-chancheng".into(),
            trust: Trust::A,
        }),
        derived: None,
    }
}

/// A mother who runs a company; her husband has a shop of his own.
fn about() -> About {
    let wife = resident(1, "11010519491231002X", "李婉仪");
    let husband = resident(2, "440604198503152011", "梁俊杰");
    let organisation = Organisation {
        subject: subject(3),
        credit_code: CreditCode::parse("91440604MA4W12346R").unwrap(),
        name: "佛山市婉仪商贸有限公司".into(),
        form: OrgForm::Company,
        legal_rep: wife.subject,
        legal_rep_name: wife.name.clone(),
        region: "440604012017".into(),
        address: "佛山市禅城区祖庙街道同安社区福宁路9号首层1号铺".into(),
        scope: "日用百货销售".into(),
        capital: Some(100.0),
        registered_on: day("2020-01-02"),
        registrar: "market-chancheng".into(),
        status: OrgStatus::Active,
        as_of: day("2026-10-10"),
    };
    let person = LicenceHolder::Person;
    About {
        facts: vec![
            fact("employer", "佛山市颐和软件科技有限公司", Register::SocialInsurance),
            fact("employment_ended_on", "2026-10-20", Register::SocialInsurance),
        ],
        licences: vec![
            licence(11, "id-card", person, subject(1), "2020-01-01"),
            licence(12, "health-cert", person, subject(1), "2025-12-01"),
            licence(13, "health-cert", person, subject(1), "2026-06-01"),
        ],
        children: 2,
        spouse: Some(SpouseOnFile {
            facts: vec![fact("employer", "佛山市恒达机械设备有限公司", Register::SocialInsurance)],
            licences: vec![
                licence(21, "id-card", person, subject(2), "2020-01-01"),
                licence(22, "real-estate", LicenceHolder::Premises, subject(2), "2020-01-01"),
            ],
            resident: husband,
        }),
        organisations: vec![organisation.clone()],
        organisation: Some(OrganisationOnFile {
            licences: vec![licence(31, "business-licence", LicenceHolder::Organisation, subject(3), "2020-01-02")],
            organisation,
        }),
        resident: wife,
    }
}

fn know_one(about: &About, element: Element) -> Option<records::KnownFact> {
    let elements = BTreeMap::from([(ElementCode::from("x"), Element { code: "x".into(), ..element })]);
    know(&elements, about, today()).fact("x").cloned()
}

#[test]
fn every_source_of_the_dictionary_has_its_value_and_its_register() {
    use ElementKind::{Bool, CitizenId as Id, Date, Number, Text};
    use Register::{Contact, Fertility, Licences, MarketEntities, Marriage, Population, SocialInsurance};
    let table: Vec<(&str, &str, ElementKind, Value, Register)> = vec![
        ("resident", "name", Text, "李婉仪".into(), Population),
        ("resident", "id", Id, "11010519491231002X".into(), Population),
        ("resident", "gender", Text, "female".into(), Population),
        ("resident", "birth", Date, day("1949-12-31").into(), Population),
        ("resident", "nation", Text, "汉族".into(), Population),
        ("resident", "hukou_address", Text, "佛山市禅城区祖庙街道同安社区福宁路1号".into(), Population),
        ("resident", "address", Text, "佛山市禅城区祖庙街道同安社区康泰街2号".into(), Population),
        ("resident", "mobile", ElementKind::Phone, "10000000001".into(), Contact),
        ("resident", "married", Bool, true.into(), Marriage),
        ("resident", "marriage_date", Date, day("2023-05-20").into(), Marriage),
        ("resident", "children", Number, 2u32.into(), Fertility),
        ("resident", "employer", Text, "佛山市颐和软件科技有限公司".into(), SocialInsurance),
        ("resident", "employment_ended_on", Date, day("2026-10-20").into(), SocialInsurance),
        ("resident", "spouse_name", Text, "梁俊杰".into(), Population),
        ("resident", "spouse_id", Id, "440604198503152011".into(), Population),
        ("resident", "spouse_mobile", ElementKind::Phone, "10000000002".into(), Contact),
        ("resident", "spouse_employer", Text, "佛山市恒达机械设备有限公司".into(), SocialInsurance),
        ("organisation", "name", Text, "佛山市婉仪商贸有限公司".into(), MarketEntities),
        ("organisation", "credit_code", ElementKind::CreditCode, "91440604MA4W12346R".into(), MarketEntities),
        ("organisation", "legal_rep", Text, "李婉仪".into(), MarketEntities),
        ("organisation", "scope", Text, "日用百货销售".into(), MarketEntities),
        ("organisation", "capital", Number, 100.0.into(), MarketEntities),
        ("licence:health-cert", "number", Text, "NO-13".into(), Licences),
        ("licence:health-cert", "issued_on", Date, day("2026-06-01").into(), Licences),
    ];
    let about = about();
    for (resource, field, kind, value, register) in table {
        let found = know_one(&about, element("x", kind, Some((resource, field))));
        let found = found.unwrap_or_else(|| panic!("{resource}.{field} has no value"));
        assert_eq!((&found.value, found.source.register), (&value, register), "{resource}.{field}");
        assert_eq!(found.value.kind(), kind.value_kind(), "{resource}.{field}");
        assert_eq!(found.source.authority, "police-chancheng");
    }
}

#[test]
fn the_catalogue_knows_exactly_the_fields_that_can_be_answered() {
    let mut about = about();
    let spouse = about.spouse.as_mut().expect("a spouse");
    for (resident, facts) in [(&mut about.resident, &mut about.facts), (&mut spouse.resident, &mut spouse.facts)] {
        (resident.region, resident.hukou_region) = (Some("440604012".into()), Some("440604010".into()));
        *facts = FACT_FIELDS.map(|field| fact(field, "有", Register::SocialInsurance)).to_vec();
    }
    let answered = |resource: &str, field: &str| {
        ElementKind::ALL.iter().any(|kind| know_one(&about, element("x", *kind, Some((resource, field)))).is_some())
    };
    let both = || RESIDENT_FIELDS.into_iter().chain(FACT_FIELDS);
    for field in both().chain(APPLICANT_FIELDS) {
        assert!(answered("resident", field), "resident.{field}");
    }
    for field in both() {
        assert!(answered("resident", &format!("spouse_{field}")), "resident.spouse_{field}");
    }
    for field in ORGANISATION_FIELDS {
        assert!(answered("organisation", field), "organisation.{field}");
    }
    for field in LICENCE_FIELDS.into_iter().filter(|field| *field != "valid_to") {
        assert!(answered("licence:health-cert", field), "licence.{field}");
    }
    assert!(!answered("resident", "shoe_size") && !answered("organisation", "seal"));
}

#[test]
fn what_no_register_says_is_left_to_the_form() {
    let mut about = about();
    about.spouse = None;
    for (resource, field, kind) in [
        ("resident", "spouse_name", ElementKind::Text),
        ("resident", "shoe_size", ElementKind::Number),
        ("licence:residence-permit", "number", ElementKind::Text),
        ("licence:health-cert", "bank_account", ElementKind::Text),
        // A text where the element wants a number is not what the element means.
        ("resident", "employer", ElementKind::Number),
    ] {
        assert_eq!(know_one(&about, element("x", kind, Some((resource, field)))), None, "{resource}.{field}");
    }
    assert_eq!(know_one(&about, element("x", ElementKind::Text, None)), None);
}

#[test]
fn what_follows_from_a_number_is_marked_as_derived_and_keeps_the_source() {
    let derived = |code: &str, how: How, from: &str| Element {
        derived: Some(Derivation { from: from.into(), how }),
        ..element(code, ElementKind::Date, None)
    };
    let elements: BTreeMap<ElementCode, Element> = [
        element("op_id", ElementKind::CitizenId, Some(("resident", "id"))),
        derived("birth", How::BirthDate, "op_id"),
        derived("uscc", How::Registration, "op_id"),
        derived("agent_birth", How::BirthDate, "agent_id"),
    ]
    .into_iter()
    .map(|element| (element.code.clone(), element))
    .collect();
    let known = know(&elements, &about(), today());
    let birth = known.fact("birth").unwrap();
    assert_eq!(birth.value, Value::from(day("1949-12-31")));
    assert_eq!(birth.derived_from, Some("op_id".into()));
    assert_eq!(birth.source.text_key(), "records.source.population");
    assert!(known.fact("uscc").is_none() && known.fact("agent_birth").is_none());
    assert_eq!(known.values().len(), 2);
}

fn all(about: &About) -> Known {
    know(&BTreeMap::new(), about, today())
}

#[test]
fn papers_speak_for_their_holders_roles_and_no_others() {
    let known = all(&about());
    for (licence, role, expected) in [
        ("id-card", HolderRole::Operator, true),
        ("id-card", HolderRole::Mother, true),
        ("id-card", HolderRole::Father, true),
        ("id-card", HolderRole::Agent, false),
        ("id-card", HolderRole::Employee, false),
        ("id-card", HolderRole::Organisation, false),
        ("business-licence", HolderRole::Organisation, true),
        ("business-licence", HolderRole::Applicant, false),
        // The husband's property is not the wife's shop.
        ("real-estate", HolderRole::Premises, false),
    ] {
        assert_eq!(known.holds(licence, role), expected, "{licence} {role:?}");
    }
    assert_eq!(known.licence("id-card", HolderRole::Father).unwrap().holder, subject(2));
    assert_eq!(known.licence("id-card", HolderRole::Mother).unwrap().holder, subject(1));
}

#[test]
fn a_dwelling_is_no_shop() {
    let mut about = about();
    let mut house = licence(41, "real-estate", LicenceHolder::Premises, subject(1), "2020-01-01");
    house.details.insert("usage".into(), "residential".into());
    about.licences = vec![house];
    assert!(!all(&about).holds("real-estate", HolderRole::Premises));
    about.licences[0].details.insert("usage".into(), "commercial".into());
    assert!(all(&about).holds("real-estate", HolderRole::Premises));
}

#[test]
fn a_licence_speaks_from_its_first_to_its_last_day_unless_ended() {
    let mut one = licence(1, "health-cert", LicenceHolder::Person, subject(1), "2025-11-23");
    one.valid_to = Some(day("2026-11-22"));
    assert!(!one.in_force(day("2025-11-22")));
    assert!(one.in_force(day("2025-11-23")) && one.in_force(day("2026-11-22")));
    assert!(!one.in_force(day("2026-11-23")));
    one.ended = Some(Ending { on: day("2026-01-01"), how: Ended::Revoked });
    assert!(one.in_force(day("2025-12-31")) && !one.in_force(day("2026-01-01")));
}

#[test]
fn last_years_birth_certificate_does_not_fill_this_years_form() {
    let mut about = about();
    let mut certificate = licence(51, "birth-certificate", LicenceHolder::Person, subject(1), "2026-11-10");
    certificate.about = Some(HolderRole::Child);
    about.licences = vec![certificate];
    assert!(all(&about).holds("birth-certificate", HolderRole::Child));
    about.licences[0].issued_on = day("2025-11-10");
    assert!(!all(&about).holds("birth-certificate", HolderRole::Child));
}

#[test]
fn of_two_shops_permits_neither_fills_the_form() {
    let mut about = about();
    let permit = |number| licence(number, "food-permit", LicenceHolder::Premises, subject(3), "2024-01-01");
    let on_file = about.organisation.as_mut().unwrap();
    on_file.licences = vec![permit(61)];
    let number = || element("x", ElementKind::Text, Some(("licence:food-permit", "number")));
    assert_eq!(know_one(&about, number()).unwrap().value, Value::from("NO-61"));
    about.organisation.as_mut().unwrap().licences.push(permit(62));
    assert_eq!(know_one(&about, number()), None);
}

#[test]
fn somebody_only_identified_is_known_by_name_and_number_alone() {
    let mut about = about();
    about.resident =
        Resident::of_identity(subject(1), CitizenId::parse("11010519491231002X").unwrap(), "王海涛", today());
    (about.facts, about.licences, about.spouse) = (Vec::new(), Vec::new(), None);
    let name = know_one(&about, element("x", ElementKind::Text, Some(("resident", "name")))).unwrap();
    assert_eq!(name.source.register, Register::Identity);
    for field in ["nation", "hukou_address", "married", "children", "employer"] {
        assert_eq!(know_one(&about, element("x", ElementKind::Text, Some(("resident", field)))), None, "{field}");
    }
}

#[test]
fn of_several_organisations_the_applicant_chooses() {
    let mut about = about();
    assert_eq!(About::only_organisation(&about.organisations), Some(subject(3)));
    let mut second = about.organisations[0].clone();
    second.subject = subject(4);
    about.organisations.push(second);
    assert_eq!(About::only_organisation(&about.organisations), None);
    about.organisations[0].status = OrgStatus::Cancelled;
    assert_eq!(About::only_organisation(&about.organisations), Some(subject(4)));
}
