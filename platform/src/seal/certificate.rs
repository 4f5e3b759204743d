//! The certificate of an authority's key (GM/T 0015): X.509 with SM2, issued by the root of this installation's seals.
//!
//! It follows from the two keys alone, so it is made anew whenever it is needed and the same bytes come out.

use std::str::FromStr;

use chrono::{DateTime, Months, Utc};
use der::asn1::OctetString;
use der::flagset::FlagSet;
use der::{Decode, Encode};
use sm2::dsa::signature::{Error, KeypairRef, Signer};
use sm2::dsa::{DerSignature as Signature, VerifyingKey};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::{Certificate, TbsCertificate};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{
    AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, SignatureAlgorithmIdentifier, SubjectPublicKeyInfo,
    SubjectPublicKeyInfoRef,
};
use x509_cert::time::{Time, Validity};

use super::SealFault;
use crate::vault::KeyId;
use crate::vault::sm2::{PublicKey, SignKey};

/// How long a seal's certificate says that it may be signed with; keys are rotated much earlier.
const VALID: Months = Months::new(120);

/// Issues the certificate of `own` to the authority `(id, name)`.
pub(super) fn issue(
    root: &SignKey,
    own: &PublicKey,
    (authority, name): (&str, &str),
    made: DateTime<Utc>,
) -> Result<Vec<u8>, SealFault> {
    let root_id = root.public().id();
    let profile = SealCertificate {
        issuer: named(&format!("C=CN,O=电子印章根密钥,CN={root_id}"))?,
        subject: named(&format!("C=CN,O={},OU={},CN={}", escaped(name), escaped(authority), own.id()))?,
        root: root_id,
        own: own.id(),
    };
    let serial = SerialNumber::new(&own.id().bytes()).map_err(SealFault::structure)?;
    let key = SubjectPublicKeyInfo::from_key(own.verifying()).map_err(SealFault::structure)?;
    let until = made.checked_add_months(VALID).unwrap_or(made);
    let validity = Validity::new(time(made)?, time(until)?);
    let builder = CertificateBuilder::new(profile, serial, validity, key).map_err(SealFault::structure)?;
    let made = builder.build::<_, Signature>(&Issuer(root.clone())).map_err(SealFault::structure)?;
    made.to_der().map_err(SealFault::structure)
}

/// What a certificate says, before anybody trusts it.
pub(super) struct Said {
    pub(super) authority: String,
    pub(super) name: String,
    pub(super) key: PublicKey,
    pub(super) root: KeyId,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

impl Said {
    /// Reads a certificate of our form; nothing for every other.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let certificate = Certificate::from_der(bytes).ok()?;
        let tbs = certificate.tbs_certificate();
        let algorithm = <sm2::dsa::SigningKey as SignatureAlgorithmIdentifier>::SIGNATURE_ALGORITHM_IDENTIFIER.oid;
        if certificate.signature_algorithm().oid != algorithm || certificate.to_der().ok()? != bytes {
            return None;
        }
        let subject = tbs.subject();
        let word = |oid: &str| {
            let oid = der::asn1::ObjectIdentifier::new(oid).ok()?;
            let found = subject.iter().find(|one| one.oid == oid)?;
            found.value.decode_as::<der::asn1::Utf8StringRef<'_>>().ok().map(|text| text.as_str().to_owned())
        };
        let (_, issued_by) = tbs.get_extension::<AuthorityKeyIdentifier>().ok()??;
        Some(Self {
            authority: word(ORGANISATIONAL_UNIT)?,
            name: word(ORGANISATION)?,
            key: PublicKey::from_point(tbs.subject_public_key_info().subject_public_key.as_bytes()?)?,
            root: KeyId::from_bytes(issued_by.key_identifier?.as_bytes())?,
            signed: tbs.to_der().ok()?,
            signature: certificate.signature().as_bytes()?.to_vec(),
        })
    }

    /// Whether this root has issued it.
    pub(super) fn is_issued_by(&self, root: &PublicKey) -> bool {
        root.id() == self.root && root.verify(&self.signed, &self.signature)
    }
}

const ORGANISATION: &str = "2.5.4.10";
const ORGANISATIONAL_UNIT: &str = "2.5.4.11";

/// Which names and extensions a seal's certificate has.
struct SealCertificate {
    issuer: Name,
    subject: Name,
    root: KeyId,
    own: KeyId,
}

impl BuilderProfile for SealCertificate {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage: FlagSet<KeyUsages> = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        let (root, own) = (OctetString::new(self.root.bytes())?, OctetString::new(self.own.bytes())?);
        let issued_by = AuthorityKeyIdentifier {
            key_identifier: Some(root),
            authority_cert_issuer: None,
            authority_cert_serial_number: None,
        };
        let mut extensions = Vec::new();
        let subject = tbs.subject();
        extensions.push(BasicConstraints { ca: false, path_len_constraint: None }.to_extension(subject, &extensions)?);
        extensions.push(KeyUsage(usage).to_extension(subject, &extensions)?);
        extensions.push(SubjectKeyIdentifier(own).to_extension(subject, &extensions)?);
        extensions.push(issued_by.to_extension(subject, &extensions)?);
        Ok(extensions)
    }
}

/// The root as the builder wants a signer.
struct Issuer(SignKey);

impl AsRef<VerifyingKey> for Issuer {
    fn as_ref(&self) -> &VerifyingKey {
        self.0.verifying()
    }
}

impl KeypairRef for Issuer {
    type VerifyingKey = VerifyingKey;
}

impl DynSignatureAlgorithmIdentifier for Issuer {
    fn signature_algorithm_identifier(&self) -> x509_cert::spki::Result<AlgorithmIdentifierOwned> {
        <sm2::dsa::SigningKey as SignatureAlgorithmIdentifier>::SIGNATURE_ALGORITHM_IDENTIFIER
            .to_der()
            .and_then(|bytes| AlgorithmIdentifierOwned::from_der(&bytes))
            .map_err(Into::into)
    }
}

impl Signer<Signature> for Issuer {
    fn try_sign(&self, message: &[u8]) -> Result<Signature, Error> {
        Signature::from_bytes(&self.0.sign(message))
    }
}

fn named(text: &str) -> Result<Name, SealFault> {
    Name::from_str(text).map_err(SealFault::structure)
}

/// Signs that mean something in a name (RFC 4514) are written as what they are.
fn escaped(text: &str) -> String {
    let special = |letter: char| matches!(letter, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' | '#');
    text.chars()
        .flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter]))
        .collect::<String>()
        .trim()
        .to_owned()
}

fn time(at: DateTime<Utc>) -> Result<Time, SealFault> {
    let since = u64::try_from(at.timestamp()).map_err(SealFault::structure)?;
    let date = der::DateTime::from_unix_duration(std::time::Duration::from_secs(since));
    Ok(Time::from(date.map_err(SealFault::structure)?))
}
