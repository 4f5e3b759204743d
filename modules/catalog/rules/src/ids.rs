//! Names by which the parts of a catalogue refer to each other.
//!
//! All are short texts, shared instead of copied, and distinct types, so that a material cannot be looked up among the
//! licences. `map.get("some-id")` works on any map keyed by them.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as written in the catalogue.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether nothing was written; the compiler lets no such name through.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self(Arc::from(""))
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Arc::from(text))
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    )*};
}

names! {
    /// A slug of an authority (实施机关), such as `market-chancheng`.
    AuthorityId;
    /// A slug of a hall (政务服务大厅).
    HallId;
    /// The sign-in name of a member of staff.
    StaffLogin;
    /// The code of a data element (数据元), such as `op_name`; the identifier conditions use.
    ElementCode;
    /// A slug of a canonical material (规范材料).
    MaterialId;
    /// The id of a material's row inside one item, such as `B5`.
    RowId;
    /// A slug of a licence type (证照类型).
    LicenceTypeId;
    /// A slug of an item (业务办理项).
    ItemId;
    /// A slug of a delegation (授权、委托、划转).
    DelegationId;
    /// The full title of a law, regulation or rule, without book-title marks.
    LawName;
    /// A region code as the regions file writes it: 2, 4, 6, 9 or 12 digits.
    RegionKey;
}
