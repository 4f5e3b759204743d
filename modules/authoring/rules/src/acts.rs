//! What can be done with revisions, change requests and consultations, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See revisions, their dry runs and what is said about them.
pub const READ_REVISIONS: Act = Act::new("authoring.read-revisions");
/// Open a revision, edit it, submit it, take it back.
pub const EDIT_REVISION: Act = Act::new("authoring.edit-revision");
/// Put one's name under a revision as a head (签字确认), or send it back with a reason.
pub const SIGN_REVISION: Act = Act::new("authoring.sign-revision");
/// Ask the public, answer what it says, publish.
pub const PUBLISH_REVISION: Act = Act::new("authoring.publish-revision");
/// Say something about a revision inside the office.
pub const REMARK: Act = Act::new("authoring.remark");

/// File a change request for an item.
pub const FILE_REQUEST: Act = Act::new("authoring.file-request");
/// See change requests.
pub const READ_REQUESTS: Act = Act::new("authoring.read-requests");
/// Take a change request up, or decline it.
pub const SETTLE_REQUEST: Act = Act::new("authoring.settle-request");

/// Read what the public is asked about (征求意见稿).
pub const READ_CONSULTATIONS: Act = Act::new("authoring.read-consultations");
/// Say something in a public consultation.
pub const COMMENT: Act = Act::new("authoring.comment");

/// What this module adds to the policies.
pub const AUTHORING: ModuleAccess = ModuleAccess {
    module: "authoring",
    acts: &[
        READ_REVISIONS,
        EDIT_REVISION,
        SIGN_REVISION,
        PUBLISH_REVISION,
        REMARK,
        FILE_REQUEST,
        READ_REQUESTS,
        SETTLE_REQUEST,
        READ_CONSULTATIONS,
        COMMENT,
    ],
    policies: include_str!("../policies/authoring.cedar"),
};
