//! `yimen bench casework`: whole lives of applications, every step a durable commit through the same acts the doors call.
//!
//! One life: submit, accept, then three authorities in parallel each handle, review, decide and issue, and one hand-over:
//! fourteen commits, every one with its journal row; beside it in docs/performance.md stands pgbench with ten commits of
//! one update and one insert.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use anyhow::{Context, Result, anyhow, bail};
use casework::{DeliveryMethod, Outcome, View};
use casework_service::acts::{
    self, AcceptApplication, CompleteStep, DecideCase, HandOver, IssueResult, OpenApplication, Opened,
};
use casework_service::{Applicant, Delivery};
use catalog_service::Shelf;
use catalog_service::acts::publish;
use kernel::id::CaseId;
use platform::{Clock, World};
use records::Resident;

use super::{Order, measure};
use crate::commands::catalogue;
use crate::start;

/// The items of one application: three authorities that need nothing of each other.
const ITEMS: [&str; 3] = ["food-permit-new", "sign-filing", "drainage-permit"];
/// Applicants the applications are spread over.
const RESIDENTS: usize = 500;

/// Runs the lives and prints the figures.
pub async fn run(order: &Order) -> Result<()> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    let stage = Arc::new(Stage::set(&world, order).await?);
    let (lives, clients) = (order.count.unwrap_or(500), order.clients.max(1));
    stage.live(0).await.context("the first life, which warms everything up")?;
    stage.commits.store(0, Ordering::Relaxed);

    let (begun, cpu) = (Instant::now(), measure::cpu());
    let next = Arc::new(AtomicU64::new(1));
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let (stage, next) = (stage.clone(), next.clone());
        tasks.push(tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number > lives as u64 {
                    return Ok::<(), anyhow::Error>(());
                }
                stage.live(number as usize).await?;
            }
        }));
    }
    for task in tasks {
        task.await??;
    }
    let (wall, cpu) = (begun.elapsed().as_secs_f64(), (measure::cpu() - cpu).as_secs_f64());
    let commits = stage.commits.load(Ordering::Relaxed);
    print(order, &world, Figures { lives, clients, wall, cpu, commits });
    world.db.close().await;
    Ok(())
}

struct Figures {
    lives: usize,
    clients: usize,
    wall: f64,
    cpu: f64,
    commits: u64,
}

fn print(order: &Order, world: &World, figures: Figures) {
    let Figures { lives, clients, wall, cpu, commits } = figures;
    let engine = format!("{:?}", world.db.engine());
    let (rate, each, commit) = (lives as f64 / wall, cpu * 1e3 / lives as f64, cpu * 1e3 / commits as f64);
    if order.json {
        let line = serde_json::json!({
            "bench": "casework", "engine": engine, "clients": clients, "lives": lives, "commits": commits,
            "lives_per_s": rate, "cpu_ms_a_life": each, "cpu_ms_a_commit": commit, "memory_mb": measure::memory_mb(),
        });
        println!("{line}");
    } else {
        println!(
            "{engine}, {clients} clients: {rate:.1} lives/s, {:.0} commits/s; ours {each:.2} CPU-ms a life, {commit:.3} a commit; {} MB",
            commits as f64 / wall,
            measure::memory_mb()
        );
    }
}

/// The district, its officers and its residents.
pub(super) struct Stage {
    world: World,
    clerk: Visit,
    officers: BTreeMap<(String, Role), Visit>,
    people: Vec<Resident>,
    commits: AtomicU64,
}

impl Stage {
    pub(super) async fn set(world: &World, order: &Order) -> Result<Stage> {
        let folder = catalogue::open(&order.catalog)?;
        publish(&Visit::system(world), &folder.files).await?;
        start::shelves(world).await?;
        let shelf = world.part::<Shelf>();
        let people = records_service::sample::people(7, RESIDENTS, shelf.catalog(), world.clock.today());
        records_service::acts::load_people(&world.db, &people).await?;
        let mut officers = BTreeMap::new();
        for item in ITEMS {
            let authority =
                shelf.catalog().items.get(item).with_context(|| format!("no item {item}"))?.authority.to_string();
            for role in [Role::Handler, Role::Reviewer, Role::Approver, Role::Issuer] {
                officers.insert((authority.clone(), role), officer(world, &authority, role));
            }
        }
        let clerk = staff(world, "bench-clerk", Role::Clerk, None, &shelf.catalog().district.region);
        let commits = AtomicU64::new(0);
        Ok(Stage { world: world.clone(), clerk, officers, people: people.residents, commits })
    }

    /// One application from submission to hand-over.
    pub(super) async fn live(&self, number: usize) -> Result<()> {
        let person = &self.people[number % self.people.len()];
        let opened = self.submit(person).await?;
        acts::accept_application(&self.clerk, None, AcceptApplication { application: opened.application }).await?;
        self.count(1);
        let work = opened.cases.iter().map(|case| self.through(case.case, &case.item));
        futures::future::try_join_all(work).await?;
        let order =
            HandOver { application: opened.application, how: DeliveryMethod::Window, to: person.name.to_string() };
        acts::hand_over(&self.clerk, None, order).await?;
        self.count(1);
        Ok(())
    }

    async fn submit(&self, person: &Resident) -> Result<Opened> {
        let subject = person.subject;
        let visit = Visit::of(&self.world, Actor::resident(subject.to_string(), person.name.to_string()));
        let applicant = Applicant {
            subject,
            name: person.name.to_string(),
            citizen_id: Some(person.citizen_id.as_str().to_owned()),
            phone: None,
        };
        let order = OpenApplication {
            theme: "open-restaurant".into(),
            theme_name: "开一家餐饮店".into(),
            applicant,
            organisation: None,
            agent: None,
            channel: casework_service::Channel::Online,
            region: "440604012".into(),
            hall: None,
            items: ITEMS.map(str::to_owned).to_vec(),
            held: BTreeSet::from(["business-licence".to_owned()]),
            answers: BTreeMap::new(),
            form: BTreeMap::new(),
            papers: Vec::new(),
            delivery: Delivery { method: DeliveryMethod::Window, recipient: None, phone: None, address: None },
        };
        let opened = visit.write(None, async |tx| acts::open_application(&tx, &visit, order.clone()).await).await?;
        self.count(1);
        Ok(opened)
    }

    /// One case through its authority.
    async fn through(&self, case: CaseId, item: &str) -> Result<()> {
        let shelf = self.world.part::<Shelf>();
        let item = shelf.catalog().items.get(item).context("the item")?;
        let authority = item.authority.to_string();
        let by = |role: Role| self.officers.get(&(authority.clone(), role)).ok_or_else(|| anyhow!("no {role:?}"));
        let Some((last, before)) = item.steps.split_last() else { bail!("{} has no steps", item.id) };
        for step in before {
            let order =
                CompleteStep {
                    case, step: step.id.to_string(), view: View::Agree, words: "符合条件，拟同意。".into()
                };
            acts::complete_step(by(step.role)?, None, order).await?;
            self.count(1);
        }
        let order = DecideCase { case, outcome: Outcome::Grant, reason: "符合法定条件，准予许可。".into() };
        acts::decide_case(by(last.role)?, None, order).await?;
        acts::issue_result(by(Role::Issuer)?, None, IssueResult { case }).await?;
        self.count(2);
        Ok(())
    }

    fn count(&self, commits: u64) {
        self.commits.fetch_add(commits, Ordering::Relaxed);
    }
}

fn officer(world: &World, authority: &str, role: Role) -> Visit {
    staff(world, &format!("bench-{authority}-{}", role.name()), role, Some(authority.to_owned()), "440604")
}

fn staff(world: &World, id: &str, role: Role, authority: Option<String>, region: &str) -> Visit {
    let kind = ActorKind::Staff { roles: BTreeSet::from([role]), region: region.to_owned(), authority, hall: None };
    Visit::of(world, Actor { id: id.to_owned(), name: id.to_owned(), kind })
}
