//! Tables of residents, organisations, licences, facts and look-ups.

mod breaches;
mod certificates;
mod looks;
mod sealed;

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Registers),
        Box::new(breaches::Breaches),
        Box::new(sealed::Sealed),
        Box::new(looks::Looks),
        Box::new(certificates::Certificates),
    ]
}

struct Registers;

impl MigrationName for Registers {
    fn name(&self) -> &str {
        "records_0001_registers"
    }
}

#[derive(DeriveIden)]
enum RecordsResident {
    Table,
    Id,
    CitizenId,
    Name,
    Nation,
    Mobile,
    HukouRegion,
    HukouAddress,
    Region,
    Address,
    Household,
    Relation,
    Marital,
    Spouse,
    MarriedOn,
    Mother,
    Father,
    DiedOn,
    Origin,
    AsOf,
}

#[derive(DeriveIden)]
enum RecordsOrganisation {
    Table,
    Id,
    CreditCode,
    Name,
    Form,
    LegalRep,
    LegalRepName,
    Region,
    Address,
    Scope,
    Capital,
    RegisteredOn,
    Registrar,
    Status,
    AsOf,
}

#[derive(DeriveIden)]
enum RecordsLicence {
    Table,
    Id,
    Licence,
    Kind,
    Number,
    Mark,
    Holder,
    HolderName,
    About,
    Place,
    IssuedBy,
    IssuedOn,
    ValidTo,
    Version,
    EndedOn,
    Ended,
    CaseId,
    Details,
}

#[derive(DeriveIden)]
enum RecordsFact {
    Table,
    Subject,
    Field,
    Value,
    Source,
    AsOf,
}

#[derive(DeriveIden)]
enum RecordsLookup {
    Table,
    Id,
    At,
    Actor,
    ActorName,
    Subject,
    Why,
    Matter,
    Application,
    CaseId,
}

#[async_trait::async_trait]
impl MigrationTrait for Registers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [residents(), organisations(), licences(), facts(), lookups()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn residents() -> TableCreateStatement {
    use RecordsResident as R;
    Table::create()
        .table(R::Table)
        .col(ColumnDef::new(R::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(R::CitizenId).string_len(18).not_null().unique_key())
        .col(ColumnDef::new(R::Name).string_len(64).not_null())
        .col(ColumnDef::new(R::Nation).string_len(20))
        .col(ColumnDef::new(R::Mobile).string_len(20))
        .col(ColumnDef::new(R::HukouRegion).string_len(12))
        .col(ColumnDef::new(R::HukouAddress).text())
        .col(ColumnDef::new(R::Region).string_len(12))
        .col(ColumnDef::new(R::Address).text())
        .col(ColumnDef::new(R::Household).string_len(20))
        .col(ColumnDef::new(R::Relation).string_len(16))
        .col(ColumnDef::new(R::Marital).string_len(16))
        .col(ColumnDef::new(R::Spouse).uuid())
        .col(ColumnDef::new(R::MarriedOn).date())
        .col(ColumnDef::new(R::Mother).uuid())
        .col(ColumnDef::new(R::Father).uuid())
        .col(ColumnDef::new(R::DiedOn).date())
        .col(ColumnDef::new(R::Origin).string_len(16).not_null())
        .col(ColumnDef::new(R::AsOf).date().not_null())
        .to_owned()
}

fn organisations() -> TableCreateStatement {
    use RecordsOrganisation as O;
    Table::create()
        .table(O::Table)
        .col(ColumnDef::new(O::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(O::CreditCode).string_len(18).not_null().unique_key())
        .col(ColumnDef::new(O::Name).text().not_null())
        .col(ColumnDef::new(O::Form).string_len(16).not_null())
        .col(ColumnDef::new(O::LegalRep).uuid().not_null())
        .col(ColumnDef::new(O::LegalRepName).string_len(64).not_null())
        .col(ColumnDef::new(O::Region).string_len(12).not_null())
        .col(ColumnDef::new(O::Address).text().not_null())
        .col(ColumnDef::new(O::Scope).text().not_null())
        .col(ColumnDef::new(O::Capital).double())
        .col(ColumnDef::new(O::RegisteredOn).date().not_null())
        .col(ColumnDef::new(O::Registrar).string_len(64).not_null())
        .col(ColumnDef::new(O::Status).string_len(16).not_null())
        .col(ColumnDef::new(O::AsOf).date().not_null())
        .to_owned()
}

fn licences() -> TableCreateStatement {
    use RecordsLicence as L;
    Table::create()
        .table(L::Table)
        .col(ColumnDef::new(L::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(L::Licence).string_len(64).not_null())
        .col(ColumnDef::new(L::Kind).string_len(16).not_null())
        .col(ColumnDef::new(L::Number).string_len(64).not_null())
        .col(ColumnDef::new(L::Mark).string_len(96).not_null().unique_key())
        .col(ColumnDef::new(L::Holder).uuid().not_null())
        .col(ColumnDef::new(L::HolderName).text().not_null())
        .col(ColumnDef::new(L::About).string_len(16))
        .col(ColumnDef::new(L::Place).text())
        .col(ColumnDef::new(L::IssuedBy).string_len(64).not_null())
        .col(ColumnDef::new(L::IssuedOn).date().not_null())
        .col(ColumnDef::new(L::ValidTo).date())
        .col(ColumnDef::new(L::Version).integer().not_null())
        .col(ColumnDef::new(L::EndedOn).date())
        .col(ColumnDef::new(L::Ended).string_len(16))
        .col(ColumnDef::new(L::CaseId).uuid())
        .col(ColumnDef::new(L::Details).text().not_null())
        .to_owned()
}

fn facts() -> TableCreateStatement {
    use RecordsFact as F;
    Table::create()
        .table(F::Table)
        .col(ColumnDef::new(F::Subject).uuid().not_null())
        .col(ColumnDef::new(F::Field).string_len(64).not_null())
        .col(ColumnDef::new(F::Value).text().not_null())
        .col(ColumnDef::new(F::Source).string_len(32).not_null())
        .col(ColumnDef::new(F::AsOf).date().not_null())
        .primary_key(Index::create().col(F::Subject).col(F::Field))
        .to_owned()
}

fn lookups() -> TableCreateStatement {
    use RecordsLookup as L;
    Table::create()
        .table(L::Table)
        .col(ColumnDef::new(L::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(L::At).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(L::Actor).string_len(64).not_null())
        .col(ColumnDef::new(L::ActorName).string_len(64).not_null())
        .col(ColumnDef::new(L::Subject).uuid().not_null())
        .col(ColumnDef::new(L::Why).string_len(16).not_null())
        .col(ColumnDef::new(L::Matter).string_len(64))
        .col(ColumnDef::new(L::Application).uuid())
        .col(ColumnDef::new(L::CaseId).uuid())
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    fn index<const N: usize>(name: &str, table: impl IntoIden, columns: [DynIden; N]) -> IndexCreateStatement {
        let mut index = Index::create();
        index.name(name).table(table.into_iden());
        for column in columns {
            index.col(column);
        }
        index.to_owned()
    }
    vec![
        index("records_resident_by_mother", RecordsResident::Table, [RecordsResident::Mother.into_iden()]),
        index("records_resident_by_father", RecordsResident::Table, [RecordsResident::Father.into_iden()]),
        index("records_organisation_by_rep", RecordsOrganisation::Table, [RecordsOrganisation::LegalRep.into_iden()]),
        index(
            "records_licence_by_holder",
            RecordsLicence::Table,
            [RecordsLicence::Holder.into_iden(), RecordsLicence::Licence.into_iden()],
        ),
        index(
            "records_lookup_by_subject",
            RecordsLookup::Table,
            [RecordsLookup::Subject.into_iden(), RecordsLookup::At.into_iden()],
        ),
    ]
}
