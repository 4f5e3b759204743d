//! 证照查验: what somebody learns who holds a licence's file or its code. Anybody may ask, so nothing is told that the file
//! does not show, and what points at a person is masked.

use catalog::Catalog;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::mask::mask_name;
use platform::clock::china_day;
use platform::seal::{Checked, SealedFile, check};
use platform::vault::{self, KeyRing, Revoked};
use platform::{Fault, World};
use records::{CopyTerms, Judgement, Licence, SealFound, Statement, judge};
use sm3::{Digest, Sm3};

use crate::acts::licence_of;
use crate::certificate::{Certificate, typed_code};
use crate::store::certificate as certificates;
use crate::store::{licence as licences, organisation};

/// What a check found, with everything it was judged by.
#[derive(Debug, Clone)]
pub struct Examined {
    pub judgement: Judgement,
    /// The licence in the register.
    pub licence: Option<Licence>,
    /// It is a person's. What organisations hold is public (企业信息公示暂行条例第七条); of people only what is masked.
    pub personal: bool,
    /// What the seal says, of a file whose seal holds.
    pub sealed: Option<SealedFile>,
    pub statement: Option<Statement>,
    /// Why the key does not count.
    pub revoked: Option<Revoked>,
    pub copy: Option<CopyTerms>,
}

/// What a stranger may learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedLicence {
    pub judgement: Judgement,
    /// None where nothing of it is known to us.
    pub shown: Option<ShownToStranger>,
    /// When the file was sealed.
    pub sealed_at: Option<DateTime<Utc>>,
    pub revoked: Option<Revoked>,
    pub copy: Option<CopyTerms>,
}

/// The licence with what points at people masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownToStranger {
    /// 食品经营许可证
    pub name: String,
    pub number: String,
    pub holder: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub version: u32,
    pub mark: String,
}

/// Checks a file against the keys and the register of this installation.
///
/// # Errors
/// The database's, the key store's.
pub async fn examine_file(world: &World, file: Vec<u8>) -> Result<Examined, Fault> {
    let ring = KeyRing::of(vault::list(&world.config.key_folder())?);
    let hash = hex::encode(Sm3::digest(&file));
    // A large file takes milliseconds of a processor.
    let checked = tokio::task::spawn_blocking(move || check(&file, &ring)).await.map_err(Fault::internal)?;
    let (sealed, revoked) = match checked {
        Checked::Changed => return Ok(nothing(&SealFound::Changed, world)),
        Checked::Foreign => return Ok(nothing(&SealFound::Foreign, world)),
        Checked::Whole(file) => (file, None),
        Checked::RevokedKey(file, revoked) => (file, Some(revoked)),
    };
    let Some(statement) = Statement::read(&sealed.statement) else { return Ok(nothing(&SealFound::Foreign, world)) };
    let reader = world.db.reader();
    let own = certificates::certificate_by_code(reader, &statement.code).await?;
    let found = match &revoked {
        None => SealFound::Whole,
        Some(revoked) => {
            SealFound::RevokedKey { on: revoked.day, was_before: sealed_before(own.as_ref(), &hash, revoked) }
        }
    };
    let licence = licences::licence_find(reader, statement.licence).await?;
    let licence = licence.filter(|one| one.mark == statement.mark && one.issued_by.as_str() == sealed.authority);
    let copy = statement.copy.clone();
    let judgement = judged(world, &found, licence.as_ref(), copy.as_ref()).await?;
    let personal = is_personal(world, licence.as_ref()).await?;
    Ok(Examined { judgement, licence, personal, sealed: Some(sealed), statement: Some(statement), revoked, copy })
}

/// Whether the register itself knows that this very file was sealed before the key was revoked.
fn sealed_before(own: Option<&Certificate>, hash: &str, revoked: &Revoked) -> bool {
    let same = |one: &&Certificate| one.blob.as_ref().is_some_and(|blob| blob.as_str() == hash);
    own.filter(same).and_then(|one| one.sealed_at).is_some_and(|at| china_day(at) < revoked.day)
}

/// Looks a code up, as it was typed or came with the QR code; with a mark, only where the two belong together. Nothing
/// where no file has this code.
///
/// # Errors
/// The database's.
pub async fn examine_code(world: &World, code: &str, mark: Option<&str>) -> Result<Option<Examined>, Fault> {
    let reader = world.db.reader();
    let Some(own) = certificates::certificate_by_code(reader, &typed_code(code)).await? else { return Ok(None) };
    let Some(licence) = licence_of(world, &own).await? else { return Ok(None) };
    let same = |mark: &str| mark.trim().eq_ignore_ascii_case(licence.mark.as_str());
    if mark.is_some_and(|mark| !mark.trim().is_empty() && !same(mark)) {
        return Ok(None);
    }
    let judgement = judged(world, &SealFound::Whole, Some(&licence), own.copy.as_ref()).await?;
    Ok(Some(Examined {
        judgement,
        personal: is_personal(world, Some(&licence)).await?,
        licence: Some(licence),
        sealed: None,
        statement: None,
        revoked: None,
        copy: own.copy,
    }))
}

async fn judged(
    world: &World,
    seal: &SealFound,
    licence: Option<&Licence>,
    copy: Option<&CopyTerms>,
) -> Result<Judgement, Fault> {
    let newest = match licence {
        Some(licence) if licence.ended.is_some() => newest(world, licence).await?,
        _ => None,
    };
    Ok(judge(seal, licence, newest.as_ref(), copy, world.clock.today()))
}

async fn is_personal(world: &World, licence: Option<&Licence>) -> Result<bool, Fault> {
    let Some(licence) = licence else { return Ok(true) };
    Ok(organisation::organisation_find(world.db.reader(), licence.holder).await?.is_none())
}

/// The newest version: of the same type, holder and number.
async fn newest(world: &World, licence: &Licence) -> Result<Option<Licence>, Fault> {
    let held = licences::licence_list(world.db.reader(), &[licence.holder]).await?;
    let same = |one: &Licence| one.licence == licence.licence && one.number == licence.number;
    Ok(held.into_iter().filter(same).max_by_key(|one| one.version))
}

fn nothing(seal: &SealFound, world: &World) -> Examined {
    let judgement = judge(seal, None, None, None, world.clock.today());
    Examined { judgement, licence: None, personal: true, sealed: None, statement: None, revoked: None, copy: None }
}

/// What of it a stranger may learn.
pub fn to_stranger(examined: &Examined, catalog: &Catalog) -> VerifiedLicence {
    VerifiedLicence {
        judgement: examined.judgement.clone(),
        shown: examined.licence.as_ref().map(|licence| shown(licence, examined.personal, catalog)),
        sealed_at: examined.sealed.as_ref().map(|sealed| sealed.at),
        revoked: examined.revoked.clone(),
        copy: examined.copy.clone(),
    }
}

fn shown(licence: &Licence, personal: bool, catalog: &Catalog) -> ShownToStranger {
    let authority = catalog.authorities.get(&licence.issued_by);
    let kind = catalog.licences.get(&licence.licence);
    ShownToStranger {
        name: kind.map_or(licence.licence.as_str(), |kind| kind.name.as_str()).to_owned(),
        number: if personal { masked_number(&licence.number) } else { licence.number.clone() },
        holder: if personal { mask_name(&licence.holder_name) } else { licence.holder_name.clone() },
        issuer: authority.map_or(licence.issued_by.as_str(), |authority| authority.name.as_str()).to_owned(),
        issued_on: licence.issued_on,
        valid_to: licence.valid_to,
        version: licence.version,
        mark: if personal { licence.mark.masked() } else { licence.mark.to_string() },
    }
}

/// The first and the last of it, so that whoever has the paper can compare.
fn masked_number(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() < 8 {
        return "*".repeat(letters.len());
    }
    let (first, last) = (&letters[..4], &letters[letters.len() - 4..]);
    let hidden = "*".repeat(letters.len() - 8);
    format!("{}{hidden}{}", first.iter().collect::<String>(), last.iter().collect::<String>())
}
