//! Licences.

use catalog::model::LicenceHolder;
use chrono::NaiveDate;
use kernel::codes::LicenceMark;
use kernel::id::{CaseId, LicenceId, SubjectId};
use platform::Fault;
use platform::sealed::{self, Marked, Sealed, Sealing, tidy_number};
use records::{Ended, Ending, Licence};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_licence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub licence: String,
    pub kind: String,
    pub number: String,
    /// Blind index of the number; `mark` is the mark that stands on the licence.
    pub number_mark: Option<String>,
    pub mark: String,
    pub holder: Uuid,
    pub holder_name: String,
    pub about: Option<String>,
    pub place: Option<String>,
    pub issued_by: String,
    pub issued_on: Date,
    pub valid_to: Option<Date>,
    pub version: i32,
    pub ended_on: Option<Date>,
    pub ended: Option<String>,
    pub case_id: Option<Uuid>,
    /// JSON object, field to value.
    pub details: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A licence's number may be its holder's: an ID card bears the citizen's, a household register the family's.
pub(crate) const NUMBER: Marked<Column> = Marked { of: Column::Number, mark: Column::NumberMark, tidy: tidy_number };

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Number, Column::HolderName, Column::Place, Column::Details];
    const MARKED: &'static [Marked<Column>] = &[NUMBER];
}

impl TryFrom<&Licence> for Model {
    type Error = Fault;
    fn try_from(licence: &Licence) -> Result<Self, Fault> {
        Ok(Self {
            id: licence.id.uuid(),
            licence: licence.licence.to_string(),
            kind: word(licence.kind)?,
            number: licence.number.clone(),
            number_mark: None,
            mark: licence.mark.to_string(),
            holder: licence.holder.uuid(),
            holder_name: licence.holder_name.clone(),
            about: licence.about.map(word).transpose()?,
            place: licence.place.clone(),
            issued_by: licence.issued_by.to_string(),
            issued_on: licence.issued_on,
            valid_to: licence.valid_to,
            version: i32::try_from(licence.version).map_err(Fault::internal)?,
            ended_on: licence.ended.map(|ending| ending.on),
            ended: licence.ended.map(|ending| ending.how.code().to_owned()),
            case_id: licence.case.map(CaseId::uuid),
            details: serde_json::to_string(&licence.details)?,
        })
    }
}

impl TryFrom<Model> for Licence {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        let unreadable = |column: &str| unreadable("records_licence", column, row.id);
        let ended = row.ended.as_deref().and_then(Ended::parse);
        Ok(Self {
            id: LicenceId::from_uuid(row.id),
            kind: unword::<LicenceHolder>(&row.kind).ok_or_else(|| unreadable("kind"))?,
            mark: LicenceMark::parse(&row.mark).map_err(|_| unreadable("mark"))?,
            about: row.about.as_deref().map(|about| unword(about).ok_or_else(|| unreadable("about"))).transpose()?,
            version: u32::try_from(row.version).map_err(|_| unreadable("version"))?,
            ended: row.ended_on.zip(ended).map(|(on, how)| Ending { on, how }),
            details: serde_json::from_str(&row.details)?,
            licence: row.licence.into(),
            number: row.number,
            holder: SubjectId::from_uuid(row.holder),
            holder_name: row.holder_name,
            place: row.place,
            issued_by: row.issued_by.into(),
            issued_on: row.issued_on,
            valid_to: row.valid_to,
            case: row.case_id.map(CaseId::from_uuid),
        })
    }
}

/// A word of the catalogue's vocabularies as its file writes it.
fn word(value: impl serde::Serialize) -> Result<String, Fault> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(Fault::internal(format_args!("{other} is not a word"))),
    }
}

fn unword<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// The licence with this identifier.
pub(crate) async fn licence_find(on: &impl Sealing, id: LicenceId) -> Result<Option<Licence>, Fault> {
    let found = Entity::find_by_id(id.uuid()).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)?.map(TryInto::try_into).transpose()
}

/// Everything these holders have, the ended too, newest first.
pub(crate) async fn licence_list(on: &impl Sealing, holders: &[SubjectId]) -> Result<Vec<Licence>, Fault> {
    let holders = holders.iter().map(|holder| holder.uuid());
    let rows = Entity::find()
        .filter(Column::Holder.is_in(holders))
        .order_by_desc(Column::IssuedOn)
        .order_by_desc(Column::Id)
        .limit(ROWS_MAX)
        .all(on)
        .await?;
    sealed::open_all::<Entity>(on.sealer(), rows)?.into_iter().map(Licence::try_from).collect()
}

/// Adds licences.
pub(crate) async fn licence_insert(on: &impl Sealing, licences: &[Licence]) -> Result<(), Fault> {
    let sealed = |licence: &Licence| {
        let mut row = Model::try_from(licence)?;
        sealed::seal::<Entity>(on.sealer(), &mut row)?;
        Ok(row.into_active_model())
    };
    let rows: Vec<ActiveModel> = licences.iter().map(sealed).collect::<Result<_, Fault>>()?;
    Entity::insert_many(rows).exec_without_returning(on).await?;
    Ok(())
}

/// Ends a licence that has not ended. Gives whether there was one.
pub(crate) async fn licence_end(
    on: &impl ConnectionTrait,
    id: LicenceId,
    on_day: NaiveDate,
    how: Ended,
) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(on_day))
        .col_expr(Column::Ended, Expr::value(how.code()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::EndedOn.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use catalog::model::HolderRole;

    use super::*;

    #[test]
    fn words_of_the_catalogue_come_back() {
        for role in [HolderRole::Child, HolderRole::LegalRepresentative] {
            assert_eq!(unword::<HolderRole>(&word(role).unwrap()), Some(role));
        }
        assert_eq!(word(LicenceHolder::Premises).unwrap(), "premises");
        assert_eq!(unword::<LicenceHolder>("castle"), None);
    }
}
