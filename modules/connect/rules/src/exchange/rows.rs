//! A case in their columns.

use chrono::{NaiveDate, NaiveDateTime};
use kernel::id::{CaseId, Uuid};
use sm3::{Digest, Sm3};

use super::dictionary::Dictionary;
use super::table::Table;
use super::values::{Ended, LicenceValues, PaperValues, ProcessValues, ReportedCase, SpecialValues};
use super::words::Answer;

/// One row: what is said, without what is about the handing over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub table: Table,
    /// The same for the same thing, for ever.
    pub guid: Uuid,
    /// A cell for each of [`Table::columns`].
    pub cells: Vec<String>,
}

impl Row {
    /// SM3 of the cells: two rows with the same one say the same.
    pub fn digest(&self) -> String {
        let mut sm3 = Sm3::new();
        for cell in &self.cells {
            sm3.update((cell.len() as u64).to_be_bytes());
            sm3.update(cell);
        }
        sm3.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The rows of an accepted case, table by table.
pub fn rows(case: &ReportedCase, dictionary: &Dictionary) -> Vec<Row> {
    let sheet = Sheet { case, dictionary };
    let mut rows = vec![sheet.accept()];
    rows.extend(case.papers.iter().map(|paper| sheet.material(paper)));
    rows.extend(case.processes.iter().map(|process| sheet.process(process)));
    rows.extend(case.specials.iter().map(|special| sheet.special(special)));
    rows.extend(case.ended.iter().map(|ended| sheet.result(ended)));
    rows.extend(case.licence.iter().map(|licence| sheet.licence(licence)));
    rows
}

struct Sheet<'a> {
    case: &'a ReportedCase,
    dictionary: &'a Dictionary,
}

/// Column and cell; columns that are not named stay empty.
type Cells<'a> = &'a [(&'static str, String)];

impl Sheet<'_> {
    /// A row of this table; `id` names the thing within the case.
    fn row(&self, table: Table, id: &str, cells: Cells<'_>) -> Row {
        let common =
            [("data_source", self.dictionary.data_source.clone()), ("project_no", self.case.project_no.clone())];
        let cell = |name: &str| {
            let found = cells.iter().chain(&common).find(|(column, _)| *column == name);
            found.map(|(_, cell)| tidy(cell)).unwrap_or_default()
        };
        debug_assert!(cells.iter().all(|(name, _)| table.columns().iter().any(|column| column.name == *name)));
        let cells = table.columns().iter().map(|column| cell(column.name)).collect();
        Row { table, guid: guid(table, self.case.case, id), cells }
    }

    fn accept(&self) -> Row {
        let (case, dictionary) = (self.case, self.dictionary);
        let code = |from: usize, to: usize| case.item_code.get(from..to).unwrap_or_default().to_owned();
        let contact = case.contact.id.as_ref();
        let cells = [
            ("catalog_code", code(19, 31)),
            ("task_code", code(0, 31)),
            ("task_handle_item", case.item_code.clone()),
            ("task_name", case.item_name.clone()),
            ("task_version", case.item_version.to_string()),
            ("project_name", case.summary.clone()),
            ("project_type", dictionary.project_type.of(case.handling.word()).to_owned()),
            ("applyer_name", case.applicant.name.clone()),
            ("applyer_type", dictionary.applyer_type.of(case.applicant.kind.word()).to_owned()),
            ("applyer_page_type", dictionary.page_type.of(case.applicant.id.word()).to_owned()),
            ("applyer_page_code", case.applicant.number.clone()),
            ("contact_name", case.contact.name.clone()),
            (
                "contact_type",
                contact.map(|(kind, _)| dictionary.page_type.of(kind.word()).to_owned()).unwrap_or_default(),
            ),
            ("contact_code", contact.map(|(_, number)| number.clone()).unwrap_or_default()),
            ("contact_mobile", text(&case.contact.mobile)),
            ("legal", text(&case.legal)),
            ("address", text(&case.applicant.address)),
            ("apply_date", day(case.applied_on)),
            ("apply_type", dictionary.apply_type.of(case.via.word()).to_owned()),
            ("accept_date", day(case.accepted_on)),
            ("accept_doc_no", text(&case.acceptance_number)),
            ("promise_date", case.due_on.map(day).unwrap_or_default()),
            ("org_name", case.office.name.clone()),
            ("org_code", case.office.code.clone()),
            ("handle_user_name", text(&case.accepted_by)),
        ];
        self.row(Table::Accept, "", &cells)
    }

    fn material(&self, paper: &PaperValues) -> Row {
        let cells = [
            ("material_name", paper.name.clone()),
            ("material_attach_name", text(&paper.file_name)),
            ("get_type", self.dictionary.get_type.of(paper.way.word()).to_owned()),
            ("get_num", paper.copies.to_string()),
        ];
        self.row(Table::Material, &paper.id, &cells)
    }

    fn process(&self, process: &ProcessValues) -> Row {
        let words = process.words.trim();
        let cells = [
            ("process_name", process.name.clone()),
            ("event_name", self.dictionary.event_name.of(process.deed.word()).to_owned()),
            ("event_start_time", moment(process.began_at)),
            ("event_end_time", moment(process.ended_at)),
            ("handle_user_name", process.by.clone()),
            ("handle_explain", if words.is_empty() { process.deed.label() } else { words }.to_owned()),
        ];
        self.row(Table::Process, &process.id, &cells)
    }

    fn special(&self, special: &SpecialValues) -> Row {
        let cells = [
            ("special_type", self.dictionary.special_type.of(special.word.word()).to_owned()),
            ("special_name", special.name.clone().unwrap_or_else(|| special.word.label().to_owned())),
            ("special_reason", special.reason.clone()),
            ("special_time", day(special.began_on)),
            ("end_time", special.until.map(day).unwrap_or_default()),
            ("result", text(&special.result)),
            ("handle_user", text(&special.by)),
            ("applyer_user_name", self.case.applicant.name.clone()),
        ];
        self.row(Table::Special, &special.id, &cells)
    }

    fn result(&self, ended: &Ended) -> Row {
        let by_mail = if ended.by_mail { Answer::Yes } else { Answer::No };
        let cells = [
            ("result_date", day(ended.on)),
            ("result_type", self.dictionary.result_type.of(ended.word.word()).to_owned()),
            ("result_explain", text(&ended.reason)),
            ("result_cetr_name", text(&ended.result_name)),
            ("result_cetr_no", text(&ended.result_number)),
            ("is_delivery_results", self.dictionary.yes_no.of(by_mail.word()).to_owned()),
            ("handle_user_name", text(&ended.by)),
        ];
        self.row(Table::Result, "", &cells)
    }

    fn licence(&self, licence: &LicenceValues) -> Row {
        let cells = [
            ("certificate_source_id", licence.mark.clone()),
            ("certificate_name", licence.name.clone()),
            ("certificate_number", licence.number.clone()),
            ("certificate_type", licence.name.clone()),
            ("certificate_type_code", licence.type_code.clone()),
            ("certificate_holder", licence.holder.clone()),
            ("certificate_holder_code", licence.holder_number.clone()),
            ("certificate_holder_type", self.dictionary.page_type.of(licence.holder_id.word()).to_owned()),
            ("certificate_area_code", licence.area.clone()),
            ("issue_dept", licence.issuer.name.clone()),
            ("issue_dept_code", licence.issuer.code.clone()),
            ("issue_date", day(licence.issued_on)),
        ];
        self.row(Table::Licence, &licence.mark, &cells)
    }
}

/// The name of a row: made of table, case, and what the row is.
fn guid(table: Table, case: CaseId, id: &str) -> Uuid {
    let hash = Sm3::digest(format!("yimen exchange 1\n{table}\n{case}\n{id}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    // Version 8, a form of its own, as RFC 9562 has it.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

/// Without what breaks lines: their loader reads a row a line.
fn tidy(cell: &str) -> String {
    cell.split(|letter: char| letter.is_control())
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}
