//! What an official item code says (事项编码). Places have codes of several generations side by side, so a code is read by
//! profile and never by length alone (GB/T 39554.1-2020 for the national one).

use kernel::codes::CreditCode;

/// How a code is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// 实施编码 31, 业务办理项编码 33: credit code 18, level 1, basic code 12, serial 2.
    National,
    /// Sichuan's: basic code 14, region 12, 3, credit code 18, 1, 2, with hyphens between.
    Sichuan,
}

/// What a code tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCode<'c> {
    pub profile: Profile,
    /// 基本编码: the same for the same matter wherever it is done.
    pub basic: &'c str,
    /// 统一社会信用代码 of whoever does it, as written; it may have defects.
    pub unit: &'c str,
    /// 行政区划代码, where the profile has one.
    pub region: Option<&'c str>,
}

impl<'c> ItemCode<'c> {
    /// Reads a code; `None` where it follows no known profile (旧编码).
    pub fn read(code: &'c str) -> Option<Self> {
        Self::national(code).or_else(|| Self::sichuan(code))
    }

    fn national(code: &'c str) -> Option<Self> {
        let fits = code.is_ascii() && matches!(code.len(), 31 | 33) && code[18..].bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self { profile: Profile::National, basic: &code[19..31], unit: &code[..18], region: None })
    }

    /// The unit may have any length here: that is a defect of the unit, not another profile.
    fn sichuan(code: &'c str) -> Option<Self> {
        let parts: Vec<&str> = code.split('-').collect();
        let [basic, region, middle, unit, _, _] = parts[..] else { return None };
        let is = |text: &str, len, fits: fn(&u8) -> bool| text.len() == len && text.as_bytes().iter().all(fits);
        let fits = is(basic, 14, u8::is_ascii_alphanumeric)
            && is(region, 12, u8::is_ascii_digit)
            && is(middle, 3, u8::is_ascii_digit);
        fits.then_some(Self { profile: Profile::Sichuan, basic, unit, region: Some(region) })
    }

    /// Whether the unit's credit code is a sound one.
    pub fn has_sound_unit(&self) -> bool {
        CreditCode::parse(self.unit).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_profiles_tell_their_parts() {
        let national = ItemCode::read("12441500196720244T3442199806003").expect("a real code of Guangdong");
        assert_eq!(national.profile, Profile::National);
        assert_eq!((national.unit, national.basic), ("12441500196720244T", "442199806003"));
        assert!(national.has_sound_unit());
        let sichuan = ItemCode::read("511A0138600000-511602000000-000-115113010833722043-1-00").expect("a real one");
        assert_eq!((sichuan.profile, sichuan.region), (Profile::Sichuan, Some("511602000000")));
        assert_eq!((sichuan.unit, sichuan.basic), ("115113010833722043", "511A0138600000"));
        let short = ItemCode::read("511A0080800002-511602000000-000-1151130000877869M-1-00").expect("17 characters");
        assert!(!short.has_sound_unit());
    }

    #[test]
    fn codes_of_earlier_generations_follow_no_profile() {
        for code in ["", "H-000185-001-4444444444", "E-000004-001-11511301008778386B", "未编码", "1-2-3-4-5-6"] {
            assert_eq!(ItemCode::read(code), None, "{code}");
        }
    }
}
