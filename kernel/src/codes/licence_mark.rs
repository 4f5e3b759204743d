//! The identifier of an electronic licence (电子证照标识), GB/T 36904-2018.
//!
//! `1.2.156.3005.2.<type 21>.<issuer 18>.<serial>.<version 3>.<check 1>`. The check character is ISO 7064 MOD 37,36
//! over type, issuer, serial and version without dots. Many issuers print a wrong one, so a mismatch is a warning;
//! only text that does not have the shape is refused.

use std::fmt;

use super::fault::CodeFault;
use super::{CreditCode, iso7064};

/// The object identifier every mark begins with.
pub const ROOT: &str = "1.2.156.3005.2";

/// The identifier printed on an electronic licence.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LicenceMark(String);

super::text_code!(LicenceMark);

impl LicenceMark {
    /// Reads a mark.
    ///
    /// # Errors
    /// `licence-id.root`, `.parts` (not five parts behind the root), `.character` (fact `part`),
    /// `.type-length`, `.version`, `.check-length`.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let body = text
            .strip_prefix(ROOT)
            .and_then(|rest| rest.strip_prefix('.'))
            .ok_or_else(|| CodeFault::new("licence-id.root").fact("expected", ROOT))?;
        let parts: Vec<&str> = body.split('.').collect();
        let [kind, issuer, serial, version, check] = parts[..] else {
            return Err(CodeFault::new("licence-id.parts").fact("found", parts.len()).fact("expected", 5));
        };
        let named = [("type", kind), ("issuer", issuer), ("serial", serial), ("version", version), ("check", check)];
        for (name, part) in named {
            let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
            if part.is_empty() || !part.bytes().all(plain) {
                return Err(CodeFault::new("licence-id.character").fact("part", name));
            }
        }
        if kind.len() != 21 {
            return Err(CodeFault::new("licence-id.type-length").fact("length", kind.len()).fact("expected", 21));
        }
        if version.len() != 3 || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CodeFault::new("licence-id.version").fact("found", version));
        }
        if check.len() != 1 {
            return Err(CodeFault::new("licence-id.check-length").fact("length", check.len()));
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes a mark and its check character. The parts are refused as in [`LicenceMark::parse`].
    ///
    /// # Errors
    /// Those of [`LicenceMark::parse`].
    pub fn compose(kind: &str, issuer: &CreditCode, serial: &str, version: u32) -> Result<Self, CodeFault> {
        let version = format!("{version:03}");
        let body = format!("{kind}{issuer}{serial}{version}");
        let check =
            iso7064::mod_37_36(&body).ok_or_else(|| CodeFault::new("licence-id.character").fact("part", "body"))?;
        Self::parse(&format!("{ROOT}.{kind}.{issuer}.{serial}.{version}.{check}"))
    }

    /// The licence type code (证照类型代码): credit code of the body that defined the type, and a serial of three.
    pub fn type_code(&self) -> &str {
        self.part(0)
    }

    /// The issuing body: its credit code, in old marks a six-digit division.
    pub fn issuer(&self) -> &str {
        self.part(1)
    }

    /// The issuer's serial number.
    pub fn serial(&self) -> &str {
        self.part(2)
    }

    /// The version of the licence, from `001`.
    pub fn version(&self) -> &str {
        self.part(3)
    }

    /// The check character as printed.
    pub fn check(&self) -> char {
        char::from(self.0.as_bytes()[self.0.len() - 1])
    }

    /// The check character as computed.
    pub fn expected_check(&self) -> char {
        let body: String = (0..4).map(|index| self.part(index)).collect();
        iso7064::mod_37_36(&body).expect("parse let only digits and capitals in")
    }

    /// The form shown where the serial would point at a person: the serial is hidden but for its last two characters.
    pub fn masked(&self) -> String {
        let serial = self.serial();
        let (hidden, shown) = serial.split_at(serial.len().saturating_sub(2));
        format!(
            "{ROOT}.{}.{}.{}{shown}.{}.{}",
            self.type_code(),
            self.issuer(),
            "*".repeat(hidden.len()),
            self.version(),
            self.check()
        )
    }

    /// `licence-id.check` (facts `found`, `expected`), `.type-credit-code`, `.issuer-credit-code`.
    pub fn warnings(&self) -> Vec<CodeFault> {
        let mut warnings = Vec::new();
        if self.check() != self.expected_check() {
            warnings.push(
                CodeFault::new("licence-id.check").fact("found", self.check()).fact("expected", self.expected_check()),
            );
        }
        if CreditCode::parse(&self.type_code()[..18]).is_err() {
            warnings.push(CodeFault::new("licence-id.type-credit-code").fact("found", &self.type_code()[..18]));
        }
        if CreditCode::parse(self.issuer()).is_err() {
            warnings.push(CodeFault::new("licence-id.issuer-credit-code").fact("found", self.issuer()));
        }
        warnings
    }

    fn part(&self, index: usize) -> &str {
        self.0[ROOT.len() + 1..].split('.').nth(index).expect("parse let only five parts in")
    }
}

impl fmt::Debug for LicenceMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LicenceMark({})", self.0)
    }
}
