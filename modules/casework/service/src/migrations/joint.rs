//! 联合办理期限的延长: kept with the application, because it is of all its cases.

use sea_orm_migration::prelude::*;

use super::CaseworkApplication;

pub(super) struct JointExtension;

impl MigrationName for JointExtension {
    fn name(&self) -> &str {
        "casework_0006_joint_extension"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for JointExtension {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new("joint_extension")).text().to_owned();
        manager.alter_table(Table::alter().table(CaseworkApplication::Table).add_column(column).to_owned()).await
    }
}
