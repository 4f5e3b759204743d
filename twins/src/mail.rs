//! The mail server (邮件服务器): speaks enough SMTP to take mails, keeps each `Message-ID` once, and shows them at `/mail`.
//!
//! It listens on a socket of its own. Its mood: slow answers late, down says 421 and hangs up, garbled answers what is no
//! SMTP, wrong refuses every recipient.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use mailparse::MailHeaderMap;
use platform::Clock;
use serde::Serialize;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::mood::{self, Mood};
use crate::pages::{escaped, moment, page};

/// Mails kept; the oldest go first.
const KEPT_MAX: usize = 500;
/// Bytes of one mail.
const MAIL_MAX: usize = 1 << 20;
/// Bytes of one line (RFC 5321 has 1,000).
const LINE_MAX: usize = 4_000;

/// One mail, decoded.
#[derive(Debug, Clone, Serialize)]
pub struct Mail {
    pub id: String,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub at: DateTime<Utc>,
    /// How often it was sent here.
    pub asked: u32,
}

/// The mailbox of everybody.
#[derive(Clone)]
pub struct Mailbox {
    /// Where it takes mails.
    pub address: SocketAddr,
    mood: Mood,
    mails: Arc<Mutex<Vec<Mail>>>,
}

/// Opens it beside the other twins.
///
/// # Errors
/// When no socket can be had.
pub async fn open(beside: SocketAddr) -> std::io::Result<Mailbox> {
    let listener = TcpListener::bind(SocketAddr::new(beside.ip(), 0)).await?;
    let mailbox = Mailbox { address: listener.local_addr()?, mood: Mood::default(), mails: Arc::default() };
    let taking = mailbox.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let taking = taking.clone();
            // A client that hangs up is no fault of ours.
            tokio::spawn(async move { taking.talk(stream).await.unwrap_or_default() });
        }
    });
    Ok(mailbox)
}

/// Its pages.
pub fn routes(mailbox: &Mailbox) -> Router {
    let pages = Router::new().route("/messages", get(list)).route("/", get(show)).with_state(mailbox.clone());
    // The pages stay readable whatever the server feels like.
    pages.merge(mood::around(Router::new(), mailbox.mood.clone()))
}

async fn list(State(mailbox): State<Mailbox>) -> Json<Vec<Mail>> {
    Json(mailbox.all())
}

async fn show(State(mailbox): State<Mailbox>) -> Html<String> {
    let mut body = String::new();
    for mail in mailbox.all() {
        body += &format!(
            "<article><time>{} · 收件人 {}</time><b>{}</b>\n{}</article>",
            moment(mail.at),
            escaped(&mail.to),
            escaped(&mail.subject),
            escaped(&mail.text)
        );
    }
    page("邮箱", if body.is_empty() { "<p>还没有邮件。</p>" } else { &body })
}

impl Mailbox {
    /// The mails, the newest first.
    pub fn all(&self) -> Vec<Mail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader);
        let feeling = self.mood.now();
        tokio::time::sleep(Duration::from_millis(feeling.slow_ms)).await;
        if feeling.down {
            return writer.write_all(b"421 not now\r\n").await;
        }
        if feeling.garbled {
            return writer.write_all("<html>正在维护\r\n".as_bytes()).await;
        }
        writer.write_all(b"220 twin ESMTP\r\n").await?;
        let (mut from, mut to) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).await? == 0 || line.len() > LINE_MAX {
                return Ok(());
            }
            let word = line.split([' ', ':']).next().unwrap_or_default().trim().to_ascii_uppercase();
            let answer: &[u8] = match word.as_str() {
                "EHLO" => b"250-twin\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                "HELO" | "RSET" | "NOOP" => b"250 ok\r\n",
                "MAIL" => {
                    from = within(&line);
                    b"250 ok\r\n"
                }
                "RCPT" if self.mood.now().wrong => b"550 no such mailbox\r\n",
                "RCPT" => {
                    to = within(&line);
                    b"250 ok\r\n"
                }
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await?;
                    let Some(mail) = data(&mut lines).await? else {
                        return writer.write_all(b"552 too long\r\n").await;
                    };
                    self.keep(&mail, &from, &to);
                    b"250 taken\r\n"
                }
                "QUIT" => return writer.write_all(b"221 bye\r\n").await,
                _ => b"502 not here\r\n",
            };
            writer.write_all(answer).await?;
        }
    }

    fn keep(&self, raw: &[u8], from: &str, to: &str) {
        let Ok(parsed) = mailparse::parse_mail(raw) else { return };
        let header = |name: &str| parsed.headers.get_first_value(name).unwrap_or_default();
        let id = header("Message-ID");
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = mails.iter_mut().find(|mail| mail.id == id && mail.to == to) {
            known.asked += 1;
            return;
        }
        if mails.len() >= KEPT_MAX {
            mails.remove(0);
        }
        mails.push(Mail {
            subject: header("Subject"),
            text: parsed.get_body().unwrap_or_default(),
            from: from.to_owned(),
            to: to.to_owned(),
            at: Clock::System.now_utc(),
            asked: 1,
            id,
        });
    }
}

/// What stands in the angle brackets.
fn within(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}

/// A mail up to the line with only a dot; nothing when it is too long.
async fn data(lines: &mut BufReader<tokio::net::tcp::OwnedReadHalf>) -> std::io::Result<Option<Vec<u8>>> {
    let mut mail = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).await? == 0 || mail.len() + line.len() > MAIL_MAX {
            return Ok(None);
        }
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(mail));
        }
        // A line that began with a dot was sent with two (RFC 5321 4.5.2).
        mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
