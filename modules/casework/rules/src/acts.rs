//! What can be done in this module, and the policies that say who may.

use access::{Act, ModuleAccess};

/// Submit an application: begin, fill in, send (提交申请).
pub const SUBMIT: Act = Act::new("casework.submit");
/// File an application for the person in front of the window (窗口代录).
pub const FILE_FOR: Act = Act::new("casework.file-for");
/// Read an application with its cases and papers.
pub const READ: Act = Act::new("casework.read");
/// See the to-do list of a region or an authority.
pub const LIST: Act = Act::new("casework.list");
/// Learn how many cases items had, and which of them used a row of an item's list: numbers of cases, nothing about persons.
pub const READ_EXPERIENCE: Act = Act::new("casework.read-experience");
/// Read a case whole, to hand it over to the national platform (数据上报).
pub const REPORT: Act = Act::new("casework.report");
/// 网上预审: pass it, or advise what to mend.
pub const PRE_REVIEW: Act = Act::new("casework.pre-review");
/// 完善, or go on to receipt as it is.
pub const MEND_PRE_REVIEW: Act = Act::new("casework.mend-pre-review");
/// 受理.
pub const ACCEPT: Act = Act::new("casework.accept");
/// 一次性补正告知.
pub const NOTIFY_CORRECTION: Act = Act::new("casework.notify-correction");
/// 补正.
pub const ANSWER_CORRECTION: Act = Act::new("casework.answer-correction");
/// 不予受理.
pub const REFUSE_ACCEPTANCE: Act = Act::new("casework.refuse-acceptance");
/// 办理环节.
pub const COMPLETE_STEP: Act = Act::new("casework.complete-step");
/// 转报: the preliminary review handed up.
pub const HAND_UP: Act = Act::new("casework.hand-up");
/// 监管接收.
pub const RECEIVE_SUPERVISION: Act = Act::new("casework.receive-supervision");
/// 决定.
pub const DECIDE: Act = Act::new("casework.decide");
/// 出证.
pub const ISSUE: Act = Act::new("casework.issue");
/// 送达.
pub const DELIVER: Act = Act::new("casework.deliver");
/// 当场更正.
pub const CORRECT_ON_SPOT: Act = Act::new("casework.correct-on-spot");
/// 核对原件: the upload is the same as the original.
pub const COMPARE_ORIGINAL: Act = Act::new("casework.compare-original");
/// 补交 what was allowed to follow.
pub const SUPPLY: Act = Act::new("casework.supply");
/// 特别程序: begin and end it.
pub const RUN_SPECIAL: Act = Act::new("casework.run-special");
/// 听证: offer, announce, hold.
pub const RUN_HEARING: Act = Act::new("casework.run-hearing");
/// 申请或者放弃听证.
pub const ANSWER_HEARING: Act = Act::new("casework.answer-hearing");
/// 延长期限.
pub const EXTEND: Act = Act::new("casework.extend");
/// 延长联合办理期限, by the people's government.
pub const EXTEND_JOINT: Act = Act::new("casework.extend-joint");
/// 撤回承诺.
pub const WITHDRAW_COMMITMENT: Act = Act::new("casework.withdraw-commitment");
/// 承诺核查.
pub const CHECK_COMMITMENT: Act = Act::new("casework.check-commitment");
/// 撤销、注销.
pub const UNDO_LICENCE: Act = Act::new("casework.undo-licence");
/// 作废文书.
pub const VOID_NOTICE: Act = Act::new("casework.void-notice");
/// 撤回申请.
pub const WITHDRAW: Act = Act::new("casework.withdraw");

/// What this module adds to the policies.
pub const CASEWORK: ModuleAccess = ModuleAccess {
    module: "casework",
    acts: &[
        SUBMIT,
        FILE_FOR,
        READ,
        LIST,
        READ_EXPERIENCE,
        REPORT,
        PRE_REVIEW,
        MEND_PRE_REVIEW,
        ACCEPT,
        NOTIFY_CORRECTION,
        ANSWER_CORRECTION,
        REFUSE_ACCEPTANCE,
        COMPLETE_STEP,
        HAND_UP,
        RECEIVE_SUPERVISION,
        DECIDE,
        ISSUE,
        DELIVER,
        CORRECT_ON_SPOT,
        COMPARE_ORIGINAL,
        SUPPLY,
        RUN_SPECIAL,
        RUN_HEARING,
        ANSWER_HEARING,
        EXTEND,
        EXTEND_JOINT,
        WITHDRAW_COMMITMENT,
        CHECK_COMMITMENT,
        UNDO_LICENCE,
        VOID_NOTICE,
        WITHDRAW,
    ],
    policies: include_str!("../policies/casework.cedar"),
};
