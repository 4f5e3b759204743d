//! The configuration: a TOML file, and over it the environment (`YIMEN_DATABASE_URL`, `YIMEN_LIMITS_UPLOAD_BYTES`).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::telemetry::LogForm;

/// How an installation is set up. Every key has a default; a key that does not exist is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:PATH?mode=rwc` or `postgres://…`.
    pub database_url: String,
    /// Connections to PostgreSQL, or readers of SQLite; the engine's default when absent.
    pub connections: Option<u32>,
    /// Folder for uploads and everything else that is not in the database.
    pub data: PathBuf,
    /// Folder of the key store; `keys` in `data` when absent.
    pub keys: Option<PathBuf>,
    /// File of the master key that seals all others; `master.key` in the folder of the key store when absent.
    pub master_key_file: Option<PathBuf>,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder with Chinese fonts for printed documents; where the system keeps them when absent.
    pub fonts: Option<PathBuf>,
    /// The address people see, for links in notices: `https://ywtb.example.gov.cn`.
    pub public_url: Option<String>,
    /// What is logged, in the notation of tracing: `info,platform=debug`.
    pub log: String,
    /// How it is written.
    pub log_form: LogForm,
    /// With it in `Authorization: Bearer …` the figures at `/metrics` may be read from elsewhere; without it only from
    /// the machine itself. At least 16 characters.
    pub metrics_token: Option<String>,
    /// Seconds that requests and deliveries under way have to end after the server was asked to stop.
    pub shutdown_s: u64,
    /// Lines to systems outside, by name: `payment`, `courier`, `sms`, …
    pub lines: BTreeMap<String, LineConfig>,
    /// Where the connectors that speak no HTTP find the other side, by the connector's id.
    pub connectors: BTreeMap<String, ConnectorConfig>,
    /// Webhooks may go to addresses inside the network and on this machine, and without TLS. For demonstrations.
    pub webhooks_private: bool,
    /// A limit on everything that can grow.
    pub limits: Limits,
}

/// One line to a system outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineConfig {
    /// Where it answers: `https://pay.example.gov.cn/v1`.
    pub url: String,
    /// What both sides sign their requests with. At least 16 characters.
    pub secret: String,
    /// Seconds one call may take.
    #[serde(default = "LineConfig::patience")]
    pub timeout_s: u64,
}

/// Where one connector finds an authority's own system; one that speaks HTTP has a line instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConnectorConfig {
    /// The folder that files are exchanged in: `out` for ours, `in` for theirs.
    pub folder: Option<PathBuf>,
    /// Their database: `sqlite:PATH` or `postgres://…`.
    pub database_url: Option<String>,
    /// Seconds one statement may take; 10 when absent.
    pub timeout_s: Option<u64>,
}

impl LineConfig {
    fn patience() -> u64 {
        10
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:data/yimen.db?mode=rwc".to_owned(),
            connections: None,
            data: PathBuf::from("data"),
            keys: None,
            master_key_file: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            fonts: None,
            public_url: None,
            log: "info".to_owned(),
            log_form: LogForm::Lines,
            metrics_token: None,
            shutdown_s: 25,
            lines: BTreeMap::new(),
            connectors: BTreeMap::new(),
            webhooks_private: false,
            limits: Limits::default(),
        }
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{path} is not TOML: {cause}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        cause: toml::de::Error,
    },
    /// A key does not exist or a value has the wrong type.
    #[error("configuration: {0}")]
    Value(toml::de::Error),
    /// A secret that can be guessed.
    #[error("configuration: {0} must have at least {SECRET_CHARS_MIN} characters")]
    Guessable(String),
}

const PREFIX: &str = "YIMEN_";
const SECRET_CHARS_MIN: usize = 16;
const HIDDEN: &str = "(hidden)";

impl Config {
    /// Where the keys lie.
    pub fn key_folder(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The address people see, without a slash at its end; an installation that names none is seen where it listens.
    pub fn public_address(&self) -> String {
        let named = self.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
        named.unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Reads the file, if one is named, and lays the environment over it.
    ///
    /// # Errors
    /// [`ConfigFault`], in words for the person who starts the server.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigFault> {
        let text = match file {
            None => String::new(),
            Some(path) => std::fs::read_to_string(path)
                .map_err(|cause| ConfigFault::Unreadable { path: path.to_owned(), cause })?,
        };
        let table = text
            .parse()
            .map_err(|cause| ConfigFault::Syntax { path: file.unwrap_or(Path::new("")).to_owned(), cause })?;
        // A variable that is not Unicode cannot be one of ours.
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::from_parts(table, environment)
    }

    /// The table with the variables of the environment that name a key laid over it; other variables are left alone,
    /// because `YIMEN_` also begins the names of switches for tests.
    fn from_parts(
        mut table: toml::Table,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigFault> {
        let known = Self::keys();
        let known_limits = Self::limit_keys();
        for (name, value) in environment {
            let Some(key) = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else { continue };
            if let Some(limit) = key.strip_prefix("limits_").filter(|limit| known_limits.contains(limit)) {
                if let Some(limits) = table_in(&mut table, "limits") {
                    limits.insert(limit.to_owned(), typed(&value));
                }
            } else if let Some((connector, part)) =
                key.strip_prefix("connectors_").and_then(|rest| rest.split_once('_'))
            {
                let all = table_in(&mut table, "connectors");
                if let Some(connector) = all.and_then(|connectors| table_in(connectors, connector)) {
                    connector.insert(part.to_owned(), typed(&value));
                }
            } else if let Some((line, part)) = key.strip_prefix("lines_").and_then(|rest| rest.split_once('_')) {
                // `YIMEN_LINES_PAYMENT_SECRET`: the names of lines have no underscore.
                let value = if part == "secret" { value.into() } else { typed(&value) };
                if let Some(line) = table_in(&mut table, "lines").and_then(|lines| table_in(lines, line)) {
                    line.insert(part.to_owned(), value);
                }
            } else if known.contains(&key.as_str()) {
                let value = if key == "metrics_token" { value.into() } else { typed(&value) };
                table.insert(key, value);
            }
        }
        let config: Self = table.try_into().map_err(ConfigFault::Value)?;
        let guessable = config.secrets().find(|(_, secret)| secret.chars().count() < SECRET_CHARS_MIN);
        match guessable.map(|(key, _)| key) {
            Some(key) => Err(ConfigFault::Guessable(key)),
            None => Ok(config),
        }
    }

    /// Every secret that stands in it, with its key.
    fn secrets(&self) -> impl Iterator<Item = (String, &str)> {
        let token = self.metrics_token.iter().map(|token| ("metrics_token".to_owned(), token.as_str()));
        token.chain(self.lines.iter().map(|(name, line)| (format!("lines.{name}.secret"), line.secret.as_str())))
    }

    /// Every key outside the limits, the lines and the connectors.
    pub fn keys() -> Vec<&'static str> {
        let tables = ["limits", "lines", "connectors"];
        fields_of::<Self>().iter().copied().filter(|key| !tables.contains(key)).collect()
    }

    /// Every key of the limits.
    pub fn limit_keys() -> &'static [&'static str] {
        fields_of::<Limits>()
    }

    /// The same with its secrets hidden: the token, those of the lines, and the password in the database's address.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut shown = self.clone();
        shown.metrics_token = self.metrics_token.as_ref().map(|_| HIDDEN.to_owned());
        shown.database_url = without_password(&self.database_url);
        for line in shown.lines.values_mut() {
            line.secret = HIDDEN.to_owned();
            line.url = without_password(&line.url);
        }
        for connector in shown.connectors.values_mut() {
            connector.database_url = connector.database_url.as_deref().map(without_password);
        }
        shown
    }
}

/// The table under this key, made where there is none; nothing when something else stands there.
fn table_in<'a>(table: &'a mut toml::Table, key: &str) -> Option<&'a mut toml::Table> {
    table.entry(key).or_insert_with(|| toml::Table::new().into()).as_table_mut()
}

/// The fields a struct is read from, by asking it to be read: nobody need keep a list of them.
fn fields_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut asked = Asked(&[]);
    // It asks for a struct with its fields and is told that there is nothing to read.
    let _ = T::deserialize(&mut asked);
    asked.0
}

struct Asked(&'static [&'static str]);

impl<'de> serde::Deserializer<'de> for &mut Asked {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("there is nothing to read"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The address with a password taken out, be it before the host or among the parameters.
fn without_password(url: &str) -> String {
    let (address, parameters) = url.split_once('?').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let address = match address.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (login, host))) if login.contains(':') => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:{HIDDEN}@{host}")
        }
        _ => address.to_owned(),
    };
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if name.contains("password") => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    };
    match parameters {
        None => address,
        Some(pairs) => format!("{address}?{}", pairs.split('&').map(hidden).collect::<Vec<_>>().join("&")),
    }
}

/// The environment has only text; a whole number is meant as one, and so are `true` and `false`, since no key's text is one.
fn typed(value: &str) -> toml::Value {
    match value.parse() {
        Ok(flag) => toml::Value::Boolean(flag),
        Err(_) => value.parse().map_or_else(|_| value.to_owned().into(), toml::Value::Integer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(table: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigFault> {
        let environment = environment.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Config::from_parts(table.parse().unwrap(), environment)
    }

    #[test]
    fn the_environment_lies_over_the_file_and_the_file_over_the_defaults() {
        let file = "listen = '127.0.0.1:9000'\ndatabase_url = 'postgres://file'\n[limits]\ndrafts = 3\n";
        let config = with(
            file,
            &[
                ("YIMEN_DATABASE_URL", "postgres://environment"),
                ("YIMEN_CONNECTIONS", "4"),
                ("YIMEN_LIMITS_UPLOAD_BYTES", "1000"),
                ("YIMEN_PG_BIN", "for the tests"),
                ("HOME", "/root"),
            ],
        )
        .unwrap();
        assert_eq!(config.database_url, "postgres://environment");
        assert_eq!(config.listen.port(), 9000);
        assert_eq!(config.connections, Some(4));
        assert_eq!((config.limits.drafts, config.limits.upload_bytes), (3, 1000));
        assert_eq!(config.log, "info");
    }

    #[test]
    fn all_keys_are_known_those_without_a_default_too() {
        assert!(Config::keys().contains(&"metrics_token") && Config::keys().contains(&"listen"));
        assert!(!Config::keys().contains(&"limits") && Config::limit_keys().contains(&"drafts"));
    }

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        for (url, shown) in [
            ("postgres://yimen:s3cret@db/yimen", "postgres://yimen:(hidden)@db/yimen"),
            ("postgres://yimen:a:b@c@db/yimen?sslmode=require", "postgres://yimen:(hidden)@db/yimen?sslmode=require"),
            ("postgres://db/yimen?user=u&password=s3cret", "postgres://db/yimen?user=u&password=(hidden)"),
            ("postgres://yimen@db/yimen", "postgres://yimen@db/yimen"),
            ("sqlite:data/yimen.db?mode=rwc", "sqlite:data/yimen.db?mode=rwc"),
        ] {
            assert_eq!(without_password(url), shown);
        }
        let config = with("metrics_token = 'a-long-enough-secret'", &[]).unwrap();
        let shown = format!("{:?}", config.without_secrets());
        assert!(!shown.contains("enough") && shown.contains(HIDDEN), "{shown}");
        assert!(with("", &[("YIMEN_METRICS_TOKEN", "short")]).unwrap_err().to_string().contains("16"));
        let digits = with("", &[("YIMEN_METRICS_TOKEN", "12345678901234567")]).unwrap();
        assert_eq!(digits.metrics_token.as_deref(), Some("12345678901234567"));
    }

    #[test]
    fn lines_to_outside_come_from_both_and_keep_their_secrets() {
        let file = "[lines.payment]\nurl = 'https://pay.example.gov.cn'\nsecret = 'from-the-file-long-enough'\n";
        let environment = [("YIMEN_LINES_PAYMENT_SECRET", "1234567890123456"), ("YIMEN_LINES_PAYMENT_TIMEOUT_S", "3")];
        let config = with(file, &environment).unwrap();
        let line = &config.lines["payment"];
        assert_eq!((line.secret.as_str(), line.timeout_s), ("1234567890123456", 3));
        assert!(!format!("{:?}", config.without_secrets()).contains("1234567890123456"));
        let short = with("[lines.sms]\nurl = 'http://sms'\nsecret = 'short'\n", &[]).unwrap_err().to_string();
        assert!(short.contains("lines.sms.secret") && short.contains("16"), "{short}");
    }

    #[test]
    fn connectors_come_from_both_and_hide_their_passwords() {
        let file = "[connectors.tobacco]\nfolder = '/srv/exchange'\n";
        let url = "postgres://yimen:s3cret@db/tobacco";
        let config = with(file, &[("YIMEN_CONNECTORS_HOUSING_DATABASE_URL", url)]).unwrap();
        assert_eq!(config.connectors["tobacco"].folder.as_deref(), Some(Path::new("/srv/exchange")));
        assert_eq!(config.connectors["housing"].database_url.as_deref(), Some(url));
        assert!(!format!("{:?}", config.without_secrets()).contains("s3cret"));
        assert!(with("[connectors.tobacco]\nurl = 'x'\n", &[]).is_err());
    }

    #[test]
    fn a_mistaken_key_or_value_is_told() {
        assert!(with("lissten = '127.0.0.1:1'", &[]).unwrap_err().to_string().contains("lissten"));
        assert!(with("", &[("YIMEN_LISTEN", "everywhere")]).is_err());
        assert!(Config::load(Some(Path::new("/nowhere.toml"))).unwrap_err().to_string().contains("/nowhere.toml"));
    }
}
