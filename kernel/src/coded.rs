//! Closed vocabularies: one stable code per variant, the same in columns, JSON, text tables and printed charts.

/// Declares enumerations by their codes. `in "table"` names the table of the text files that holds the words for people.
/// The crate that declares one depends on `serde`.
///
/// ```
/// kernel::coded! {
///     /// 送达方式
///     Way in "delivery" {
///         /// 窗口
///         Window = "window",
///         /// 邮寄
///         Mail = "mail",
///     }
/// }
/// assert_eq!(Way::parse("mail"), Some(Way::Mail));
/// assert_eq!((Way::Mail.code(), Way::Mail.text_key()), ("mail", "delivery.mail"));
/// ```
#[macro_export]
macro_rules! coded {
    ($($(#[$doc:meta])* $name:ident in $table:literal { $($(#[$about:meta])* $variant:ident = $code:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the charts.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The table of the text files that holds the words.
            pub const TABLE: &'static str = $table;

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

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    )+};
}
