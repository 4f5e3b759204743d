//! What time alone brings about: deemed acceptance (视为受理), lapsed corrections, results that may wait no longer.
//!
//! Each application has at most one waiting job, set to the next day on which any of its cases needs a look. It rings at
//! the first moment of that day, looks at all of them, and is set anew. A ring that comes late or twice does no harm:
//! the rules find nothing left to do, and deemed acceptance counts from receipt whenever it is written down.

use access_service::Visit;
use casework::Order;
use chrono::NaiveDate;
use courier_service::reads::unopened_since;
use kernel::id::ApplicationId;
use platform::clock::start_of;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};

use crate::acts::Matter;
use crate::pins;
use crate::store::Which;

const LOOK: &str = "casework.look";
/// Rounds of one look at most: no chain of timers is longer, and an unknown one must not hold the lock for ever.
const RINGS_MAX: usize = 8;

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(LOOK, look)]
}

/// A look at an application on that day, in the place of any other waiting look at it.
pub(crate) fn look_on(application: ApplicationId, day: NaiveDate) -> Job {
    Job::new(LOOK, application).due(start_of(day)).keyed(format!("{LOOK}/{application}"))
}

async fn look(world: World, job: Delivery) -> Result<(), Fault> {
    let application: ApplicationId = job.subject.parse().map_err(Fault::internal)?;
    let (shelf, visit) = (pins::shelf(&world)?, Visit::system(&world));
    // No request key: most looks change nothing and put nothing on record, and all of them may be done twice.
    world
        .db
        .write(None, async |tx| {
            let mut matter = Matter::lock(&tx, &visit, &shelf, Which::Application(application)).await?;
            let unopened = unopened_since(tx.conn(), application).await?;
            let mut held = false;
            // A year of silence rings more than once: acceptance by silence sets other clocks running.
            for _ in 0..RINGS_MAX {
                let (kept, rung): (Vec<_>, Vec<_>) =
                    rung(&matter).into_iter().partition(|(day, _, order)| is_held(*day, order, unopened));
                held |= !kept.is_empty();
                if rung.is_empty() {
                    break;
                }
                for (_, at, order) in rung {
                    matter.order(at, &order)?;
                }
            }
            let tomorrow = matter.today().succ_opt();
            matter.finish_with(&tx, &visit, true).await?;
            if let Some(tomorrow) = tomorrow.filter(|_| held) {
                tx.schedule(look_on(application, tomorrow));
            }
            Ok(())
        })
        .await
}

/// Whether an order has to wait because the answer may lie in the hall's post room: nobody loses a case to a parcel that
/// came in time and was not opened. Looked at again every day, until it is.
fn is_held(day: NaiveDate, order: &Order, unopened: Option<NaiveDate>) -> bool {
    let takes_away = matches!(order, Order::LapseCorrection | Order::LapseGap | Order::MissEvidence);
    takes_away && unopened.is_some_and(|since| since < day)
}

/// The orders whose day has come, with it, case by case in the order of their days: what happened first may make the rest
/// moot.
fn rung(matter: &Matter<'_>) -> Vec<(NaiveDate, usize, Order)> {
    let today = matter.today();
    let mut rung = Vec::new();
    for (at, member) in matter.members.iter().enumerate() {
        let rings = member.case.rings(&member.law);
        let come = rings.into_iter().filter_map(|(due, order)| Some((due.day().filter(|day| *day <= today)?, order)));
        rung.extend(come.map(|(day, order)| (day, at, order)));
    }
    rung.sort_by_key(|(day, at, _)| (*day, *at));
    rung
}
