//! What can be done with a catalogue, and who may.

use access::{Act, ModuleAccess};

/// Publish a release of the catalogue (发布事项目录).
pub const PUBLISH: Act = Act::new("catalog.publish");
/// Read a published item (查看办事指南); anybody may, the lists are public by law.
pub const READ: Act = Act::new("catalog.read");

/// What the module adds to the policies.
pub const CATALOG: ModuleAccess =
    ModuleAccess { module: "catalog", acts: &[PUBLISH, READ], policies: include_str!("../policies/catalog.cedar") };
