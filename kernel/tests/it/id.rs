//! Identifiers of rows.

use kernel::id::{BlobId, CaseId, TypedId, Uuid};

const TEXT: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

kernel::typed_id! {
    /// Made outside the kernel, as the modules do.
    pub TicketId;
    PrivateId;
}

#[test]
fn identifiers_are_read_and_written_as_text() {
    let id: CaseId = TEXT.parse().unwrap();
    assert_eq!(id.to_string(), TEXT);
    assert_eq!(format!("{id:?}"), format!("CaseId({TEXT})"));
    assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{TEXT}\""));
    assert_eq!(serde_json::from_str::<CaseId>(&format!("\"{TEXT}\"")).unwrap(), id);
    assert_eq!(CaseId::from_uuid(id.uuid()), id);
    assert_eq!("7".parse::<CaseId>().unwrap_err().to_string(), "not a CaseId");
    assert!(serde_json::from_str::<CaseId>("\"7\"").is_err());
}

#[test]
fn other_crates_make_their_own() {
    fn wrap<T: TypedId>(uuid: Uuid) -> T {
        T::from_uuid(uuid)
    }
    let uuid: Uuid = TEXT.parse().unwrap();
    assert_eq!(wrap::<TicketId>(uuid).uuid(), Uuid::from(wrap::<PrivateId>(uuid)));
    assert!(TicketId::from_uuid(Uuid::nil()) < TicketId::from_uuid(uuid));
}

#[test]
fn a_blob_id_is_safe_as_a_file_name() {
    let hash = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let id = BlobId::parse(hash).unwrap();
    assert_eq!((id.as_str(), format!("{id:?}").as_str()), (hash, "BlobId(66c7f0f462ee…)"));
    assert_eq!(serde_json::from_str::<BlobId>(&format!("\"{hash}\"")).unwrap(), id);
    for bad in ["", "../../etc/passwd", &hash.to_uppercase(), &hash[1..], &format!("{hash}0")] {
        assert!(BlobId::parse(bad).is_err(), "{bad}");
        assert!(serde_json::from_value::<BlobId>(bad.into()).is_err(), "{bad}");
    }
}
