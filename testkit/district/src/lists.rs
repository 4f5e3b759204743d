//! What the modules declare, collected for tests as the binary collects it.

use access::Policies;
use access_service::Words;
use platform::Migrations;
use platform::sealed::Tables;

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

/// Every module's tables with sealed columns.
pub fn sealed() -> Tables {
    let modules = [
        access_service::sealed(),
        records_service::sealed(),
        casework_service::sealed(),
        themes_service::sealed(),
        connect_service::sealed(),
        authoring_service::sealed(),
    ];
    Tables(modules.into_iter().flatten().collect())
}

/// Every module's policies.
pub fn policies() -> Policies {
    let modules = [
        access::acts::ACCESS,
        catalog::acts::CATALOG,
        records::RECORDS,
        fees::FEES,
        courier::COURIER,
        casework::CASEWORK,
        themes::THEMES,
        standards::acts::STANDARDS,
        messages::acts::MESSAGES,
        connect::acts::CONNECT,
        authoring::acts::AUTHORING,
    ];
    Policies::compile(&modules).expect("the policies compile")
}

/// The words of every module, and of these doors.
pub fn words(doors: &[&str]) -> Words {
    let modules = [
        access_service::TEXT_ZH,
        catalog_service::TEXT_ZH,
        records_service::TEXT_ZH,
        fees_service::TEXT_ZH,
        courier_service::TEXT_ZH,
        casework_service::TEXT_ZH,
        themes_service::TEXT_ZH,
        standards_service::TEXT_ZH,
        messages_service::TEXT_ZH,
        connect_service::TEXT_ZH,
        authoring_service::TEXT_ZH,
    ];
    Words::collect(&[&modules[..], doors].concat()).expect("the texts are TOML")
}
