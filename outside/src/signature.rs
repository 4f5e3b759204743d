//! How the two ends of a line know each other: HMAC-SM3 over the moment, the method, the path and the body.
//!
//! `Yimen-Time` holds seconds since 1970, `Yimen-Signature` the hash in hexadecimal digits. A signature is good for five
//! minutes either way, so that a call that was listened to cannot be sent again later; within them the receiver must be
//! safe to hear twice, as it has to be anyway.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;

/// Header with the moment of signing, in seconds since 1970.
pub const TIME: &str = "yimen-time";
/// Header with the signature, 64 hexadecimal digits.
pub const SIGNATURE: &str = "yimen-signature";
/// How far the clocks of both sides may differ.
pub const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// What is signed. `path` begins with a slash and holds the query, as the request line does.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub body: &'a [u8],
}

/// Why a call does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    /// A header is missing or no number.
    #[error("the call bears no signature")]
    Missing,
    /// It was signed too long ago, or in the future.
    #[error("the signature is older than five minutes, or the clocks differ by more")]
    Stale,
    /// Somebody without the secret signed, or the call was changed.
    #[error("the signature does not fit the call")]
    Wrong,
}

impl Signed<'_> {
    /// The signature at this moment.
    pub fn sign(&self, secret: &str, at: DateTime<Utc>) -> String {
        hex::encode(self.mac(secret, at.timestamp()).finalize().into_bytes())
    }

    /// Checks the two headers of a call that came in.
    ///
    /// # Errors
    /// [`Forged`]
    pub fn check(
        &self,
        secret: &str,
        time: Option<&str>,
        signature: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Forged> {
        let time: i64 = time.and_then(|time| time.parse().ok()).ok_or(Forged::Missing)?;
        let signature = signature.and_then(|text| hex::decode(text).ok()).ok_or(Forged::Missing)?;
        let at = DateTime::from_timestamp(time, 0).ok_or(Forged::Stale)?;
        if (now - at).abs() > TOLERANCE {
            return Err(Forged::Stale);
        }
        // Compares in constant time.
        self.mac(secret, time).verify_slice(&signature).map_err(|_| Forged::Wrong)
    }

    fn mac(&self, secret: &str, time: i64) -> Hmac<Sm3> {
        let mut mac = Hmac::<Sm3>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
        for part in [time.to_string().as_bytes(), self.method.as_bytes(), self.path.as_bytes()] {
            mac.update(part);
            mac.update(b"\n");
        }
        mac.update(self.body);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: Signed<'static> = Signed { method: "POST", path: "/orders?x=1", body: b"{\"a\":1}" };

    /// Computed by another implementation (Python's `hmac` with OpenSSL's SM3); docs/guides/integrate.md prints them.
    #[test]
    fn the_vectors_of_the_guide_come_out() {
        let accepted = "{\"topic\":\"casework.accepted\",\"facts\":{\"item\":\"食品经营许可\"}}";
        for (secret, time, call, signature) in [
            (
                "a secret of both ends",
                1_800_000_000,
                Signed { method: "POST", path: "/hook?of=yimen", body: b"{\"order\":1}" },
                "3d3f5841b834b8b5af68c7f70c79dfe96906d988a9900f898b7f494169596c40",
            ),
            (
                "ymw_0123456789abcdef",
                1_772_416_200,
                Signed { method: "POST", path: "/yimen", body: accepted.as_bytes() },
                "6e87ce87c3daafd84422cf2d2a0578cedd2e1de73bd4b7c3c806b2afb65bdd22",
            ),
            (
                "k",
                0,
                Signed { method: "GET", path: "/", body: b"" },
                "2f1711b551230e985f35b0c39430d0d4ec82acbd75713db58b33ba007ef68441",
            ),
        ] {
            assert_eq!(call.sign(secret, DateTime::from_timestamp(time, 0).unwrap()), signature, "{call:?}");
        }
    }

    #[test]
    fn only_the_same_call_with_the_same_secret_in_time_counts() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (time, good) = (now.timestamp().to_string(), CALL.sign("secret", now));
        let check = |call: Signed<'_>, secret: &str, later: i64| {
            call.check(secret, Some(&time), Some(&good), now + TimeDelta::seconds(later))
        };
        assert_eq!(check(CALL, "secret", 0), Ok(()));
        assert_eq!(check(CALL, "secret", 300), Ok(()));
        for (call, secret, later, fault) in [
            (CALL, "secret", 301, Forged::Stale),
            (CALL, "secret", -301, Forged::Stale),
            (CALL, "other", 0, Forged::Wrong),
            (Signed { method: "GET", ..CALL }, "secret", 0, Forged::Wrong),
            (Signed { path: "/orders?x=2", ..CALL }, "secret", 0, Forged::Wrong),
            (Signed { body: b"{\"a\":2}", ..CALL }, "secret", 0, Forged::Wrong),
        ] {
            assert_eq!(check(call, secret, later), Err(fault), "{call:?}");
        }
        for (time, signature) in [(None, Some(good.as_str())), (Some("1800000000"), None), (Some("x"), Some("y"))] {
            assert_eq!(CALL.check("secret", time, signature, now), Err(Forged::Missing));
        }
    }
}
