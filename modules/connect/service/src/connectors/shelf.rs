//! The connectors of the catalogue in force, compiled and in memory.

use std::sync::Arc;

use catalog_service::Shelf;
use connect::connector::{Connector, Way, compile};
use connect::exchange::{self, Dictionary};
use platform::{Fault, World};
use uuid::Uuid;

/// Connectors and the dictionary of the exchange of one release. A world part.
pub struct ConnectorShelf {
    /// The release they belong to.
    pub release: Uuid,
    catalogue: Arc<Shelf>,
    connectors: Vec<Connector>,
    dictionary: Option<Dictionary>,
}

impl ConnectorShelf {
    /// Compiles the connectors of the catalogue on the shelf and installs them.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] of `catalogue` when none has been published; [`Fault::Internal`] when the published connectors
    /// no longer compile.
    pub fn install(world: &World) -> Result<Arc<ConnectorShelf>, Fault> {
        current(world)
    }

    /// The connectors among the files of a catalogue.
    ///
    /// # Errors
    /// [`Fault::Internal`] when they do not compile.
    pub fn of(catalogue: Arc<Shelf>) -> Result<ConnectorShelf, Fault> {
        let (connectors, diagnostics) = compile(catalogue.catalog(), &catalogue.files);
        let release = catalogue.release;
        let Some(connectors) = connectors else {
            return Err(Fault::internal(format!("connectors of release {release} do not compile: {diagnostics:?}")));
        };
        let (dictionary, diagnostics) = exchange::compile(&catalogue.files);
        if !diagnostics.is_empty() {
            return Err(Fault::internal(format!(
                "the dictionary of release {release} does not compile: {diagnostics:?}"
            )));
        }
        Ok(Self { release, catalogue, connectors, dictionary })
    }

    /// All of them, by their files.
    pub fn connectors(&self) -> &[Connector] {
        &self.connectors
    }

    /// The connector of this id.
    pub fn connector(&self, id: &str) -> Option<&Connector> {
        self.connectors.iter().find(|one| one.id == id)
    }

    /// 上报字典; none where the district reports nothing.
    pub fn dictionary(&self) -> Option<&Dictionary> {
        self.dictionary.as_ref()
    }

    /// The catalogue they were compiled from.
    pub fn catalogue(&self) -> &Shelf {
        &self.catalogue
    }
}

/// The connectors in force. When a newer catalogue has come onto the shelf, they are compiled anew.
pub(crate) fn current(world: &World) -> Result<Arc<ConnectorShelf>, Fault> {
    let catalogue = world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))?;
    if let Some(held) = world.parts.get::<ConnectorShelf>().filter(|held| held.release == catalogue.release) {
        return Ok(held);
    }
    world.parts.install(ConnectorShelf::of(catalogue)?);
    Ok(world.part())
}

/// Whether the operator has said where the other side is. One that is not connected is not in use: nothing is put down for
/// it and nothing is read.
pub(crate) fn is_connected(world: &World, connector: &Connector) -> bool {
    let own = world.config.connectors.get(&connector.id);
    match connector.way {
        Way::Http => outside::lines(world).has(connector.line()),
        Way::Files => own.is_some_and(|own| own.folder.is_some()),
        Way::Database => own.is_some_and(|own| own.database_url.is_some()),
    }
}
