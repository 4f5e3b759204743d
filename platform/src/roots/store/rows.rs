//! The rows of the tables, as SeaORM wants them.

/// One closed day.
pub(crate) mod root_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_root")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        pub closed: DateTimeUtc,
        pub chains: i64,
        #[sea_orm(column_name = "row_count")]
        pub rows: i64,
        pub root: Vec<u8>,
        pub previous: Vec<u8>,
        pub key_id: String,
        pub point: Vec<u8>,
        pub signature: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a chain stood when a day was closed; written only when it had moved.
pub(crate) mod leaf_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_root_leaf")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub chain: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        pub seq: i64,
        pub hash: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The hash over 1,024 leaves; kept so that a path is found without reading all of them.
pub(crate) mod block_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_root_block")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        /// The chain of its first leaf.
        pub first: Uuid,
        pub hash: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The day that is open.
pub(crate) mod open_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_root_open")]
    pub struct Model {
        /// There is one row.
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub day: Date,
        /// The last chain read for this day.
        pub after: Option<Uuid>,
        #[sea_orm(column_name = "row_count")]
        pub rows: i64,
        /// The tree so far.
        pub tree: Vec<u8>,
        /// The chain that began the block under way.
        pub block_first: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
