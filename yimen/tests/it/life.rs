//! An application submitted and accepted in process, by the people and accounts of the loaded sample.

use std::collections::{BTreeMap, BTreeSet};

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use access_service::accounts::{self, AccountLine};
use casework::DeliveryMethod;
use casework_service::acts::{self, AcceptApplication, OpenApplication, Opened};
use casework_service::{Applicant, Channel, Delivery, NewPaper};
use kernel::id::ApplicationId;
use platform::{Clock, World};
use tempfile::TempDir;

use crate::district::{self, demo};

/// The loaded sample in this process, with its staff.
pub struct District {
    pub world: World,
    staff: Vec<AccountLine>,
    _files: TempDir,
}

impl District {
    /// Opens the database at this address.
    pub async fn open(url: &str, clock: Clock) -> Self {
        let files = TempDir::with_prefix("yimen-files-").expect("a folder");
        let world = district::world(url, files.path(), clock).await;
        let staff = accounts::list(&Visit::system(&world)).await.expect("the list of accounts");
        Self { world, staff, _files: files }
    }

    /// The member of staff with this login.
    pub fn officer(&self, login: &str) -> Visit {
        let line = self.staff.iter().find(|line| line.login == login);
        Visit::of(&self.world, line.unwrap_or_else(|| panic!("no account {login}")).actor.clone())
    }

    /// Whoever holds this post in this authority.
    pub fn holder(&self, role: Role, authority: &str) -> Visit {
        let holds = |line: &&AccountLine| match &line.actor.kind {
            ActorKind::Staff { roles, authority: own, .. } => {
                roles.contains(&role) && own.as_deref() == Some(authority)
            }
            _ => false,
        };
        let line = self.staff.iter().find(holds);
        let line = line.unwrap_or_else(|| panic!("nobody is {} in {authority}", role.name()));
        Visit::of(&self.world, line.actor.clone())
    }

    /// The demo resident of this key.
    pub fn resident(&self, key: &str) -> Visit {
        let person = demo(key);
        Visit::of(&self.world, Actor::resident(person.subject.to_string(), person.name))
    }

    /// Submits an application of this demo resident for these items; `held` are the types of licences on record.
    pub async fn submit(&self, who: &str, items: &[&str], held: &[&str]) -> Opened {
        self.submit_with(who, items, held, Vec::new()).await
    }

    /// The same with papers.
    pub async fn submit_with(&self, who: &str, items: &[&str], held: &[&str], papers: Vec<NewPaper>) -> Opened {
        self.submit_as(who, items, |order| {
            order.held = held.iter().map(ToString::to_string).collect();
            order.papers = papers;
        })
        .await
    }

    /// Submits an application for these items with whatever else the test wants in it.
    pub async fn submit_as(&self, who: &str, items: &[&str], fill: impl FnOnce(&mut OpenApplication)) -> Opened {
        let (person, visit) = (demo(who), self.resident(who));
        let mut order = OpenApplication {
            theme: "open-restaurant".into(),
            theme_name: "开一家餐饮店".into(),
            applicant: Applicant {
                subject: person.subject,
                name: person.name.into(),
                citizen_id: Some(person.citizen_id.to_string()),
                phone: None,
            },
            organisation: None,
            agent: None,
            channel: Channel::Online,
            region: "440604012".into(),
            hall: None,
            items: items.iter().map(ToString::to_string).collect(),
            held: BTreeSet::new(),
            answers: BTreeMap::new(),
            form: BTreeMap::new(),
            papers: Vec::new(),
            delivery: Delivery { method: DeliveryMethod::Window, recipient: None, phone: None, address: None },
        };
        fill(&mut order);
        let opened = visit.write(None, async |tx| acts::open_application(&tx, &visit, order.clone()).await).await;
        opened.unwrap_or_else(|fault| panic!("{who} cannot apply for {items:?}: {fault}"))
    }

    /// Has a clerk accept everything in it.
    pub async fn accept(&self, application: ApplicationId) {
        let clerk = self.officer("clerk1");
        acts::accept_application(&clerk, None, AcceptApplication { application }).await.expect("the clerk accepts");
    }
}
