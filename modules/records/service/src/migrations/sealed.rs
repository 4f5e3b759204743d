//! Room for sealed text, and blind indexes beside what is looked up. The rows themselves are sealed after the start, since
//! the keys are not in the database.

use sea_orm_migration::prelude::*;

pub(super) struct Sealed;

impl MigrationName for Sealed {
    fn name(&self) -> &str {
        "records_0003_sealed"
    }
}

#[derive(DeriveIden)]
enum RecordsResident {
    Table,
    CitizenMark,
}

#[derive(DeriveIden)]
enum RecordsLicence {
    Table,
    NumberMark,
}

/// Columns that had a length: what is sealed is longer than what it says.
const LONGER: [(&str, &[&str]); 4] = [
    ("records_resident", &["citizen_id", "name", "nation", "mobile", "household"]),
    ("records_organisation", &["legal_rep_name"]),
    ("records_licence", &["number"]),
    ("records_lookup", &["actor_name"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Sealed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LONGER {
            platform::migrate::lengthen(manager, table, columns).await?;
        }
        let (r, l) = (RecordsResident::Table, RecordsLicence::Table);
        let mut mark = ColumnDef::new(RecordsResident::CitizenMark);
        mark.string_len(48);
        manager.alter_table(Table::alter().table(r).add_column(mark).to_owned()).await?;
        let mut mark = ColumnDef::new(RecordsLicence::NumberMark);
        mark.string_len(48);
        manager.alter_table(Table::alter().table(l).add_column(mark).to_owned()).await?;
        let citizens = Index::create()
            .name("records_resident_by_citizen_mark")
            .table(RecordsResident::Table)
            .col(RecordsResident::CitizenMark)
            .unique()
            .to_owned();
        manager.create_index(citizens).await?;
        let numbers = Index::create()
            .name("records_licence_by_number_mark")
            .table(RecordsLicence::Table)
            .col(RecordsLicence::NumberMark)
            .to_owned();
        manager.create_index(numbers).await
    }
}
