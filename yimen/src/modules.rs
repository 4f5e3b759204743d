//! The list of modules, in the order of the stairs: everything a module declares is collected here and nowhere else.

use access::{ModuleAccess, Policies};
use access_service::Words;
use anyhow::{Context, Result};
use platform::retention::Retention;
use platform::sealed::Tables;
use platform::{JobKind, Listener, Migrations};

/// Every module's tables.
pub fn migrations() -> Vec<Migrations> {
    vec![
        Migrations::new("access", access_service::migrations()),
        Migrations::new("catalog", catalog_service::migrations()),
        Migrations::new("records", records_service::migrations()),
        Migrations::new("fees", fees_service::migrations()),
        Migrations::new("courier", courier_service::migrations()),
        Migrations::new("casework", casework_service::migrations()),
        Migrations::new("themes", themes_service::migrations()),
        Migrations::new("standards", standards_service::migrations()),
        Migrations::new("messages", messages_service::migrations()),
        Migrations::new("connect", connect_service::migrations()),
        Migrations::new("authoring", authoring_service::migrations()),
    ]
}

/// Every module's acts and policies.
pub const ACCESS: [ModuleAccess; 11] = [
    access::acts::ACCESS,
    catalog::acts::CATALOG,
    records::acts::RECORDS,
    fees::FEES,
    courier::COURIER,
    casework::acts::CASEWORK,
    themes::acts::THEMES,
    standards::acts::STANDARDS,
    messages::acts::MESSAGES,
    connect::acts::CONNECT,
    authoring::acts::AUTHORING,
];

/// The policies of all modules, validated together.
pub fn policies() -> Result<Policies> {
    Policies::compile(&ACCESS).context("compiling the access policies")
}

/// Every module's and every door's words in Chinese, with the name of its folder.
pub const TEXTS: [(&str, &str); 14] = [
    ("modules/access", access_service::TEXT_ZH),
    ("modules/catalog", catalog_service::TEXT_ZH),
    ("modules/records", records_service::TEXT_ZH),
    ("modules/fees", fees_service::TEXT_ZH),
    ("modules/courier", courier_service::TEXT_ZH),
    ("modules/casework", casework_service::TEXT_ZH),
    ("modules/themes", themes_service::TEXT_ZH),
    ("modules/standards", standards_service::TEXT_ZH),
    ("modules/messages", messages_service::TEXT_ZH),
    ("modules/connect", connect_service::TEXT_ZH),
    ("modules/authoring", authoring_service::TEXT_ZH),
    ("doors/portal", portal::TEXT_ZH),
    ("doors/desk", desk::TEXT_ZH),
    ("doors/api", api::TEXT_ZH),
];

/// The words of all modules, in Chinese.
pub fn words() -> Result<Words> {
    Words::collect(&TEXTS.map(|(_, text)| text)).context("reading the texts")
}

/// Every module's tables with columns about persons, which are sealed.
pub fn sealed() -> Tables {
    let mut tables = access_service::sealed();
    tables.extend(records_service::sealed());
    tables.extend(fees_service::sealed());
    tables.extend(courier_service::sealed());
    tables.extend(casework_service::sealed());
    tables.extend(themes_service::sealed());
    tables.extend(messages_service::sealed());
    tables.extend(connect_service::sealed());
    tables.extend(authoring_service::sealed());
    Tables(tables)
}

/// What every module keeps for a time.
pub fn retention() -> Result<Retention> {
    let mut kept = records_service::retention().map_err(anyhow::Error::msg).context("records: law/retention.toml")?;
    kept.extend(themes_service::retention().map_err(anyhow::Error::msg).context("themes: law/retention.toml")?);
    Ok(Retention(kept))
}

/// Everybody who listens to events.
pub fn listeners() -> Vec<Listener> {
    let mut listeners = Vec::new();
    listeners.extend(casework_service::listeners());
    listeners.extend(messages_service::listeners());
    listeners.extend(connect_service::listeners());
    listeners
}

/// Everybody who does work for later.
pub fn jobs() -> Vec<JobKind> {
    let mut jobs = platform::roots::jobs();
    jobs.extend(platform::sealed::jobs());
    jobs.extend(platform::retention::jobs());
    jobs.extend(fees_service::jobs());
    jobs.extend(courier_service::jobs());
    jobs.extend(casework_service::jobs());
    jobs.extend(standards_service::jobs());
    jobs.extend(messages_service::jobs());
    jobs.extend(connect_service::jobs());
    jobs.extend(authoring_service::jobs());
    jobs
}
