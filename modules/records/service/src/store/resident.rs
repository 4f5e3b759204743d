//! Residents.

use kernel::codes::CitizenId;
use kernel::id::SubjectId;
use platform::Fault;
use records::{HouseholdRelation, Marital, Origin, Resident};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect};

use super::{ROWS_MAX, unreadable};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_resident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub citizen_id: String,
    pub name: String,
    pub nation: Option<String>,
    pub mobile: Option<String>,
    pub hukou_region: Option<String>,
    pub hukou_address: Option<String>,
    pub region: Option<String>,
    pub address: Option<String>,
    pub household: Option<String>,
    pub relation: Option<String>,
    pub marital: Option<String>,
    pub spouse: Option<Uuid>,
    pub married_on: Option<Date>,
    pub mother: Option<Uuid>,
    pub father: Option<Uuid>,
    pub died_on: Option<Date>,
    pub origin: String,
    pub as_of: Date,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Resident> for Model {
    fn from(resident: &Resident) -> Self {
        let resident = resident.clone();
        Self {
            id: resident.subject.uuid(),
            citizen_id: resident.citizen_id.into(),
            name: resident.name,
            nation: resident.nation,
            mobile: resident.mobile,
            hukou_region: resident.hukou_region,
            hukou_address: resident.hukou_address,
            region: resident.region,
            address: resident.address,
            household: resident.household,
            relation: resident.relation.map(|relation| relation.code().to_owned()),
            marital: resident.marital.map(|marital| marital.code().to_owned()),
            spouse: resident.spouse.map(SubjectId::uuid),
            married_on: resident.married_on,
            mother: resident.mother.map(SubjectId::uuid),
            father: resident.father.map(SubjectId::uuid),
            died_on: resident.died_on,
            origin: resident.origin.code().to_owned(),
            as_of: resident.as_of,
        }
    }
}

impl TryFrom<Model> for Resident {
    type Error = Fault;
    fn try_from(row: Model) -> Result<Self, Fault> {
        let unreadable = |column: &str| unreadable("records_resident", column, row.id);
        Ok(Self {
            subject: SubjectId::from_uuid(row.id),
            citizen_id: CitizenId::parse(&row.citizen_id).map_err(|_| unreadable("citizen_id"))?,
            relation: coded(&row.relation, HouseholdRelation::parse, || unreadable("relation"))?,
            marital: coded(&row.marital, Marital::parse, || unreadable("marital"))?,
            origin: Origin::parse(&row.origin).ok_or_else(|| unreadable("origin"))?,
            name: row.name,
            nation: row.nation,
            mobile: row.mobile,
            hukou_region: row.hukou_region,
            hukou_address: row.hukou_address,
            region: row.region,
            address: row.address,
            household: row.household,
            spouse: row.spouse.map(SubjectId::from_uuid),
            married_on: row.married_on,
            mother: row.mother.map(SubjectId::from_uuid),
            father: row.father.map(SubjectId::from_uuid),
            died_on: row.died_on,
            as_of: row.as_of,
        })
    }
}

fn coded<T>(
    text: &Option<String>,
    parse: impl Fn(&str) -> Option<T>,
    fault: impl Fn() -> Fault,
) -> Result<Option<T>, Fault> {
    text.as_deref().map(|text| parse(text).ok_or_else(&fault)).transpose()
}

/// The resident with this identifier.
pub(crate) async fn resident_find(on: &impl ConnectionTrait, subject: SubjectId) -> Result<Option<Resident>, Fault> {
    Entity::find_by_id(subject.uuid()).one(on).await?.map(Resident::try_from).transpose()
}

/// The resident with this citizen ID number.
pub(crate) async fn resident_by_citizen_id(
    on: &impl ConnectionTrait,
    id: &CitizenId,
) -> Result<Option<Resident>, Fault> {
    Entity::find().filter(Column::CitizenId.eq(id.as_str())).one(on).await?.map(Resident::try_from).transpose()
}

/// How many children of this person are on the register and alive.
pub(crate) async fn resident_children(on: &impl ConnectionTrait, parent: SubjectId) -> Result<u32, Fault> {
    let of_parent = Condition::any().add(Column::Mother.eq(parent.uuid())).add(Column::Father.eq(parent.uuid()));
    let number = Entity::find().filter(of_parent).filter(Column::DiedOn.is_null()).count(on).await?;
    u32::try_from(number).map_err(Fault::internal)
}

/// Citizen ID numbers in use that begin with these digits (area and birthday).
pub(crate) async fn resident_numbers(on: &impl ConnectionTrait, beginning: &str) -> Result<Vec<String>, Fault> {
    let rows = Entity::find()
        .filter(Column::CitizenId.between(beginning.to_owned(), format!("{beginning}Z")))
        .order_by_asc(Column::CitizenId)
        .limit(ROWS_MAX)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(|row| row.citizen_id).collect())
}

/// Adds residents.
pub(crate) async fn resident_insert(on: &impl ConnectionTrait, residents: &[Resident]) -> Result<(), Fault> {
    let rows = residents.iter().map(|resident| Model::from(resident).into_active_model());
    Entity::insert_many(rows).exec_without_returning(on).await?;
    Ok(())
}
