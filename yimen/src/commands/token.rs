//! `yimen token`: systems outside and their tokens, for the system administrator at the server.

use std::collections::BTreeSet;

use access::{Role, Scope};
use access_service::acts::{self, MadeToken, MakeSystem, MakeToken};
use access_service::systems::{self, SystemLine, TokenLine};
use access_service::{Visit, Words, door};
use anyhow::Result;
use platform::Clock;
use platform::fault::Fault;
use uuid::Uuid;

use crate::cli::TokenCommand;
use crate::{Ending, WrongArguments, start};

/// Runs one of the commands on the configured database.
pub async fn run(command: TokenCommand, json: bool) -> Result<Ending> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = start::world(config, Clock::System).await?;
    let visit = Visit::system(&world);
    let ending = match command {
        TokenCommand::List => list(&visit, json).await,
        TokenCommand::System { name, roles, region, authority, hall } => {
            let roles = parsed(&roles, Role::parse, "post", Role::ALL.map(Role::name).join(", "))?;
            let made = acts::make_system(&visit, None, MakeSystem { name, roles, region, authority, hall }).await;
            told(&visit, made, |id| if json { serde_json::json!({ "system": id }).to_string() } else { id.to_string() })
        }
        TokenCommand::Make { system, scopes, region, days } => {
            let scopes = parsed(&scopes, Scope::parse, "scope", Scope::ALL.map(Scope::name).join(", "))?;
            let system = named(&visit, &system).await?;
            let made = acts::make_token(&visit, None, MakeToken { system, scopes, region, days }).await;
            told(&visit, made, |made| shown(made, json))
        }
        TokenCommand::Rotate { token, overlap } => {
            let made = acts::rotate_token(&visit, None, token, overlap).await;
            told(&visit, made, |made| shown(made, json))
        }
        TokenCommand::Revoke { token } => {
            let done = acts::revoke_token(&visit, None, token).await;
            told(&visit, done, |()| {
                if json { serde_json::json!({ "revoked": token }).to_string() } else { "已吊销".to_owned() }
            })
        }
    };
    world.db.close().await;
    ending
}

/// The token itself stands alone on standard output, so that a script can take it.
fn shown(made: &MadeToken, json: bool) -> String {
    if json {
        return serde_json::json!({ "id": made.id, "token": made.text, "expires_at": made.expires_at }).to_string();
    }
    eprintln!("编号 {}，{} 到期。令牌只显示这一次：", made.id, platform::clock::china_day(made.expires_at));
    made.text.clone()
}

/// Says what came of it; exit code 1 when something in the order was wrong, 2 when there is no such thing.
fn told<T>(visit: &Visit, outcome: Result<T, Fault>, words: impl Fn(&T) -> String) -> Result<Ending> {
    match outcome {
        Ok(made) => {
            say!("{}", words(&made));
            Ok(Ending::Good)
        }
        Err(Fault::Invalid(faults)) => {
            let texts = visit.world.part::<Words>();
            for fault in &faults {
                eprintln!("{}", door::field_fault(fault, &texts));
            }
            Ok(Ending::No)
        }
        Err(Fault::NotFound) => {
            Err(WrongArguments("there is no such system or token; see `yimen token list`".to_owned()).into())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn parsed<T: Ord>(
    names: &[String],
    parse: impl Fn(&str) -> Option<T>,
    kind: &str,
    known: String,
) -> Result<BTreeSet<T>> {
    let one = |name: &String| {
        parse(name).ok_or_else(|| WrongArguments(format!("{name} is no {kind}; known: {known}")).into())
    };
    names.iter().map(one).collect()
}

/// The system of this name or id.
async fn named(visit: &Visit, name: &str) -> Result<Uuid> {
    let all = systems::list(visit).await?;
    let found = all.iter().find(|system| system.name == name || system.id.to_string() == name);
    let unknown = || WrongArguments(format!("no system {name}; `yimen token list` names them"));
    Ok(found.ok_or_else(unknown)?.id)
}

async fn list(visit: &Visit, json: bool) -> Result<Ending> {
    let all = systems::list(visit).await?;
    let now = visit.world.clock.now_utc();
    if json {
        let lines: Vec<_> = all.iter().map(|system| as_json(system, now)).collect();
        say!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(Ending::Good);
    }
    let words = visit.world.part::<Words>();
    for system in &all {
        say!("{}\t{}\t{}", system.name, system.actor.region().unwrap_or_default(), system.id);
        for token in &system.tokens {
            say!("  {}\t{}\t{}\t{}", token.id, state(token, now, &words), scopes(token).join(" "), used(token));
        }
    }
    Ok(Ending::Good)
}

fn state(token: &TokenLine, now: chrono::DateTime<chrono::Utc>, words: &Words) -> String {
    let day = platform::clock::china_day(token.revoked_at.unwrap_or(token.expires_at)).to_string();
    words.fill(&format!("token.{}", token.state(now).word()), &[("day".to_owned(), day)].into())
}

fn used(token: &TokenLine) -> String {
    token.last_used_at.map_or_else(|| "—".to_owned(), |at| platform::clock::china_time(at).format("%F %R").to_string())
}

fn scopes(token: &TokenLine) -> Vec<&'static str> {
    token.scopes.iter().copied().map(Scope::name).collect()
}

fn as_json(system: &SystemLine, now: chrono::DateTime<chrono::Utc>) -> serde_json::Value {
    let token = |token: &TokenLine| {
        serde_json::json!({
            "id": token.id, "scopes": scopes(token), "region": token.region, "state": token.state(now).word(),
            "made_at": token.made_at, "expires_at": token.expires_at, "last_used_at": token.last_used_at,
            "follows": token.follows,
        })
    };
    serde_json::json!({
        "id": system.id, "name": system.name, "region": system.actor.region(), "authority": system.actor.authority(),
        "tokens": system.tokens.iter().map(token).collect::<Vec<_>>(),
    })
}
