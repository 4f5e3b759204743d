//! Identifiers of rows. Each thing has its own type over a UUID, so that mixing two up does not compile.
//!
//! Making a new identifier needs a clock and randomness and is therefore done by the platform's
//! transaction; here they are only wrapped, read and written.

use std::fmt;

#[doc(hidden)]
pub use serde;
pub use uuid::Uuid;

/// What every identifier made by [`typed_id!`](crate::typed_id) can do; lets the platform hand out new ones.
pub trait TypedId: Copy + Ord + Send + Sync + 'static {
    /// Wraps a UUID.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;
}

/// Declares identifier types over a UUID: `Copy`, ordered, written and read as a hyphenated string.
///
/// ```
/// kernel::typed_id! {
///     /// One ticket of the queue (取号).
///     pub TicketId;
/// }
/// let id: TicketId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
/// assert_eq!(id.to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
/// ```
#[macro_export]
macro_rules! typed_id {
    ($( $(#[$meta:meta])* $vis:vis $name:ident; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::id::Uuid);

        impl $name {
            /// Wraps a UUID read from the database or made by the platform.
            pub const fn from_uuid(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID, for the column it is kept in.
            pub const fn uuid(self) -> $crate::id::Uuid {
                self.0
            }
        }

        impl $crate::id::TypedId for $name {
            fn from_uuid(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> $crate::id::Uuid {
                self.0
            }
        }

        impl From<$crate::id::Uuid> for $name {
            fn from(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for $crate::id::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::Uuid::parse_str(text)
                    .map(Self)
                    .map_err(|_| $crate::id::NotAnId(stringify!($name)))
            }
        }

        impl $crate::id::serde::Serialize for $name {
            fn serialize<S: $crate::id::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> $crate::id::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::id::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <::std::string::String as $crate::id::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::id::serde::de::Error::custom)
            }
        }
    )+ };
}

typed_id! {
    /// One application (申请): what a resident submits once, holding one case per item.
    pub ApplicationId;
    /// One case (办件): one item handled by one authority.
    pub CaseId;
    /// A form being filled in and not yet submitted (暂存).
    pub DraftId;
    /// A login of a resident or of a member of staff (账号).
    pub AccountId;
    /// A person or an organisation that applications are about (办事主体).
    pub SubjectId;
    /// A row of the licence register (证照库). The identifier printed on the licence is [`LicenceMark`](crate::codes::LicenceMark).
    pub LicenceId;
}

/// The text is not an identifier of the named type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}")]
pub struct NotAnId(pub &'static str);

/// The address of a stored file: the hash of its content as 64 lower-case hexadecimal characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobId(String);

impl BlobId {
    /// Reads an address. Anything but 64 lower-case hexadecimal characters is refused, so that
    /// an address can be used as a file name without a second thought.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(hexadecimal) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId("BlobId"))
        }
    }

    /// The 64 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for BlobId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Self::parse(text)
    }
}

impl TryFrom<String> for BlobId {
    type Error = NotAnId;
    fn try_from(text: String) -> Result<Self, NotAnId> {
        Self::parse(&text)
    }
}

impl From<BlobId> for String {
    fn from(id: BlobId) -> Self {
        id.0
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Twelve characters tell two files apart in a log; the whole hash drowns the line.
        write!(f, "BlobId({}…)", &self.0[..12])
    }
}
