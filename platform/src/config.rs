//! The configuration: a TOML file, and over it the environment (`YIMEN_DATABASE_URL`, `YIMEN_LIMITS_UPLOAD_BYTES`).

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
    /// A limit on everything that can grow.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:data/yimen.db?mode=rwc".to_owned(),
            connections: None,
            data: PathBuf::from("data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            fonts: None,
            public_url: None,
            log: "info".to_owned(),
            log_form: LogForm::Lines,
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
}

const PREFIX: &str = "YIMEN_";

impl Config {
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
        let known =
            [keys(&Self::default()), vec!["connections".to_owned(), "fonts".to_owned(), "public_url".to_owned()]]
                .concat();
        let known_limits = keys(&Limits::default());
        for (name, value) in environment {
            let Some(key) = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else { continue };
            if let Some(limit) = key.strip_prefix("limits_").filter(|limit| known_limits.iter().any(|key| key == limit))
            {
                let limits = table.entry("limits").or_insert_with(|| toml::Table::new().into());
                if let Some(limits) = limits.as_table_mut() {
                    limits.insert(limit.to_owned(), typed(&value));
                }
            } else if known.contains(&key) {
                table.insert(key, typed(&value));
            }
        }
        table.try_into().map_err(ConfigFault::Value)
    }
}

/// The keys of a table as it is written; absent values have none.
fn keys(value: &impl Serialize) -> Vec<String> {
    toml::Table::try_from(value).map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

/// The environment has only text; a whole number is meant as one, since no key's text is a number.
fn typed(value: &str) -> toml::Value {
    value.parse().map_or_else(|_| value.to_owned().into(), toml::Value::Integer)
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
    fn a_mistaken_key_or_value_is_told() {
        assert!(with("lissten = '127.0.0.1:1'", &[]).unwrap_err().to_string().contains("lissten"));
        assert!(with("", &[("YIMEN_LISTEN", "everywhere")]).is_err());
        assert!(Config::load(Some(Path::new("/nowhere.toml"))).unwrap_err().to_string().contains("/nowhere.toml"));
    }
}
