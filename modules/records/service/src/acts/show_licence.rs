//! 亮证: a licence as it is shown, and its sealed file (证照文件). Each showing has a code by which a stranger finds it.
//!
//! The file is made when somebody asks for it first, outside of any transaction, and kept; it is made anew when the licence
//! stands otherwise than it says, or when the key it is sealed with was revoked.

use std::sync::Arc;

use access_service::{Visit, Words};
use catalog::Catalog;
use documents::{Printer, certificate};
use futures::stream;
use kernel::id::{BlobId, LicenceId};
use platform::blobs::Expected;
use platform::seal::Sealer;
use platform::vault;
use platform::{Fault, JournalEntry, World};
use records::{Licence, Organisation, Purpose, Resident, Statement};
use serde_json::json;

use crate::certificate::{Certificate, CertificateId, new_code};
use crate::print::{Printing, Showing, copy_watermark};
use crate::reads;
use crate::store::certificate as certificates;
use crate::store::{licence as licences, organisation, resident};

/// What the fault says when no PDF can be made: there is no press, or it has no Chinese fonts.
const PRESS: &str = "press";
/// The record: a file was sealed.
const SEALED: &str = "records.licence-sealed";

/// A licence as it is shown.
#[derive(Debug, Clone)]
pub struct ShownLicence {
    pub certificate: Certificate,
    pub licence: Licence,
    pub sheet: documents::Certificate,
}

/// The original, as it stands today.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::NotAllowed`].
pub async fn show_licence(
    visit: &Visit,
    catalog: &Catalog,
    id: LicenceId,
    purpose: &Purpose,
) -> Result<ShownLicence, Fault> {
    show_marked(visit, catalog, id, purpose, Vec::new()).await
}

/// The original with words across it that say what it is looked at for: an officer's view for the purpose of a case.
///
/// # Errors
/// As [`show_licence`].
pub async fn show_marked(
    visit: &Visit,
    catalog: &Catalog,
    id: LicenceId,
    purpose: &Purpose,
    watermark: Vec<String>,
) -> Result<ShownLicence, Fault> {
    let licence = reads::licence(visit, id, purpose).await?;
    let certificate = original(visit, &licence).await?;
    let sheet = lay_out(visit, catalog, &licence, &certificate, watermark).await?;
    Ok(ShownLicence { certificate, licence, sheet })
}

/// A copy its holder made, with what it is for across it.
///
/// # Errors
/// As [`show_licence`].
pub async fn show_copy(
    visit: &Visit,
    catalog: &Catalog,
    id: CertificateId,
    purpose: &Purpose,
) -> Result<ShownLicence, Fault> {
    let reader = visit.world.db.reader();
    let certificate = certificates::certificate_find(reader, id).await?.ok_or(Fault::NotFound)?;
    let terms = certificate.copy.clone().ok_or(Fault::NotFound)?;
    let licence = reads::licence(visit, certificate.licence, purpose).await?;
    let watermark = copy_watermark(&visit.world.part::<Words>(), &terms);
    let sheet = lay_out(visit, catalog, &licence, &certificate, watermark).await?;
    Ok(ShownLicence { certificate, licence, sheet })
}

/// The sealed file of what is shown: the kept one, or one made now.
///
/// # Errors
/// [`Fault::Unavailable`] where no PDF can be made or the files are away; the page is there all the same.
pub async fn sealed_file(visit: &Visit, catalog: &Catalog, shown: ShownLicence) -> Result<Vec<u8>, Fault> {
    let world = &visit.world;
    if let Some(kept) = kept(world, shown.certificate.blob.as_ref()).await? {
        return Ok(kept);
    }
    let ShownLicence { certificate, licence, sheet } = shown;
    let authority = catalog.authorities.get(&licence.issued_by);
    let name = authority.map_or(licence.issued_by.as_str(), |authority| authority.name.as_str());
    let printed = print(world, sheet).await?;
    let sealer = Sealer::of(world, licence.issued_by.as_str(), name).await?;
    let now = world.clock.now_utc();
    let statement = Statement::of(&licence, (now, visit.today()), &certificate.code, certificate.copy.clone());
    let key = sealer.key.to_string();
    let file = tokio::task::spawn_blocking(move || sealer.seal(&printed, &statement.text(), now));
    let file = file.await.map_err(Fault::internal)??;
    let expected = Expected { field: "file", name: None, limit: file.len() as u64 };
    let stored = world.blobs.put(stream::iter([Ok::<_, std::io::Error>(&file)]), expected).await?;
    let (blob, key, certificate) = (&stored.id, key.as_str(), &certificate);
    let first = visit
        .write(None, async |tx| {
            if !certificates::certificate_sealed(tx.conn(), certificate.id, (blob, key, tx.now())).await? {
                return Ok(false);
            }
            let facts = json!({ "code": certificate.code, "file": blob, "key": key, "copy": certificate.copy });
            let entry = JournalEntry::new(certificate.licence, &visit.actor.id, SEALED, certificate.id);
            tx.record(entry.holding(&facts));
            Ok(true)
        })
        .await?;
    if first {
        return Ok(file);
    }
    // Somebody else was first with the same; there is one file of each showing.
    let theirs = certificates::certificate_find(world.db.reader(), certificate.id).await?.and_then(|one| one.blob);
    kept(world, theirs.as_ref()).await?.ok_or_else(|| Fault::unavailable(platform::blobs::FILES))
}

/// The original's showing in the state of today: the one there is, or a new one.
async fn original(visit: &Visit, licence: &Licence) -> Result<Certificate, Fault> {
    let (world, state) = (&visit.world, licence.state(visit.today()));
    let there = certificates::certificate_list(world.db.reader(), licence.id).await?;
    let revoked = revoked_keys(world, &there)?;
    let counts = |one: &Certificate| {
        let spoilt = one.key.as_ref().is_some_and(|key| revoked.contains(key));
        one.copy.is_none() && one.state == state && !spoilt
    };
    if let Some(found) = there.into_iter().find(counts) {
        return Ok(found);
    }
    visit
        .write(None, async |tx| {
            let fresh = Certificate {
                id: tx.new_id(),
                licence: licence.id,
                code: new_code(),
                state,
                copy: None,
                made_at: tx.now(),
                made_by: visit.actor.id.clone(),
                blob: None,
                key: None,
                sealed_at: None,
            };
            certificates::certificate_insert(tx.conn(), &fresh).await?;
            Ok(fresh)
        })
        .await
}

/// Which of the keys these were sealed with have been revoked.
fn revoked_keys(world: &World, there: &[Certificate]) -> Result<Vec<String>, Fault> {
    if there.iter().all(|one| one.key.is_none()) {
        return Ok(Vec::new());
    }
    let keys = vault::list(&world.config.key_folder())?;
    Ok(keys.into_iter().filter(|key| key.revoked.is_some()).map(|key| key.id.to_string()).collect())
}

async fn lay_out(
    visit: &Visit,
    catalog: &Catalog,
    licence: &Licence,
    showing: &Certificate,
    watermark: Vec<String>,
) -> Result<documents::Certificate, Fault> {
    let (firm, person) = behind(visit, licence).await?;
    let words = visit.world.part::<Words>();
    let printing = Printing {
        licence,
        catalog,
        words: &words,
        firm: firm.as_ref(),
        person: person.as_ref(),
        today: visit.today(),
    };
    let url = format!("{}/licences/verify?code={}", visit.world.config.public_address(), showing.code);
    Ok(certificate(printing.facts(Showing { code: &showing.code, url, watermark })))
}

/// Whose register the rows of a template look into: the organisation that holds it, or the person.
async fn behind(visit: &Visit, licence: &Licence) -> Result<(Option<Organisation>, Option<Resident>), Fault> {
    let reader = visit.world.db.reader();
    match organisation::organisation_find(reader, licence.holder).await? {
        Some(firm) => Ok((Some(firm), None)),
        None => Ok((None, resident::resident_find(reader, licence.holder).await?)),
    }
}

async fn print(world: &World, sheet: documents::Certificate) -> Result<Vec<u8>, Fault> {
    let printer = world.parts.get::<Printer>().ok_or_else(|| Fault::unavailable(PRESS))?;
    let press = Arc::clone(&printer.0);
    let set = tokio::task::spawn_blocking(move || press.certificate(&sheet)).await.map_err(Fault::internal)?;
    set.map_err(|fault| {
        tracing::error!("no PDF: {fault}");
        Fault::unavailable(PRESS)
    })
}

/// The kept file, if there is one. One that was lost is not made anew: it would not be the file that others have.
async fn kept(world: &World, blob: Option<&BlobId>) -> Result<Option<Vec<u8>>, Fault> {
    let Some(blob) = blob else { return Ok(None) };
    match world.blobs.get(blob).await {
        Ok(file) => Ok(Some(file.whole().await?)),
        Err(Fault::NotFound) => Err(Fault::unavailable(platform::blobs::FILES)),
        Err(fault) => Err(fault),
    }
}

/// The licence behind a showing, asked by the register itself.
pub(crate) async fn licence_of(world: &World, one: &Certificate) -> Result<Option<Licence>, Fault> {
    licences::licence_find(world.db.reader(), one.licence).await
}
