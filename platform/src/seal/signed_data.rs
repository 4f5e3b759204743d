//! The SignedData of GM/T 0010: the structure of PKCS#7 under the object identifiers of the Chinese standards, the digest
//! SM3, the signature SM2.
//!
//! Signed are three attributes: what kind of content, its digest, and when. The content itself, the PDF, is outside.

use chrono::{DateTime, Utc};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, DigestAlgorithmIdentifiers, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo,
    SignerInfos,
};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use der::{Decode, Encode};
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::certificate::Certificate;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::SealFault;

/// GM/T 0006: data, signed data, SM3, the SM2 signature.
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.6.1.4.2.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.6.1.4.2.2");
const SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401");
const SM2_SIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301.1");
/// PKCS#9: content type, message digest, signing time.
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// Signs a digest with the key the certificate belongs to.
pub(super) fn sign(
    certificate: &[u8],
    digest: &[u8; 32],
    at: DateTime<Utc>,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, SealFault> {
    let attributes = attributes(digest, at).map_err(SealFault::structure)?;
    let signature = sign(&attributes.to_der().map_err(SealFault::structure)?);
    assemble(certificate, attributes, &signature).map_err(SealFault::structure)
}

/// What a SignedData says, before anybody trusts it.
pub(super) struct Said {
    pub(super) certificate: Vec<u8>,
    pub(super) at: DateTime<Utc>,
    digest: [u8; 32],
    signature: Vec<u8>,
}

impl Said {
    /// Reads a SignedData of our form; nothing for every other. What is read is put together again and must be the same,
    /// byte by byte: so no byte of it is free.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let outer = ContentInfo::from_der(bytes).ok()?;
        let inner: SignedData = outer.content.decode_as().ok()?;
        let [CertificateChoices::Certificate(certificate)] = inner.certificates.as_ref()?.0.as_slice() else {
            return None;
        };
        let [signer] = inner.signer_infos.0.as_slice() else { return None };
        let signed = signer.signed_attrs.as_ref()?;
        let value = |oid| {
            let found: &Attribute = signed.iter().find(|one| one.oid == oid)?;
            found.values.as_slice().first()
        };
        let digest = value(MESSAGE_DIGEST)?.decode_as::<OctetString>().ok()?;
        let time = value(SIGNING_TIME)?.decode_as::<UtcTime>().ok()?.to_unix_duration();
        let said = Self {
            certificate: certificate.to_der().ok()?,
            at: DateTime::from_timestamp(i64::try_from(time.as_secs()).ok()?, 0)?,
            digest: digest.as_bytes().try_into().ok()?,
            signature: signer.signature.as_bytes().to_vec(),
        };
        let again = assemble(&said.certificate, attributes(&said.digest, said.at).ok()?, &said.signature).ok()?;
        (again == bytes).then_some(said)
    }

    /// Whether it is about this digest and signed by whoever `verify` knows.
    pub(super) fn holds(&self, digest: &[u8; 32], verify: impl FnOnce(&[u8], &[u8]) -> bool) -> bool {
        let Ok(signed) = attributes(&self.digest, self.at).and_then(|attributes| attributes.to_der()) else {
            return false;
        };
        self.digest == *digest && verify(&signed, &self.signature)
    }
}

fn attributes(digest: &[u8; 32], at: DateTime<Utc>) -> der::Result<Attributes> {
    let one =
        |oid, value| -> der::Result<Attribute> { Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? }) };
    let since = std::time::Duration::from_secs(u64::try_from(at.timestamp()).unwrap_or_default());
    SetOfVec::try_from(vec![
        one(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        one(MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest.as_slice())?)?)?,
        one(SIGNING_TIME, Any::encode_from(&UtcTime::from_unix_duration(since)?)?)?,
    ])
}

fn assemble(certificate: &[u8], attributes: Attributes, signature: &[u8]) -> der::Result<Vec<u8>> {
    let certificate = Certificate::from_der(certificate)?;
    let algorithm = |oid| AlgorithmIdentifierOwned { oid, parameters: None };
    let tbs = certificate.tbs_certificate();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: algorithm(SM3),
        signed_attrs: Some(attributes),
        signature_algorithm: algorithm(SM2_SIGNATURE),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: DigestAlgorithmIdentifiers::try_from(vec![algorithm(SM3)])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(vec![CertificateChoices::Certificate(certificate)])?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&signed)? }.to_der()
}
