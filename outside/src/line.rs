//! One line: signed calls with JSON both ways, a time limit, and a limit on what is read of an answer.

use std::net::SocketAddr;
use std::time::Duration;

use platform::{Clock, Fault};
use reqwest::{Client, Method, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::signature::{Forged, SIGNATURE, Signed, TIME};

/// Bytes of an answer at most.
const ANSWER_MAX: usize = 4 << 20;
/// Characters of a refusal that are kept.
const WORDS_MAX: usize = 300;

/// Why a call brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum LineFault {
    /// The configured address is none.
    #[error("line {line}: {url:?} is no address")]
    Address {
        /// The line.
        line: String,
        /// As configured.
        url: String,
    },
    /// Nobody answers. Nothing is known about whether the call arrived.
    #[error("line {0} does not answer")]
    Down(String),
    /// It answers too slowly. Nothing is known about whether the call was followed.
    #[error("line {0} took too long")]
    Slow(String),
    /// It answers, but not what was agreed.
    #[error("line {0} answers what cannot be read")]
    Garbled(String),
    /// It says no; trying again as it is will not help.
    #[error("line {line} refuses with {status}")]
    Refused {
        /// The line.
        line: String,
        /// HTTP status, 4xx.
        status: u16,
        /// The beginning of what it says.
        words: String,
    },
}

/// A failed call is tried again by the job it belongs to; a refusal too, until somebody looks at it among the dead letters.
impl From<LineFault> for Fault {
    fn from(fault: LineFault) -> Self {
        tracing::warn!(%fault, "line to outside");
        let what = match &fault {
            LineFault::Address { line, .. } | LineFault::Refused { line, .. } => line,
            LineFault::Down(line) | LineFault::Slow(line) | LineFault::Garbled(line) => line,
        };
        Self::unavailable(format!("line.{what}"))
    }
}

/// A line to one system outside.
#[derive(Clone)]
pub struct Line {
    name: String,
    base: Url,
    secret: String,
    patience: Duration,
    client: Client,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A client for calls outside. It follows no redirect, since a signature is made for one address, and heeds no proxy of
/// the environment.
///
/// # Errors
/// [`LineFault::Down`] when the machine has no way to make one.
pub fn client() -> Result<Client, LineFault> {
    // Whoever comes first installs it; the provider is the same for everybody.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build();
    client.map_err(|_| LineFault::Down("client".to_owned()))
}

/// A client that calls this host at exactly these addresses, whatever its name leads to by then. For calls to addresses that
/// somebody else has named.
///
/// # Errors
/// [`LineFault::Down`] when the machine has no way to make one.
pub fn client_to(host: &str, addresses: &[SocketAddr]) -> Result<Client, LineFault> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(redirect::Policy::none()).no_proxy();
    builder.resolve_to_addrs(host, addresses).build().map_err(|_| LineFault::Down("client".to_owned()))
}

/// Path and query, as they stand in the request line.
fn request_line(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

impl Line {
    /// A line to this address.
    ///
    /// # Errors
    /// [`LineFault::Address`]
    pub fn new(name: &str, url: &str, secret: &str, patience: Duration, client: Client) -> Result<Self, LineFault> {
        let address = || LineFault::Address { line: name.to_owned(), url: url.to_owned() };
        let base: Url = url.trim_end_matches('/').parse().map_err(|_| address())?;
        if base.cannot_be_a_base() || !["http", "https"].contains(&base.scheme()) {
            return Err(address());
        }
        Ok(Self { name: name.to_owned(), base, secret: secret.to_owned(), patience, client })
    }

    /// Its name in the configuration.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sends JSON to `path` (with its leading slash, below the line's address) and reads JSON.
    ///
    /// # Errors
    /// [`LineFault`]
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, LineFault> {
        let body = serde_json::to_vec(body).map_err(|_| LineFault::Garbled(self.name.clone()))?;
        self.call(Method::POST, path, body).await
    }

    /// Reads JSON from `path`.
    ///
    /// # Errors
    /// [`LineFault`]
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, LineFault> {
        self.call(Method::GET, path, Vec::new()).await
    }

    /// Whether a call that came in was signed by the other end of this line, in time; `header` gives its headers by name.
    ///
    /// # Errors
    /// [`Forged`]
    pub fn is_theirs<'h>(
        &self,
        call: Signed<'_>,
        header: impl Fn(&'static str) -> Option<&'h str>,
    ) -> Result<(), Forged> {
        // The other side signs by its own wall clock; ours may be a test's.
        call.check(&self.secret, header(TIME), header(SIGNATURE), Clock::System.now_utc())
    }

    async fn call<T: DeserializeOwned>(&self, method: Method, path: &str, body: Vec<u8>) -> Result<T, LineFault> {
        let garbled = || LineFault::Garbled(self.name.clone());
        let url: Url = format!("{}{path}", self.base.as_str().trim_end_matches('/')).parse().map_err(|_| garbled())?;
        let signed_path = request_line(&url);
        // The other side compares with its own wall clock; ours may be a test's.
        let now = Clock::System.now_utc();
        let signature = Signed { method: method.as_str(), path: &signed_path, body: &body }.sign(&self.secret, now);
        let request = self
            .client
            .request(method, url)
            .timeout(self.patience)
            .header("content-type", "application/json")
            .header(TIME, now.timestamp())
            .header(SIGNATURE, signature)
            .body(body);
        let answer = request.send().await.map_err(|error| self.lost(&error))?;
        let status = answer.status();
        let bytes = self.read(answer).await?;
        if status.is_client_error() {
            let words = String::from_utf8_lossy(&bytes).chars().take(WORDS_MAX).collect();
            return Err(LineFault::Refused { line: self.name.clone(), status: status.as_u16(), words });
        }
        if !status.is_success() {
            return Err(LineFault::Down(self.name.clone()));
        }
        serde_json::from_slice(&bytes).map_err(|_| garbled())
    }

    async fn read(&self, mut answer: reqwest::Response) -> Result<Vec<u8>, LineFault> {
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| self.lost(&error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > ANSWER_MAX {
                return Err(LineFault::Garbled(self.name.clone()));
            }
        }
        Ok(bytes)
    }

    fn lost(&self, error: &reqwest::Error) -> LineFault {
        if error.is_timeout() { LineFault::Slow(self.name.clone()) } else { LineFault::Down(self.name.clone()) }
    }
}
