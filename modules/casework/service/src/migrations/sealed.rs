//! Room for sealed text, and a blind index of applicants' names. The rows are sealed after the start, since the keys are
//! not in the database.

use sea_orm_migration::prelude::*;

pub(super) struct Sealed;

impl MigrationName for Sealed {
    fn name(&self) -> &str {
        "casework_0003_sealed"
    }
}

#[derive(DeriveIden)]
enum CaseworkApplication {
    Table,
    ApplicantMark,
}

#[async_trait::async_trait]
impl MigrationTrait for Sealed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use CaseworkApplication as A;
        platform::migrate::lengthen(manager, "casework_application", &["citizen_id", "phone"]).await?;
        let mut mark = ColumnDef::new(A::ApplicantMark);
        mark.string_len(48);
        manager.alter_table(Table::alter().table(A::Table).add_column(mark).to_owned()).await?;
        let names = Index::create()
            .name("casework_application_by_applicant_mark")
            .table(A::Table)
            .col(A::ApplicantMark)
            .to_owned();
        manager.create_index(names).await
    }
}
