//! The line to a mail server (SMTP): `smtp://USER@HOST:587?tls=required&from=notice@example.gov.cn`, with the line's secret
//! as the password where a user is named. `smtps://` speaks TLS from the first byte.
//!
//! Nobody signs here: what comes back is only whether the server took the mail.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use reqwest::Url;

use crate::LineFault;

/// Whom mails are from when the address of the line does not say.
const FROM: &str = "yimen@localhost";

/// A line to a mail server.
#[derive(Clone)]
pub struct MailLine {
    name: String,
    from: Mailbox,
    host: String,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl std::fmt::Debug for MailLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailLine").field("name", &self.name).finish_non_exhaustive()
    }
}

/// One mail in plain words.
#[derive(Debug, Clone)]
pub struct Mail<'a> {
    /// Becomes its `Message-ID`: the same mail sent twice can be told by it.
    pub id: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
}

impl MailLine {
    /// Whether an address means a mail server.
    pub(crate) fn is_one(url: &str) -> bool {
        url.starts_with("smtp://") || url.starts_with("smtps://")
    }

    /// A line to this address.
    ///
    /// # Errors
    /// [`LineFault::Address`]
    pub fn new(name: &str, url: &str, secret: &str, patience: Duration) -> Result<Self, LineFault> {
        let address = || LineFault::Address { line: name.to_owned(), url: url.to_owned() };
        let mut parsed: Url = url.parse().map_err(|_| address())?;
        let pairs: Vec<(String, String)> = parsed.query_pairs().into_owned().collect();
        let from = pairs.iter().find(|(key, _)| key == "from").map_or(FROM, |(_, from)| from);
        let from: Mailbox = from.parse().map_err(|_| address())?;
        let user = parsed.username().to_owned();
        parsed.set_username("").map_err(|()| address())?;
        let rest: Vec<&(String, String)> = pairs.iter().filter(|(key, _)| key != "from").collect();
        parsed.set_query(None);
        if !rest.is_empty() {
            parsed.query_pairs_mut().extend_pairs(rest.iter().map(|(key, value)| (key, value)));
        }
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(parsed.as_str()).map_err(|_| address())?;
        if !user.is_empty() {
            builder = builder.credentials(Credentials::new(user, secret.to_owned()));
        }
        let host = parsed.host_str().ok_or_else(address)?.to_owned();
        Ok(Self { name: name.to_owned(), from, host, transport: builder.timeout(Some(patience)).build() })
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    /// [`LineFault`]; [`LineFault::Refused`] also for an address that is none.
    pub async fn send(&self, mail: Mail<'_>) -> Result<(), LineFault> {
        let refused = |words: String| LineFault::Refused { line: self.name.clone(), status: 550, words };
        let to: Mailbox = mail.to.parse().map_err(|_| refused("no address".to_owned()))?;
        let message = Message::builder()
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.to_owned())
            .map_err(|fault| refused(fault.to_string()))?;
        self.transport.send(message).await.map(|_| ()).map_err(|fault| self.lost(&fault))
    }

    fn lost(&self, fault: &Error) -> LineFault {
        let name = self.name.clone();
        if fault.is_timeout() {
            LineFault::Slow(name)
        } else if fault.is_permanent() {
            // The server's words may quote the address.
            LineFault::Refused { line: name, status: 550, words: String::new() }
        } else if fault.is_response() || fault.is_client() {
            LineFault::Garbled(name)
        } else {
            LineFault::Down(name)
        }
    }
}
