//! Closed vocabularies: one stable code per variant, the same in files, JSON, text tables and the printed chart.

/// Declares an enumeration by its codes. `in "table"` names the table of the text files that holds its words.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident in $table:literal { $($(#[$about:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the chart.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The table of the text files that holds the words.
            pub const TABLE: &'static str = $table;

            /// The stable code: key of the words, value in JSON and in columns.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// The variant of that code, if there is one.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use coded;
