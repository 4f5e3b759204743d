//! Closed vocabularies: one stable code per variant, the same in columns, JSON and text tables.

/// Declares an enumeration by its codes. The words for people are in the text files under the table's name.
macro_rules! coded {
    ($($(#[$doc:meta])* $name:ident in $table:literal { $($(#[$about:meta])* $variant:ident = $code:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable code, as columns and JSON have it.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// The variant of that code, if there is one.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// The key of its words in the text files.
            pub const fn text_key(self) -> &'static str {
                match self { $($name::$variant => concat!($table, ".", $code),)+ }
            }
        }
    )+};
}

pub(crate) use coded;
