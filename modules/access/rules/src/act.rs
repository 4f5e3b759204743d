//! Acts: the verbs of the platform, named `module.verb`.

use std::fmt;

/// One thing somebody may or may not do, such as `casework.accept`. The name is the same in policies, journal rows,
/// routes and the printed matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Act(&'static str);

impl Act {
    /// Declares an act; `name` is `module.verb-object` in lower case.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name, as policies and the journal write it.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What one module contributes: the acts it offers and the policies (Cedar text) that say who may do them.
#[derive(Debug, Clone, Copy)]
pub struct ModuleAccess {
    /// The module's folder name.
    pub module: &'static str,
    /// Every act the module offers. An act that no module declares cannot be named by a policy.
    pub acts: &'static [Act],
    /// The text of the module's `.cedar` file.
    pub policies: &'static str,
}
