//! 电子邮箱: given, confirmed by whoever reads the mail sent there, and dropped. Until it is confirmed nothing else goes
//! there: a mistyped address is somebody else's.

use access_service::Visit;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use kernel::id::SubjectId;
use messages::Channel;
use outside::{Mail, lines};
use platform::limits::Throttle;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World, vault};
use sm3::Sm3;

use super::choose_wishes::change;
use super::own;
use crate::store::wish::{self, wish_find};
use crate::{address, deliver};

const CONFIRM: &str = "messages.confirm-mail";
/// How long the mail can be answered.
const LASTS: TimeDelta = TimeDelta::hours(24);
/// Mails to confirm that one person may ask for in a day.
const ASKED_MAX: u32 = 5;
/// Characters of an address (RFC 5321).
const CHARS_MAX: usize = 254;

struct Asked(Throttle);

/// The kinds of work.
pub(super) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(CONFIRM, ask)]
}

/// Keeps a new address, sealed, and sends a mail there with the link that confirms it.
///
/// # Errors
/// [`Fault::Invalid`] of `mail`; [`Fault::TooMany`]; [`Fault::NotAllowed`].
pub async fn give_mail(visit: &Visit, mail: &str) -> Result<(), Fault> {
    let mail = mail.trim();
    if !is_address(mail) {
        return Err(Fault::field("mail", "mail-form"));
    }
    let person = own(visit)?;
    let asked = visit.world.parts.get_or_install(|| Asked(Throttle::new(ASKED_MAX, TimeDelta::days(1))));
    asked.0.count(&person.to_string(), visit.world.clock.now_utc())?;
    let sealed = address::seal(&visit.world, person, Channel::Mail, mail)?;
    change(visit, |row, now| {
        (row.mail, row.mail_asked_at, row.mail_confirmed_at) = (Some(sealed.clone()), Some(now), None);
        Ok(())
    })
    .await?;
    let job = &Job::new(CONFIRM, person).keyed(format!("{CONFIRM}/{person}"));
    visit
        .write(None, async |tx| {
            tx.schedule(job.clone());
            Ok(())
        })
        .await
}

/// Confirms the address with what stood in the link.
///
/// # Errors
/// [`Fault::Invalid`] of `mail` when it does not fit or has run out.
pub async fn confirm_mail(visit: &Visit, token: &str) -> Result<(), Fault> {
    let person = own(visit)?;
    let row = wish_find(visit.world.db.reader(), person).await?;
    let asked = row.and_then(|row| row.mail.zip(row.mail_asked_at));
    let (sealed, at) = asked.ok_or_else(|| Fault::field("mail", "mail-token"))?;
    let in_time = visit.world.clock.now_utc() - at < LASTS;
    let given = hex::decode(token).unwrap_or_default();
    if !in_time || mac(&visit.world, person, &sealed, at)?.verify_slice(&given).is_err() {
        return Err(Fault::field("mail", "mail-token"));
    }
    change(visit, |row, now| {
        // Another address may have been given meanwhile.
        if row.mail.as_ref() != Some(&sealed) {
            return Err(Fault::field("mail", "mail-token"));
        }
        row.mail_confirmed_at = row.mail_confirmed_at.or(Some(now));
        Ok(())
    })
    .await
}

/// Forgets the address.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn drop_mail(visit: &Visit) -> Result<(), Fault> {
    change(visit, |row, _| {
        (row.mail, row.mail_asked_at, row.mail_confirmed_at) = (None, None, None);
        Ok(())
    })
    .await
}

async fn ask(world: World, job: Delivery) -> Result<(), Fault> {
    let person: SubjectId = job.subject.parse().map_err(Fault::internal)?;
    let Some(row) = wish_find(world.db.reader(), person).await? else { return Ok(()) };
    let Some((sealed, at)) = waiting(&row) else { return Ok(()) };
    let to = address::open(&world, person, Channel::Mail, sealed)?;
    let token = hex::encode(mac(&world, person, sealed, at)?.finalize().into_bytes());
    let words = world.part::<access_service::Words>();
    let link = format!("{}/messages/wishes/mail?token={token}", deliver::public(&world));
    let text = words.fill("messages.mail.text", &[("link".to_owned(), link)].into());
    let subject = words.get("messages.mail.subject");
    let lines = lines(&world);
    let line = lines.mail(Channel::Mail.code())?;
    line.send(Mail { id: &job.id.to_string(), to: &to, subject, text: &text }).await?;
    Ok(())
}

fn waiting(row: &wish::Model) -> Option<(&str, DateTime<Utc>)> {
    let waits = row.mail_confirmed_at.is_none();
    waits.then(|| row.mail.as_deref().zip(row.mail_asked_at)).flatten()
}

/// What proves that a mail was read: it fits one person, one address, one asking. Nothing of it is kept.
fn mac(world: &World, person: SubjectId, sealed: &str, at: DateTime<Utc>) -> Result<Hmac<Sm3>, Fault> {
    let secret = address::vault(world)?.secret(&vault::Purpose::BlindIndex, world.clock.now_utc())?;
    let mut mac = Hmac::<Sm3>::new_from_slice(&secret.bytes).map_err(Fault::internal)?;
    mac.update(format!("messages confirm mail\n{person}\n{sealed}\n{}", at.timestamp_micros()).as_bytes());
    Ok(mac)
}

/// One at sign with something before it and a name with a dot behind it; the mail itself proves the rest.
fn is_address(text: &str) -> bool {
    let ascii = text.len() <= CHARS_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = text.split_once('@').filter(|(_, host)| !host.contains('@'));
    ascii
        && parts
            .is_some_and(|(user, host)| !user.is_empty() && host.split('.').filter(|part| !part.is_empty()).count() > 1)
        && !text.contains(['<', '>', ',', ';', '"'])
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for (text, is_one) in [
            ("zhi.yuan@example.com", true),
            ("a@b.cn", true),
            ("a@b", false),
            ("a@b@c.cn", false),
            ("@b.cn", false),
            ("a b@c.cn", false),
            ("a@b.cn,c@d.cn", false),
            ("张三@b.cn", false),
            ("", false),
        ] {
            assert_eq!(is_address(text), is_one, "{text}");
        }
    }
}
