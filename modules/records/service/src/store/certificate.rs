//! Files of licences: the original in each state it was shown in, and the copies its holder made.

use chrono::{DateTime, Utc};
use kernel::id::{BlobId, LicenceId};
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use records::{CopyTerms, LicenceState};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};
use crate::certificate::{Certificate, CertificateId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub licence: Uuid,
    pub code: String,
    pub state: String,
    pub purpose: Option<String>,
    pub recipient: Option<String>,
    pub until: Option<Date>,
    pub made_at: DateTimeUtc,
    pub made_by: String,
    pub blob: Option<String>,
    pub key_id: Option<String>,
    pub sealed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A copy may be for a person by name.
impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Purpose, Column::Recipient];
}

impl From<&Certificate> for Model {
    fn from(one: &Certificate) -> Self {
        let copy = one.copy.clone();
        Self {
            id: one.id.uuid(),
            licence: one.licence.uuid(),
            code: one.code.clone(),
            state: one.state.code().to_owned(),
            purpose: copy.as_ref().map(|copy| copy.purpose.clone()),
            recipient: copy.as_ref().map(|copy| copy.recipient.clone()),
            until: copy.as_ref().map(|copy| copy.until),
            made_at: one.made_at,
            made_by: one.made_by.clone(),
            blob: one.blob.as_ref().map(ToString::to_string),
            key_id: one.key.clone(),
            sealed_at: one.sealed_at,
        }
    }
}

impl TryFrom<Model> for Certificate {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        let unreadable = |column: &str| unreadable("records_certificate", column, row.id);
        let copy = match (row.purpose, row.recipient, row.until) {
            (Some(purpose), Some(recipient), Some(until)) => Some(CopyTerms { purpose, recipient, until }),
            _ => None,
        };
        Ok(Self {
            id: CertificateId::from_uuid(row.id),
            licence: LicenceId::from_uuid(row.licence),
            state: LicenceState::parse(&row.state).ok_or_else(|| unreadable("state"))?,
            blob: row.blob.as_deref().map(|blob| BlobId::parse(blob).map_err(|_| unreadable("blob"))).transpose()?,
            code: row.code,
            copy,
            made_at: row.made_at,
            made_by: row.made_by,
            key: row.key_id,
            sealed_at: row.sealed_at,
        })
    }
}

/// Adds one.
pub(crate) async fn certificate_insert(on: &impl Sealing, one: &Certificate) -> Result<(), Fault> {
    let mut row = Model::from(one);
    sealed::seal::<Entity>(on.sealer(), &mut row)?;
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

fn read(on: &impl Sealing, row: Model) -> Result<Certificate, Fault> {
    sealed::open::<Entity>(on.sealer(), row)?.try_into()
}

/// The one with this id.
pub(crate) async fn certificate_find(on: &impl Sealing, id: CertificateId) -> Result<Option<Certificate>, Fault> {
    Entity::find_by_id(id.uuid()).one(on).await?.map(|row| read(on, row)).transpose()
}

/// The one with this code.
pub(crate) async fn certificate_by_code(on: &impl Sealing, code: &str) -> Result<Option<Certificate>, Fault> {
    Entity::find().filter(Column::Code.eq(code)).one(on).await?.map(|row| read(on, row)).transpose()
}

/// All of a licence, newest first.
pub(crate) async fn certificate_list(on: &impl Sealing, licence: LicenceId) -> Result<Vec<Certificate>, Fault> {
    let rows = Entity::find().filter(Column::Licence.eq(licence.uuid())).order_by_desc(Column::MadeAt);
    let rows = rows.order_by_desc(Column::Id).limit(ROWS_MAX).all(on).await?;
    rows.into_iter().map(|row| read(on, row)).collect()
}

/// Notes the sealed file of one that has none yet. Gives whether it had none.
pub(crate) async fn certificate_sealed(
    on: &impl ConnectionTrait,
    id: CertificateId,
    (blob, key, at): (&BlobId, &str, DateTime<Utc>),
) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::Blob, Expr::value(blob.to_string()))
        .col_expr(Column::KeyId, Expr::value(key))
        .col_expr(Column::SealedAt, Expr::value(at))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::Blob.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}
