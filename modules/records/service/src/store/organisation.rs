//! Organisations.

use kernel::codes::CreditCode;
use kernel::id::SubjectId;
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use records::{OrgForm, OrgStatus, Organisation};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "records_organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub credit_code: String,
    pub name: String,
    pub form: String,
    pub legal_rep: Uuid,
    pub legal_rep_name: String,
    pub region: String,
    pub address: String,
    pub scope: String,
    pub capital: Option<f64>,
    pub registered_on: Date,
    pub registrar: String,
    pub status: String,
    pub as_of: Date,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What the register publishes about an organisation (企业信息公示暂行条例第六条) is not sealed; the name of the person who
/// represents it is.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::LegalRepName];
}

impl From<&Organisation> for Model {
    fn from(organisation: &Organisation) -> Self {
        let organisation = organisation.clone();
        Self {
            id: organisation.subject.uuid(),
            credit_code: organisation.credit_code.into(),
            name: organisation.name,
            form: organisation.form.code().to_owned(),
            legal_rep: organisation.legal_rep.uuid(),
            legal_rep_name: organisation.legal_rep_name,
            region: organisation.region,
            address: organisation.address,
            scope: organisation.scope,
            capital: organisation.capital,
            registered_on: organisation.registered_on,
            registrar: organisation.registrar.to_string(),
            status: organisation.status.code().to_owned(),
            as_of: organisation.as_of,
        }
    }
}

impl TryFrom<Model> for Organisation {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        let unreadable = |column: &str| unreadable("records_organisation", column, row.id);
        Ok(Self {
            subject: SubjectId::from_uuid(row.id),
            credit_code: CreditCode::parse(&row.credit_code).map_err(|_| unreadable("credit_code"))?,
            form: OrgForm::parse(&row.form).ok_or_else(|| unreadable("form"))?,
            status: OrgStatus::parse(&row.status).ok_or_else(|| unreadable("status"))?,
            name: row.name,
            legal_rep: SubjectId::from_uuid(row.legal_rep),
            legal_rep_name: row.legal_rep_name,
            region: row.region,
            address: row.address,
            scope: row.scope,
            capital: row.capital,
            registered_on: row.registered_on,
            registrar: row.registrar.into(),
            as_of: row.as_of,
        })
    }
}

/// The organisation with this identifier.
pub(crate) async fn organisation_find(on: &impl Sealing, subject: SubjectId) -> Result<Option<Organisation>, Fault> {
    let found = Entity::find_by_id(subject.uuid()).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)?.map(TryInto::try_into).transpose()
}

/// The organisations this resident represents, oldest first.
pub(crate) async fn organisation_list(on: &impl Sealing, legal_rep: SubjectId) -> Result<Vec<Organisation>, Fault> {
    let rows = Entity::find()
        .filter(Column::LegalRep.eq(legal_rep.uuid()))
        .order_by_asc(Column::RegisteredOn)
        .order_by_asc(Column::Id)
        .limit(ROWS_MAX)
        .all(on)
        .await?;
    sealed::open_all::<Entity>(on.sealer(), rows)?.into_iter().map(Organisation::try_from).collect()
}

/// Adds organisations.
pub(crate) async fn organisation_insert(on: &impl Sealing, organisations: &[Organisation]) -> Result<(), Fault> {
    let mut rows: Vec<Model> = organisations.iter().map(Model::from).collect();
    rows.iter_mut().try_for_each(|row| sealed::seal::<Entity>(on.sealer(), row))?;
    Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model)).exec_without_returning(on).await?;
    Ok(())
}

/// Puts an organisation's changed registration in the place of the old one.
pub(crate) async fn organisation_update(on: &impl Sealing, organisation: &Organisation) -> Result<(), Fault> {
    let mut row = Model::from(organisation);
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    row.into_active_model().reset_all().update(on).await?;
    Ok(())
}
