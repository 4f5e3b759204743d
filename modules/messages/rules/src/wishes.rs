//! What a person chose about how they are told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::kind::{Group, Kind};

/// What a person chose (通知设置). The portal stays open always: what the law wants told is told there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Ways beside the portal. One needs an address too; a chosen way without one is none.
    pub channels: BTreeSet<Channel>,
    /// Groups that need not be told.
    pub muted: BTreeSet<Group>,
    /// No SMS and no WeChat message between nine in the evening and eight in the morning.
    pub rest_at_night: bool,
}

impl Default for Wishes {
    /// Nobody has to choose anything to be told: the telephone number is on record already.
    fn default() -> Self {
        Self { channels: BTreeSet::from([Channel::Sms]), muted: BTreeSet::new(), rest_at_night: true }
    }
}

impl Wishes {
    /// The ways this kind takes; none when it need not be told at all.
    pub fn ways(&self, kind: Kind) -> Vec<Channel> {
        if !self.muted.contains(&kind.group()) {
            return std::iter::once(Channel::Portal).chain(self.channels.iter().copied()).collect();
        }
        if kind.is_legal() { vec![Channel::Portal] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_law_wants_told_stands_in_the_portal_whatever_was_chosen() {
        let nothing =
            Wishes { channels: BTreeSet::new(), muted: Group::ALL.iter().copied().collect(), rest_at_night: true };
        for kind in Kind::ALL {
            let ways = nothing.ways(*kind);
            assert_eq!(ways == [Channel::Portal], kind.is_legal(), "{kind:?}");
            assert_eq!(Wishes::default().ways(*kind), [Channel::Portal, Channel::Sms], "{kind:?}");
        }
        let muted = Wishes { muted: BTreeSet::from([Group::Progress]), ..Wishes::default() };
        assert_eq!(muted.ways(Kind::Accepted), [Channel::Portal]);
        assert_eq!(muted.ways(Kind::Delivered), []);
        assert_eq!(muted.ways(Kind::CorrectionNoticed), [Channel::Portal, Channel::Sms]);
    }
}
