//! Tables of applications, cases and papers.

mod compared;
mod joint;
mod notices;
mod sealed;
mod supervision;
mod trust;

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(ApplicationsAndCases),
        Box::new(notices::Notices),
        Box::new(sealed::Sealed),
        Box::new(trust::Trust),
        Box::new(supervision::Supervision),
        Box::new(joint::JointExtension),
        Box::new(compared::Compared),
    ]
}

struct ApplicationsAndCases;

impl MigrationName for ApplicationsAndCases {
    fn name(&self) -> &str {
        "casework_0001_applications_and_cases"
    }
}

#[derive(DeriveIden)]
enum CaseworkApplication {
    Table,
    Id,
    Number,
    Theme,
    ThemeName,
    Subject,
    Organisation,
    Applicant,
    CitizenId,
    Phone,
    Agent,
    AgentSubject,
    Channel,
    Region,
    Hall,
    OpenedBy,
    OpenedByName,
    ReceivedAt,
    Delivery,
    Cases,
    Task,
    DueOn,
    YellowOn,
    RedOn,
    SortOn,
    TimerOn,
    SettledOn,
    HandedOverOn,
}

#[derive(DeriveIden)]
enum CaseworkForm {
    Table,
    Application,
    Answers,
    Form,
}

#[derive(DeriveIden)]
enum CaseworkCase {
    Table,
    Id,
    Application,
    Place,
    ProjectNo,
    Item,
    Code,
    Version,
    ItemName,
    Authority,
    Region,
    Facts,
    Status,
    Step,
    Turn,
    Clock,
    Stands,
    DueOn,
    YellowOn,
    RedOn,
    DeemedOn,
    LapseOn,
    SortOn,
    AcceptedBy,
    HandledBy,
    Licence,
}

#[derive(DeriveIden)]
enum CaseworkPaper {
    Table,
    Id,
    Application,
    Place,
    Material,
    Name,
    Holder,
    Scope,
    Status,
    ReasonCode,
    ReasonText,
    Blob,
    FileName,
    MediaKind,
    Size,
    UploadedAt,
}

#[derive(DeriveIden)]
enum CaseworkPaperUse {
    Table,
    Paper,
    CaseId,
    RowId,
    Application,
}

#[async_trait::async_trait]
impl MigrationTrait for ApplicationsAndCases {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [applications(), forms(), cases(), papers(), paper_uses()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn applications() -> TableCreateStatement {
    use CaseworkApplication as A;
    Table::create()
        .table(A::Table)
        .col(ColumnDef::new(A::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(A::Number).string_len(24).not_null().unique_key())
        .col(ColumnDef::new(A::Theme).string_len(64).not_null())
        .col(ColumnDef::new(A::ThemeName).text().not_null())
        .col(ColumnDef::new(A::Subject).uuid().not_null())
        .col(ColumnDef::new(A::Organisation).uuid())
        .col(ColumnDef::new(A::Applicant).text().not_null())
        .col(ColumnDef::new(A::CitizenId).string_len(32).not_null())
        .col(ColumnDef::new(A::Phone).string_len(32))
        .col(ColumnDef::new(A::Agent).text())
        .col(ColumnDef::new(A::AgentSubject).uuid())
        .col(ColumnDef::new(A::Channel).string_len(16).not_null())
        .col(ColumnDef::new(A::Region).string_len(12).not_null())
        .col(ColumnDef::new(A::Hall).string_len(64))
        .col(ColumnDef::new(A::OpenedBy).string_len(64))
        .col(ColumnDef::new(A::OpenedByName).text())
        .col(ColumnDef::new(A::ReceivedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(A::Delivery).text().not_null())
        .col(ColumnDef::new(A::Cases).integer().not_null())
        .col(ColumnDef::new(A::Task).string_len(16).not_null())
        .col(ColumnDef::new(A::DueOn).date())
        .col(ColumnDef::new(A::YellowOn).date())
        .col(ColumnDef::new(A::RedOn).date())
        .col(ColumnDef::new(A::SortOn).date().not_null())
        .col(ColumnDef::new(A::TimerOn).date())
        .col(ColumnDef::new(A::SettledOn).date())
        .col(ColumnDef::new(A::HandedOverOn).date())
        .to_owned()
}

fn forms() -> TableCreateStatement {
    use CaseworkForm as F;
    Table::create()
        .table(F::Table)
        .col(ColumnDef::new(F::Application).uuid().not_null().primary_key())
        .col(ColumnDef::new(F::Answers).text().not_null())
        .col(ColumnDef::new(F::Form).text().not_null())
        .to_owned()
}

fn cases() -> TableCreateStatement {
    use CaseworkCase as C;
    Table::create()
        .table(C::Table)
        .col(ColumnDef::new(C::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(C::Application).uuid().not_null())
        .col(ColumnDef::new(C::Place).integer().not_null())
        .col(ColumnDef::new(C::ProjectNo).string_len(64).not_null().unique_key())
        .col(ColumnDef::new(C::Item).string_len(64).not_null())
        .col(ColumnDef::new(C::Code).string_len(64).not_null())
        .col(ColumnDef::new(C::Version).integer().not_null())
        .col(ColumnDef::new(C::ItemName).text().not_null())
        .col(ColumnDef::new(C::Authority).string_len(64).not_null())
        .col(ColumnDef::new(C::Region).string_len(12).not_null())
        .col(ColumnDef::new(C::Facts).text().not_null())
        .col(ColumnDef::new(C::Status).string_len(24).not_null())
        .col(ColumnDef::new(C::Step).string_len(64).not_null())
        .col(ColumnDef::new(C::Turn).string_len(16).not_null())
        .col(ColumnDef::new(C::Clock).string_len(16).not_null())
        .col(ColumnDef::new(C::Stands).boolean().not_null())
        .col(ColumnDef::new(C::DueOn).date())
        .col(ColumnDef::new(C::YellowOn).date())
        .col(ColumnDef::new(C::RedOn).date())
        .col(ColumnDef::new(C::DeemedOn).date())
        .col(ColumnDef::new(C::LapseOn).date())
        .col(ColumnDef::new(C::SortOn).date().not_null())
        .col(ColumnDef::new(C::AcceptedBy).string_len(64))
        .col(ColumnDef::new(C::HandledBy).string_len(64))
        .col(ColumnDef::new(C::Licence).uuid())
        .to_owned()
}

fn papers() -> TableCreateStatement {
    use CaseworkPaper as P;
    Table::create()
        .table(P::Table)
        .col(ColumnDef::new(P::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(P::Application).uuid().not_null())
        .col(ColumnDef::new(P::Place).integer().not_null())
        .col(ColumnDef::new(P::Material).string_len(64).not_null())
        .col(ColumnDef::new(P::Name).text().not_null())
        .col(ColumnDef::new(P::Holder).string_len(32).not_null())
        .col(ColumnDef::new(P::Scope).text())
        .col(ColumnDef::new(P::Status).string_len(16).not_null())
        .col(ColumnDef::new(P::ReasonCode).string_len(32))
        .col(ColumnDef::new(P::ReasonText).text())
        .col(ColumnDef::new(P::Blob).string_len(64))
        .col(ColumnDef::new(P::FileName).text())
        .col(ColumnDef::new(P::MediaKind).string_len(64))
        .col(ColumnDef::new(P::Size).big_integer())
        .col(ColumnDef::new(P::UploadedAt).timestamp_with_time_zone())
        .to_owned()
}

fn paper_uses() -> TableCreateStatement {
    use CaseworkPaperUse as U;
    Table::create()
        .table(U::Table)
        .col(ColumnDef::new(U::Paper).uuid().not_null())
        .col(ColumnDef::new(U::CaseId).uuid().not_null())
        .col(ColumnDef::new(U::RowId).string_len(64).not_null())
        .col(ColumnDef::new(U::Application).uuid().not_null())
        .primary_key(Index::create().col(U::Paper).col(U::CaseId).col(U::RowId))
        .to_owned()
}

/// Each list has the index it is read by; what is ended sorts last, so lists of open things never touch it.
fn indexes() -> Vec<IndexCreateStatement> {
    use CaseworkApplication as A;
    use CaseworkCase as C;
    let application = |name: &str| Index::create().name(name).table(A::Table).to_owned();
    let case = |name: &str| Index::create().name(name).table(C::Table).to_owned();
    vec![
        application("casework_application_window").col(A::Task).col(A::SortOn).col(A::Id).to_owned(),
        application("casework_application_subject").col(A::Subject).col(A::Id).to_owned(),
        application("casework_application_agent").col(A::AgentSubject).col(A::Id).to_owned(),
        application("casework_application_filed").col(A::OpenedBy).col(A::ReceivedAt).to_owned(),
        case("casework_case_application").col(C::Application).col(C::Place).to_owned(),
        case("casework_case_authority").col(C::Authority).col(C::Turn).col(C::SortOn).col(C::Id).to_owned(),
        case("casework_case_sort").col(C::SortOn).col(C::Id).to_owned(),
        Index::create()
            .name("casework_paper_application")
            .table(CaseworkPaper::Table)
            .col(CaseworkPaper::Application)
            .to_owned(),
        Index::create()
            .name("casework_paper_use_application")
            .table(CaseworkPaperUse::Table)
            .col(CaseworkPaperUse::Application)
            .to_owned(),
    ]
}
