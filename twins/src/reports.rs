//! What a twin calls back: signed, and as wrong as its mood is.

use outside::signature::{SIGNATURE, Signed, TIME};
use platform::Clock;
use serde_json::Value;

use crate::Setup;

/// Signs with what nobody agreed on.
const OTHER_SECRET: &str = "nobody agreed on this secret";

/// Reports once, or twice; a server that does not take it is not asked again.
pub async fn report(setup: &Setup, url: &str, body: &Value) {
    let times = if setup.mood.now().twice { 2 } else { 1 };
    for _ in 0..times {
        if let Err(error) = once(setup, url, body).await {
            tracing::info!(%error, "a twin's report was not taken");
        }
    }
}

/// Reports once and gives the status of the answer.
///
/// # Errors
/// In words, when nobody answers.
pub async fn once(setup: &Setup, url: &str, body: &Value) -> Result<u16, String> {
    let client = outside::client().map_err(|fault| fault.to_string())?;
    let text = body.to_string();
    let now = Clock::System.now_utc();
    let secret = if setup.mood.now().forged { OTHER_SECRET } else { &setup.secret };
    let signature = Signed { method: "POST", path: path_of(url), body: text.as_bytes() }.sign(secret, now);
    let sent = client
        .post(url)
        .header("content-type", "application/json")
        .header(TIME, now.timestamp())
        .header(SIGNATURE, signature)
        .body(text)
        .send()
        .await;
    sent.map(|answer| answer.status().as_u16()).map_err(|fault| fault.to_string())
}

/// Path and query of an address.
fn path_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or("/", |at| &url[host + at..])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_path_is_what_stands_behind_the_host() {
        assert_eq!(super::path_of("http://a.cn:80/x/y?z=1"), "/x/y?z=1");
        assert_eq!(super::path_of("http://a.cn"), "/");
    }
}
