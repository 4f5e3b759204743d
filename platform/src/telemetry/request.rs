//! The number of a request (请求编号): the same in the answer's header, in every line of the log that belongs to it, and
//! on the page that says something went wrong.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// Letters that are not mistaken for others on the telephone.
const LETTERS: &[u8] = b"23456789ACDEFHJKMNPQRTUVWXY";
const GROUP: usize = 4;
const GROUPS: usize = 3;

/// Twelve characters in three groups, `7K2M-9QXD-4HTP`, or the UUID a system before us gave.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// A fresh one.
    pub fn fresh() -> Self {
        let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
        let group = || (0..GROUP).map(|_| letter()).collect::<String>();
        Self((0..GROUPS).map(|_| group()).collect::<Vec<_>>().join("-").into())
    }

    /// What came with the request, if it has one of the two forms. Anything else could be a name or a number of
    /// somebody and would stand in the log.
    pub fn read(text: &str) -> Option<Self> {
        let ours = text.len() == GROUPS * (GROUP + 1) - 1
            && text
                .split('-')
                .all(|group| group.len() == GROUP && group.bytes().all(|letter| LETTERS.contains(&letter)));
        if ours {
            return Some(Self(text.into()));
        }
        let uuid = text.len() == 36 && text.parse::<Uuid>().is_ok();
        uuid.then(|| Self(text.to_ascii_lowercase().into()))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does work that belongs to this request.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }

    /// The request that is being answered, if one is.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_forms_are_taken_from_outside() {
        let fresh = RequestId::fresh();
        assert_eq!(RequestId::read(fresh.as_str()), Some(fresh));
        let uuid = "0190A8F2-0000-7000-8000-00000000000A";
        assert_eq!(RequestId::read(uuid).unwrap().as_str(), uuid.to_ascii_lowercase());
        for wrong in
            ["", "110101199003070038", "13800138000", "7K2M-9QXD", "7k2m-9qxd-4htp", "ZZZZ-ZZZZ-ZZZZ", "陈-嘉-怡"]
        {
            assert_eq!(RequestId::read(wrong), None, "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_fault_of_ours_bears_the_number_of_its_request() {
        let id = RequestId::fresh();
        let fault = id.clone().scope(async { crate::Fault::internal("x") }).await;
        assert!(matches!(fault, crate::Fault::Internal(reference) if reference.as_str() == id.as_str()));
        assert_eq!(RequestId::current(), None);
    }
}
