//! Resources: what an act is about, reduced to what policies may ask of it.

use std::collections::BTreeSet;

/// A case, a draft, a list … as the policies see it. Build it from the thing at hand; leave empty what it lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// What it is: `application`, `case`, `draft`, `catalogue`, `accounts`.
    pub kind: &'static str,
    /// The region it lies in and all regions above, so that a policy asks whether the officer's region is among them.
    pub regions: BTreeSet<String>,
    /// The authorities concerned with it (实施机关).
    pub authorities: BTreeSet<String>,
    /// The persons it belongs to: applicant and agent, by subject id.
    pub owners: BTreeSet<String>,
    /// The member of staff who opened it for somebody, if any.
    pub opened_by: Option<String>,
    /// The one hall whose affair it is, if it is one's.
    pub hall: Option<String>,
}

impl Resource {
    /// A resource of this kind with nothing else known.
    pub fn of(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    /// Places it in a region, given by its code; codes nest by prefix (44 ⊃ 4406 ⊃ 440604 ⊃ 440604012 ⊃ 440604012013).
    pub fn in_region(mut self, code: &str) -> Self {
        for length in [2, 4, 6, 9, 12] {
            if code.len() >= length && code.is_char_boundary(length) {
                self.regions.insert(code[..length].to_owned());
            }
        }
        self
    }

    /// Names an authority concerned with it.
    pub fn of_authority(mut self, authority: impl Into<String>) -> Self {
        self.authorities.insert(authority.into());
        self
    }

    /// Names a person it belongs to.
    pub fn owned_by(mut self, subject: impl Into<String>) -> Self {
        self.owners.insert(subject.into());
        self
    }

    /// Names the hall whose affair it is.
    pub fn of_hall(mut self, hall: impl Into<String>) -> Self {
        self.hall = Some(hall.into());
        self
    }

    /// Names the member of staff who opened it.
    pub fn opened_by(mut self, account: impl Into<String>) -> Self {
        self.opened_by = Some(account.into());
        self
    }
}
