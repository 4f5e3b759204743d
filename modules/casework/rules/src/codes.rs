//! Every code this crate can say, as `table.key`: the test of the text files asks for a word for each.

use std::collections::BTreeSet;

use crate::application::{JOINT_RULES, NextActor, SentenceCode};
use crate::commitment::Finding;
use crate::due::WhyNoDate;
use crate::event::EventKind;
use crate::facts::{DeliveryMethod, NonAcceptanceGround, Outcome, View};
use crate::lamp::Lamp;
use crate::missing::GapGround;
use crate::notice::NoticeKind;
use crate::order::OrderKind;
use crate::power::PowerKind;
use crate::pre_review::PreReviewOutcome;
use crate::reading::ClockKind;
use crate::refusals;
use crate::special::HearingAnswer;
use crate::status::Status;
use crate::undone::{CancellationGround, RevocationGround};

/// All codes with the table of the text files that holds their words, sorted: `("lamp", "green")`,
/// `("refusal", "casework.second-correction")`. Acts are not here; they are the access pages' to name.
pub fn all_codes() -> BTreeSet<(&'static str, &'static str)> {
    let mut codes = BTreeSet::new();
    macro_rules! add {
        ($($vocabulary:ident),+) => {
            $(codes.extend($vocabulary::ALL.iter().map(|one| ($vocabulary::TABLE, one.code())));)+
        };
    }
    add!(Status, OrderKind, EventKind, Lamp, ClockKind, WhyNoDate, NextActor, SentenceCode);
    add!(NonAcceptanceGround, View, Outcome, DeliveryMethod, NoticeKind);
    add!(PowerKind, PreReviewOutcome, GapGround, HearingAnswer, Finding, RevocationGround, CancellationGround);
    codes.extend(refusals::ALL.iter().map(|rule| ("refusal", rule.code)));
    codes.extend(refusals::ALL.iter().map(|rule| ("next", rule.next)));
    codes.extend(JOINT_RULES.iter().map(|rule| ("refusal", rule.code)));
    codes
}
