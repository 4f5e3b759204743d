//! Closed vocabularies: the word in the file, the official Chinese term, and a type so that no other word gets in.

/// Declares an enumeration by its words: `Variant = "word in YAML" "官方用语"`. The first variant stands in wherever a
/// file gives no usable value, so that reading can go on; the compiler has then already reported it.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal $label:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(
                #[doc = $label]
                #[serde(rename = $word)]
                $variant,
            )*
        }

        impl $name {
            /// All of them, in the order of the standard.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word in catalogue files and in JSON.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The official Chinese term.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }
        }

        impl $crate::reader::Word for $name {
            const WORDS: &'static [(&'static str, $name)] = &[$(($word, $name::$variant)),*];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
