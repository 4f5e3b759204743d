//! `yimen twins`: the twins of outside systems, by themselves.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};

use crate::Ending;

/// Characters of a secret at least, as the configuration asks.
const SECRET_CHARS_MIN: usize = 16;

/// Runs until it is stopped; prints the lines as they belong into `yimen.toml`.
pub async fn run(listen: SocketAddr, secret: Option<String>) -> Result<Ending> {
    platform::telemetry::start("info", platform::telemetry::LogForm::Lines)?;
    let secret = secret.unwrap_or_else(self::secret);
    ensure!(secret.chars().count() >= SECRET_CHARS_MIN, "the secret must have at least {SECRET_CHARS_MIN} characters");
    let twins = twins::start(listen, &secret).await.with_context(|| format!("{listen} cannot be used"))?;
    let lines = toml::Table::from_iter([("lines".to_owned(), toml::Value::try_from(&twins.lines)?)]);
    say!("{}", toml::to_string(&lines)?);
    say!(
        "# moods: curl -X PUT http://{}/NAME/mood -H 'content-type: application/json' -d '{{\"down\": true}}'",
        twins.address
    );
    twins.ended().await;
    Ok(Ending::Good)
}

/// A secret nobody else knows.
pub fn secret() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}
