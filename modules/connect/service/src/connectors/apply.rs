//! What a report does: acts of casework, down the stairs, in the name of the officer there. Each deed has a key made of the
//! report, so a job that is broken off and done again does nothing twice. What casework refuses becomes a conflict: kept,
//! shown, and never forced.

use access::Role;
use casework::{Outcome, View};
use casework_service::acts::{CompleteStep, DecideCase, IssueResult, complete_step, decide_case, issue_result};
use casework_service::reads::{CaseStanding, standing, standing_by_number};
use connect::connector::{BadRow, Connector, Deed, OpinionWord, Reported, Row, report as understand};
use kernel::id::CaseId;
use kernel::refusal::Refusal;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, RequestKey, World};

use super::officer;
use super::shelf::current;
use crate::store::report::{self, Ended};

const APPLY: &str = "connect.apply";
/// Reports done by one job; what is left is left to the next.
const REPORTS_MAX: u64 = 20;

/// The job that does what was reported to one connector.
pub(super) fn job() -> JobKind {
    JobKind::new(APPLY, work)
}

/// Doing what waits of a connector. At most one job of it waits, so reports are done in their order.
pub(crate) fn applying(connector: &str) -> Job {
    Job::new(APPLY, connector).keyed(format!("{APPLY}/{connector}"))
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    let shelf = current(&world)?;
    let Some(connector) = shelf.connector(&job.subject) else { return Ok(()) };
    let waiting = report::report_waiting(world.db.reader(), &connector.id, REPORTS_MAX).await?;
    let more = waiting.len() as u64 == REPORTS_MAX;
    for (place, row) in waiting.iter().enumerate() {
        let (case, ended) = match apply(&world, connector, row).await {
            Ok(ended) => ended,
            // We cannot now, and nobody knows about the next one either.
            Err(fault @ Fault::Unavailable(_)) => return Err(fault),
            Err(fault) => {
                tracing::error!(connector = connector.id, %fault, "a report could not be done");
                (None, Ended::conflict("ours"))
            }
        };
        let last = place + 1 == waiting.len();
        let ended = &ended;
        world
            .db
            .write(None, async |tx| {
                report::report_ended(tx.conn(), row, (case, ended.clone()), tx.now()).await?;
                if last && more {
                    tx.schedule(applying(&connector.id));
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

type Outcomes = (Option<CaseId>, Ended);

/// Does one report.
async fn apply(world: &World, connector: &Connector, kept: &report::Model) -> Result<Outcomes, Fault> {
    let row: Row = serde_json::from_str(&kept.row)?;
    let told = match understand(connector, &row, world.clock.today()) {
        Ok(told) => told,
        Err(BadRow { fault, column }) => return Ok((None, Ended::conflict(fault.word()).saying(column))),
    };
    let itself = officer::itself(world, connector)?;
    let found = match standing_by_number(&itself, &told.case).await {
        Ok(found) => found,
        Err(Fault::NotFound) => return Ok((None, Ended::conflict("case-unknown"))),
        Err(fault) => return Err(fault),
    };
    let case = found.id;
    if !connector.has(&found.item) {
        return Ok((Some(case), Ended::conflict("other-item").ours(found.status.code())));
    }
    let mut agreed = !told.deeds.is_empty();
    for deed in &told.deeds {
        let done = Work { world, connector, kept, told: &told, found: &found }.carry_out(deed).await;
        match done {
            Ok(Done::Now) => agreed = false,
            Ok(Done::Already) => {}
            Err(Fault::Refusal(refusal)) => {
                let now = standing(&itself, case).await?;
                return Ok((Some(case), refused(&refusal)?.ours(now.status.code())));
            }
            Err(Fault::NotAllowed | Fault::NotFound) => {
                return Ok((Some(case), Ended::conflict("not-allowed").ours(found.status.code())));
            }
            Err(fault) => return Err(fault),
        }
    }
    let note = if told.deeds.is_empty() {
        "nothing"
    } else if agreed {
        "already"
    } else {
        "done"
    };
    Ok((Some(case), Ended::Applied(note)))
}

fn refused(refusal: &Refusal) -> Result<Ended, Fault> {
    Ok(Ended::conflict("refused").saying(serde_json::to_string(refusal)?))
}

/// How a deed ended that was not refused.
enum Done {
    Now,
    /// The case says the same already: whoever was first, nobody disagrees.
    Already,
}

struct Work<'a> {
    world: &'a World,
    connector: &'a Connector,
    kept: &'a report::Model,
    told: &'a Reported,
    found: &'a CaseStanding,
}

impl Work<'_> {
    async fn carry_out(&self, deed: &Deed) -> Result<Done, Fault> {
        let officer = &self.told.officer;
        match deed {
            Deed::Step { step, opinion } => {
                let post = self.found.open_steps.iter().find(|(id, _)| id == step).map(|(_, role)| *role);
                let view = if *opinion == OpinionWord::Agree { View::Agree } else { View::Disagree };
                self.step(officer, (step, post.unwrap_or(Role::Handler)), view).await
            }
            Deed::StepsBefore => {
                let handler = self.told.handler.as_ref().unwrap_or(officer);
                let refuses = self.told.deeds.contains(&Deed::Refuse);
                let view = if refuses { View::Disagree } else { View::Agree };
                let mut done = Done::Already;
                for (step, post) in &self.found.open_steps {
                    if let Done::Now = self.step(handler, (step, *post), view).await? {
                        done = Done::Now;
                    }
                }
                Ok(done)
            }
            Deed::Grant => self.decide(Outcome::Grant).await,
            Deed::Refuse => self.decide(Outcome::Refuse).await,
            Deed::Issue => {
                let visit = officer::officer(self.world, self.connector, officer, Role::Issuer)?;
                let order = IssueResult { case: self.found.id };
                let done = issue_result(&visit, Some(&self.key("issue")?), order).await;
                already(done.map(|_| ()), "casework.already-issued")
            }
        }
    }

    async fn step(&self, by: &(String, String), (step, post): (&str, Role), view: View) -> Result<Done, Fault> {
        let visit = officer::officer(self.world, self.connector, by, post)?;
        let words = self.told.words.clone();
        let order = CompleteStep { case: self.found.id, step: step.to_owned(), view, words };
        let done = complete_step(&visit, Some(&self.key(&format!("step-{step}"))?), order).await.map(|_| ());
        // An opinion that contradicts the one on record is for somebody to look at.
        if view == View::Agree { already(done, "casework.step-done") } else { done.map(|()| Done::Now) }
    }

    async fn decide(&self, outcome: Outcome) -> Result<Done, Fault> {
        let post = self.found.decides.unwrap_or(Role::Approver);
        let visit = officer::officer(self.world, self.connector, &self.told.officer, post)?;
        let order = DecideCase { case: self.found.id, outcome, reason: self.told.words.clone() };
        let done = decide_case(&visit, Some(&self.key("decide")?), order).await.map(|_| ());
        let said = match outcome {
            Outcome::Grant => "casework.already-granted",
            Outcome::Refuse => "casework.already-refused",
        };
        already(done, said)
    }

    fn key(&self, deed: &str) -> Result<RequestKey, Fault> {
        RequestKey::new("connect.apply", &format!("{}/{deed}", self.kept.id))
    }
}

fn already(done: Result<(), Fault>, code: &str) -> Result<Done, Fault> {
    match done {
        Ok(()) => Ok(Done::Now),
        Err(Fault::Refusal(refusal)) if refusal.code == code => Ok(Done::Already),
        Err(fault) => Err(fault),
    }
}
