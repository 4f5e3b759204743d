//! Residents.

use kernel::codes::CitizenId;
use kernel::id::SubjectId;
use platform::Fault;
use platform::sealed::{self, Marked, Sealed, Sealing, tidy_number};
use records::{HouseholdRelation, Marital, Origin, Resident};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, IntoActiveModel, QuerySelect};

use super::{ROWS_MAX, unreadable};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records_resident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub citizen_id: String,
    /// Blind index of the number.
    pub citizen_mark: Option<String>,
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

/// The number is looked up by, so it has a mark beside it.
const NUMBER: Marked<Column> = Marked { of: Column::CitizenId, mark: Column::CitizenMark, tidy: tidy_number };

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[
        Column::CitizenId,
        Column::Name,
        Column::Nation,
        Column::Mobile,
        Column::HukouAddress,
        Column::Address,
        Column::Household,
    ];
    const MARKED: &'static [Marked<Column>] = &[NUMBER];
}

impl From<&Resident> for Model {
    fn from(resident: &Resident) -> Self {
        let resident = resident.clone();
        Self {
            id: resident.subject.uuid(),
            citizen_id: resident.citizen_id.into(),
            citizen_mark: None,
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
pub(crate) async fn resident_find(on: &impl Sealing, subject: SubjectId) -> Result<Option<Resident>, Fault> {
    opened(on, Entity::find_by_id(subject.uuid()).one(on).await?)
}

fn opened(on: &impl Sealing, found: Option<Model>) -> Result<Option<Resident>, Fault> {
    sealed::open_one::<Entity>(on.sealer(), found)?.map(TryInto::try_into).transpose()
}

/// The resident with this citizen ID number.
pub(crate) async fn resident_by_citizen_id(on: &impl Sealing, id: &CitizenId) -> Result<Option<Resident>, Fault> {
    let which = sealed::finds::<Entity>(on.sealer(), &NUMBER, id.as_str())?;
    opened(on, Entity::find().filter(which).one(on).await?)
}

/// How many children of this person are on the register and alive.
pub(crate) async fn resident_children(on: &impl ConnectionTrait, parent: SubjectId) -> Result<u32, Fault> {
    let of_parent = Condition::any().add(Column::Mother.eq(parent.uuid())).add(Column::Father.eq(parent.uuid()));
    let number = Entity::find().filter(of_parent).filter(Column::DiedOn.is_null()).count(on).await?;
    u32::try_from(number).map_err(Fault::internal)
}

/// Which of these citizen ID numbers are in use.
pub(crate) async fn resident_numbers(on: &impl Sealing, numbers: &[CitizenId]) -> Result<Vec<CitizenId>, Fault> {
    let any = numbers.iter().try_fold(Condition::any(), |any, number| {
        Ok::<_, Fault>(any.add(sealed::finds::<Entity>(on.sealer(), &NUMBER, number.as_str())?))
    })?;
    let rows = Entity::find().filter(any).limit(ROWS_MAX).all(on).await?;
    let taken = sealed::open_all::<Entity>(on.sealer(), rows)?;
    taken.into_iter().map(|row| Ok(Resident::try_from(row)?.citizen_id)).collect()
}

/// Adds residents.
pub(crate) async fn resident_insert(on: &impl Sealing, residents: &[Resident]) -> Result<(), Fault> {
    let mut rows: Vec<Model> = residents.iter().map(Model::from).collect();
    rows.iter_mut().try_for_each(|row| sealed::seal::<Entity>(on.sealer(), row))?;
    Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model)).exec_without_returning(on).await?;
    Ok(())
}
