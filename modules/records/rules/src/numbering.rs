//! Numbers that are given, not read: citizen ids, credit codes, licence numbers and marks.
//!
//! The caller brings the serial from a counter without gaps; everything here is arithmetic on it.

use catalog::model::{Authority, LicenceType};
use chrono::{Datelike, NaiveDate};
use kernel::codes::{CitizenId, CodeFault, CreditCode, LicenceMark, RegionCode, iso7064};

/// Serials of citizen ids given here. Police number the births of a day and county from 001 up and never come near
/// these, so that no number made here is anybody's.
pub const CITIZEN_SERIALS: std::ops::RangeInclusive<u16> = 900..=995;

/// A citizen ID number (GB 11643): area, birthday, serial, and the one check character that is right.
pub fn citizen_id(area: &str, birth: NaiveDate, serial: u16) -> Option<CitizenId> {
    let body = format!("{area}{}{serial:03}", birth.format("%Y%m%d"));
    "0123456789X".chars().find_map(|check| CitizenId::parse(&format!("{body}{check}")).ok())
}

/// The characters of credit codes (GB 32100): no I, O, Z, S, V.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A credit code (GB 32100): class, division of registration, a series of three letters and a serial, and the two
/// check characters that are right. `None` when class or division cannot stand in one.
pub fn credit_code(class: &str, division: &str, series: &str, serial: u64) -> Option<CreditCode> {
    let mut rest = serial;
    let mut digits = [0u8; 5];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[(rest % 31) as usize];
        rest /= 31;
    }
    if rest > 0 {
        return None;
    }
    let body = format!("{class}{division}{series}{}", String::from_utf8_lossy(&digits));
    // The first check character is the one that is not faulted for itself, whatever follows it.
    let own = "0123456789X".chars().map(|check| format!("{body}{check}")).find(|seventeen| {
        CreditCode::parse(&format!("{seventeen}0")).err().is_none_or(|fault| fault.code == "credit-code.check")
    })?;
    ALPHABET.iter().find_map(|check| CreditCode::parse(&format!("{own}{}", char::from(*check))).ok())
}

/// The counter that a licence's serial comes from: one series for each authority, type and year.
pub fn counter(authority: &Authority, licence: &LicenceType, year: i32) -> String {
    format!("licence/{}/{}/{year}", authority.id, licence.id)
}

/// The mark (电子证照标识, GB/T 36904): type, issuer, year and serial, version.
///
/// # Errors
/// When the catalogue's type code or credit code cannot stand in a mark.
pub fn mark(
    licence: &LicenceType,
    authority: &Authority,
    year: i32,
    serial: u64,
    version: u32,
) -> Result<LicenceMark, CodeFault> {
    let issuer = CreditCode::parse(&authority.credit_code)?;
    LicenceMark::compose(&licence.type_code, &issuer, &format!("{year}{serial:07}"), version)
}

/// The number printed on a licence (证照编号), written as that trade writes it.
///
/// Food permits: JY, trade 2 (餐饮服务), six digits of division, six of serial, check digit of GB/T 17710
/// (食品经营许可和备案管理办法第二十五条). Hygiene permits: 粤卫公证字. Everything else: division, year, serial.
pub fn licence_number(licence: &LicenceType, authority: &Authority, issued_on: NaiveDate, serial: u64) -> String {
    let year = issued_on.year();
    let division = division(authority);
    match licence.id.as_str() {
        "food-permit" => {
            let digits = format!("2{division}{serial:06}");
            let check = iso7064::mod_11_10(&digits).unwrap_or('0');
            format!("JY{digits}{check}")
        }
        "hygiene-permit" => {
            format!("{}卫公证字〔{year}〕第{}A{serial:05}号", province(&division), &division[2..])
        }
        "marriage-certificate" => format!("J{division}-{year}-{serial:06}"),
        "birth-certificate" => format!("{}{:02}{serial:07}", birth_letter(year), year % 100),
        "real-estate" => format!("{}（{year}）佛禅不动产权第{serial:07}号", province(&division)),
        _ => format!("{division}{year}{serial:06}"),
    }
}

/// The six digits of the authority's division.
pub fn division(authority: &Authority) -> String {
    RegionCode::parse(&authority.region).map_or_else(|_| "000000".to_owned(), |region| region.six_digits())
}

/// The letter before the number of a birth certificate changes with its print; one a year from W in 2024 on.
fn birth_letter(year: i32) -> char {
    let letters = ['W', 'X', 'Y', 'Z'];
    letters[usize::try_from((year - 2024).rem_euclid(4)).unwrap_or(0)]
}

/// The abbreviation of the province that documents begin with.
fn province(division: &str) -> &'static str {
    const NAMES: [(&str, &str); 31] = [
        ("11", "京"),
        ("12", "津"),
        ("13", "冀"),
        ("14", "晋"),
        ("15", "蒙"),
        ("21", "辽"),
        ("22", "吉"),
        ("23", "黑"),
        ("31", "沪"),
        ("32", "苏"),
        ("33", "浙"),
        ("34", "皖"),
        ("35", "闽"),
        ("36", "赣"),
        ("37", "鲁"),
        ("41", "豫"),
        ("42", "鄂"),
        ("43", "湘"),
        ("44", "粤"),
        ("45", "桂"),
        ("46", "琼"),
        ("50", "渝"),
        ("51", "川"),
        ("52", "贵"),
        ("53", "云"),
        ("54", "藏"),
        ("61", "陕"),
        ("62", "甘"),
        ("63", "青"),
        ("64", "宁"),
        ("65", "新"),
    ];
    NAMES.iter().find(|(code, _)| division.starts_with(code)).map_or("", |(_, name)| name)
}
