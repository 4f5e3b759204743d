//! What can be done with the records, and the policies that say who may.

use access::{Act, ModuleAccess};

/// Look at the record of another person: with a case of theirs at hand, or with the person at the window.
pub const READ_PERSON: Act = Act::new("records.read-person");
/// Look at one's own record.
pub const READ_OWN: Act = Act::new("records.read-own");
/// See who looked at a person's record.
pub const READ_LOOKUPS: Act = Act::new("records.read-lookups");

/// Object to a look at one's own record (异议).
pub const OBJECT: Act = Act::new("records.object");
/// See the objections of the own region, and answer them.
pub const ANSWER_OBJECTION: Act = Act::new("records.answer-objection");
/// Make a copy of one's own licence for a purpose (授权用证).
pub const COPY_LICENCE: Act = Act::new("records.copy-licence");

/// What the module adds to the policies.
pub const RECORDS: ModuleAccess = ModuleAccess {
    module: "records",
    acts: &[READ_PERSON, READ_OWN, READ_LOOKUPS, OBJECT, ANSWER_OBJECTION, COPY_LICENCE],
    policies: include_str!("../policies/records.cedar"),
};
