//! The six tables and their columns: name, whether it must be filled, how long it may be.

use catalog::words;

words! {
    /// A table of the exchange.
    Table {
        Accept = "UP_PRO_ACCEPT" "受理信息",
        Material = "UP_PRO_MATERIAL" "材料信息",
        Process = "UP_PRO_PROCESS" "环节信息",
        Special = "UP_PRO_SPECIAL_PROCEDURE" "特别程序信息",
        Result = "UP_PRO_RESULT" "办结信息",
        Licence = "UP_LIC_DATA" "证照信息",
    }
}

/// One column of what a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    /// Must not be empty.
    pub must: bool,
    /// Characters at most; none where only the receiver's store bounds it.
    pub max: Option<usize>,
}

/// A column before those, the same in every table: about the handing over, and filled in when the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// `row_guid`: the name of the row, for ever the same for the same thing.
    RowGuid,
    /// `cd_batch`: 批次号.
    Batch,
    /// `cd_operation`: I, U or D.
    Operation,
    /// `cd_time`: when it was handed over.
    Time,
}

impl Head {
    /// The column's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RowGuid => "row_guid",
            Self::Batch => "cd_batch",
            Self::Operation => "cd_operation",
            Self::Time => "cd_time",
        }
    }
}

const fn must(name: &'static str, max: usize) -> Column {
    Column { name, must: true, max: Some(max) }
}

const fn may(name: &'static str, max: usize) -> Column {
    Column { name, must: false, max: Some(max) }
}

/// A day, a moment, or a number.
const fn filled(name: &'static str) -> Column {
    Column { name, must: true, max: None }
}

const fn open(name: &'static str) -> Column {
    Column { name, must: false, max: None }
}

const SOURCE: Column = must("data_source", 3);
const CASE: Column = must("project_no", 50);

const ACCEPT: &[Column] = &[
    SOURCE,
    CASE,
    may("catalog_code", 12),
    may("local_catalog_code", 50),
    must("task_code", 36),
    may("local_task_code", 50),
    may("task_handle_item", 50),
    must("task_name", 1000),
    filled("task_version"),
    may("project_name", 1000),
    must("project_type", 2),
    must("applyer_name", 100),
    must("applyer_type", 2),
    must("applyer_page_type", 70),
    must("applyer_page_code", 500),
    may("contact_name", 100),
    may("contact_type", 6),
    may("contact_code", 50),
    may("contact_mobile", 11),
    may("legal", 100),
    may("address", 1000),
    may("zip_code", 6),
    filled("apply_date"),
    must("apply_type", 2),
    filled("accept_date"),
    may("accept_doc_no", 50),
    open("promise_date"),
    must("org_name", 100),
    must("org_code", 18),
    may("handle_user_name", 100),
];

const MATERIAL: &[Column] = &[
    SOURCE,
    CASE,
    must("material_name", 200),
    may("material_attach_name", 200),
    may("get_type", 2),
    may("get_num", 5),
    may("remark", 1000),
];

const PROCESS: &[Column] = &[
    SOURCE,
    CASE,
    must("process_name", 1000),
    must("event_name", 2),
    filled("event_start_time"),
    filled("event_end_time"),
    must("handle_user_name", 100),
    must("handle_explain", 2000),
    open("remark"),
];

const SPECIAL: &[Column] = &[
    SOURCE,
    CASE,
    must("special_type", 2),
    must("special_name", 1000),
    must("special_reason", 2000),
    filled("special_time"),
    filled("end_time"),
    may("result", 2000),
    may("special_explain", 2000),
    may("handle_user", 100),
    may("applyer_user_name", 100),
    may("remark", 1000),
];

const RESULT: &[Column] = &[
    SOURCE,
    CASE,
    filled("result_date"),
    must("result_type", 2),
    may("result_explain", 2000),
    open("result_cetr_name"),
    may("result_cetr_no", 2000),
    must("is_delivery_results", 2),
    may("satisfaction", 2),
    may("handle_user_name", 100),
    may("remark", 1000),
];

const LICENCE: &[Column] = &[
    SOURCE,
    must("certificate_source_id", 128),
    must("certificate_name", 512),
    must("certificate_number", 128),
    must("certificate_type", 256),
    must("certificate_type_code", 64),
    filled("certificate_holder"),
    filled("certificate_holder_code"),
    may("certificate_holder_type", 2000),
    must("certificate_area_code", 32),
    filled("issue_dept"),
    filled("issue_dept_code"),
    must("issue_date", 32),
];

impl Table {
    /// What a row of it says, column by column.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Accept => ACCEPT,
            Self::Material => MATERIAL,
            Self::Process => PROCESS,
            Self::Special => SPECIAL,
            Self::Result => RESULT,
            Self::Licence => LICENCE,
        }
    }

    /// The columns before those.
    pub const fn heads(self) -> &'static [Head] {
        match self {
            // A licence has a name of its own in the national catalogue.
            Self::Licence => &[Head::Batch, Head::Operation, Head::Time],
            _ => &[Head::RowGuid, Head::Batch, Head::Operation, Head::Time],
        }
    }

    /// The table of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.word() == name)
    }
}
