//! Somebody who asks a running server: a socket, one request, one answer, the session's cookie kept by hand.
//!
//! HTTP/1.0 and a connection for each request, because the tests want to know of every single request whether its
//! answer arrived whole; a pool that tries again by itself would hide just that.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|fault| panic!("{} and no JSON: {fault}\n{}", self.status, self.text()))
    }

    /// The cookie it sets, as a browser sends it back.
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned)
    }
}

/// One request. An answer that did not arrive whole is an error, because then nothing is known about what was done.
pub fn ask(to: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
    let mut socket = TcpStream::connect_timeout(&to, Duration::from_secs(5))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!("{method} {path} HTTP/1.0\r\nhost: {to}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    socket.write_all(head.as_bytes())?;
    // A server may answer and close before it has read the whole body; its answer still counts.
    let sent = socket.write_all(body);
    let mut bytes = Vec::new();
    let got = socket.read_to_end(&mut bytes);
    match read(&bytes) {
        Some(answer) => Ok(answer),
        None => Err(sent.err().or(got.err()).unwrap_or_else(|| Error::from(ErrorKind::UnexpectedEof))),
    }
}

/// Reads an answer; `None` when it is not whole.
fn read(bytes: &[u8]) -> Option<Answer> {
    let split = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..split]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    let answer = Answer { status, headers: headers.collect(), body: bytes[split + 4..].to_vec() };
    let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
    length.is_none_or(|length| length == answer.body.len()).then_some(answer)
}
