//! Where a webhook may go. The name is resolved here, once, and the call goes to exactly the address that was looked at: a
//! name that answers differently the second time finds nobody asking.

use std::net::{IpAddr, SocketAddr};

use connect::is_public;
use platform::{Config, Fault};
use reqwest::Url;

/// Characters of an address.
const URL_CHARS_MAX: usize = 500;

/// Reads the address of a subscription.
///
/// # Errors
/// [`Fault::Invalid`] of `url`.
pub(crate) fn read(config: &Config, text: &str) -> Result<Url, Fault> {
    let url: Url = text.trim().parse().map_err(|_| Fault::field("url", "webhook-url"))?;
    let secure = url.scheme() == "https" || url.scheme() == "http" && config.webhooks_private;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if text.len() > URL_CHARS_MAX || !secure || !plain || url.host_str().is_none() {
        return Err(Fault::field("url", "webhook-url"));
    }
    // An address in digits can be judged now; a name is judged at each call, since it may change.
    let literal: Option<IpAddr> = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    if !config.webhooks_private && literal.is_some_and(|address| !is_public(address)) {
        return Err(Fault::field("url", "webhook-inside"));
    }
    Ok(url)
}

/// The addresses of its host that may be called; all of them must be allowed, or none is called.
pub(crate) async fn addresses(config: &Config, url: &Url) -> Result<Vec<SocketAddr>, Blocked> {
    let host = url.host_str().ok_or(Blocked::Nowhere)?.trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().ok_or(Blocked::Nowhere)?;
    let found: Vec<SocketAddr> =
        tokio::net::lookup_host((host.as_str(), port)).await.map_err(|_| Blocked::Nowhere)?.collect();
    if found.is_empty() {
        return Err(Blocked::Nowhere);
    }
    if !config.webhooks_private && found.iter().any(|address| !is_public(address.ip())) {
        return Err(Blocked::Inside);
    }
    Ok(found)
}

/// Why nobody is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blocked {
    /// The name leads nowhere.
    Nowhere,
    /// It leads inside.
    Inside,
}
