//! Values that follow from other values (推算).

use kernel::codes::CitizenId;
use kernel::value::Value;

pub use catalog::model::How;

/// The key of the words for a way in the text files.
pub const fn text_key(how: How) -> &'static str {
    match how {
        How::BirthDate => "records.how.birth-date",
        How::Sex => "records.how.sex",
        How::Postcode => "records.how.postcode",
        How::Region => "records.how.region",
        How::Registration => "records.how.registration",
    }
}

/// Postcodes (邮政编码) of Foshan's counties (五区), by the name an address writes. An address without one of them has
/// no postcode here, and the field is typed.
const POSTCODES: [(&str, &str); 5] =
    [("禅城区", "528000"), ("南海区", "528200"), ("顺德区", "528300"), ("三水区", "528100"), ("高明区", "528500")];

/// What follows, where it can be worked out. A value that is not what it should be (a wrong check digit) gives nothing.
pub fn follow(how: How, from: &Value) -> Option<Value> {
    let id = || from.as_text().and_then(|text| CitizenId::parse(text).ok());
    match how {
        How::BirthDate => id().map(|id| Value::Date(id.birth())),
        How::Sex => id().map(|id| Value::from(id.sex().as_str())),
        How::Postcode => from.as_text().and_then(postcode).map(Value::from),
        // Regions are the catalogue's to know; what registration brings nobody knows beforehand.
        How::Region | How::Registration => None,
    }
}

/// The postcode of an address in Foshan.
pub fn postcode(address: &str) -> Option<&'static str> {
    let address = address.strip_prefix("广东省").unwrap_or(address);
    let address = address.strip_prefix("佛山市").unwrap_or(address);
    POSTCODES.iter().find(|(county, _)| address.starts_with(county)).map(|(_, postcode)| *postcode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn an_id_number_tells_birth_and_sex() {
        // The sample number of GB 11643-1999 itself.
        let id = Value::from("11010519491231002X");
        assert_eq!(follow(How::BirthDate, &id), NaiveDate::from_ymd_opt(1949, 12, 31).map(Value::Date));
        assert_eq!(follow(How::Sex, &id), Some(Value::from("female")));
        assert_eq!(follow(How::Sex, &Value::from("110105194912310021")), None, "wrong check digit");
    }

    #[test]
    fn an_address_tells_the_postcode_only_where_it_names_its_county() {
        for (address, expected) in [
            ("佛山市禅城区祖庙街道同安社区福宁路1号", Some("528000")),
            ("广东省佛山市顺德区大良街道", Some("528300")),
            ("禅城区石湾镇街道", Some("528000")),
            ("长沙市禅城区路1号", None),
            ("祖庙街道", None),
        ] {
            assert_eq!(postcode(address), expected, "{address}");
        }
    }
}
