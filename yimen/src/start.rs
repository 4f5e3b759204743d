//! Starting: configuration, world, and what the modules install in it.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use documents::Printer;
use outside::Lines;
use platform::vault::Purpose;
use platform::{Clock, Config, Vault, World};
use press::Typst;

use crate::modules;

/// The configuration file looked for when none is named.
const FILE: &str = "yimen.toml";

/// The configuration of this run: `yimen.toml` or the file named by `YIMEN_CONFIG`, with the environment laid over it.
pub fn configuration() -> Result<Config> {
    let named = std::env::var_os("YIMEN_CONFIG").map(std::path::PathBuf::from);
    let file = named.or_else(|| Path::new(FILE).is_file().then(|| FILE.into()));
    let mut config = Config::load(file.as_deref())?;
    // One variable moves everything: who names a data folder and no database wants the database in it.
    if config.database_url == Config::default().database_url {
        config.database_url = format!("sqlite:{}?mode=rwc", config.data.join("yimen.db").display());
    }
    Ok(config)
}

/// Refuses a SQLite file that is not there: opening would make it, and an empty new database is no journal that was
/// found whole, and nothing to back up.
pub fn there(url: &str) -> Result<()> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(()) };
    let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
    ensure!(Path::new(path).is_file(), "there is no database {path}");
    Ok(())
}

/// Opens the world, brings its tables up to date, and installs policies, words and the press.
pub async fn world(config: Config, clock: Clock) -> Result<World> {
    std::fs::create_dir_all(&config.data).with_context(|| format!("creating {}", config.data.display()))?;
    let world = World::open(config, clock).await?;
    world.db.migrate(&modules::migrations()).await.context("bringing the tables up to date")?;
    world.parts.install(Lines::of(&world.config.lines)?);
    messages_service::install(&world).context("reading the words of messages")?;
    world.parts.install(modules::policies()?);
    world.parts.install(modules::words()?);
    world.parts.install(modules::sealed());
    world.parts.install(modules::retention()?);
    world.parts.install(Printer(Arc::new(Typst::new(world.config.fonts.clone()))));
    Ok(world)
}

/// Opens the key store and installs it, and makes the keys that personal data are sealed with if there are none. Who made
/// the master key just now is told to keep a copy.
pub async fn vault(world: &World) -> Result<()> {
    let vault = Vault::open(&world.config).context("opening the key store")?;
    if let Some(file) = vault.made_master() {
        eprintln!(
            "made the master key {}: keep a copy of it in another place, since without it no key opens again",
            file.display()
        );
    }
    world.parts.install(vault);
    for purpose in [Purpose::PersonalData, Purpose::BlindIndex, Purpose::JournalData] {
        platform::vault::secret(world, &purpose).await.with_context(|| format!("making the key {purpose}"))?;
    }
    Ok(())
}

/// Installs the catalogue in force with its themes and connectors. `false` when nothing has been published yet.
pub async fn shelves(world: &World) -> Result<bool> {
    if catalog_service::Shelf::install(world).await?.is_none() {
        return Ok(false);
    }
    themes_service::ThemeShelf::install(world).await?;
    connect_service::ConnectorShelf::install(world)?;
    Ok(true)
}
