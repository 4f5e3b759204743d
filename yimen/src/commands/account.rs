//! `yimen account`: the staff accounts, for the system administrator at the server.

use std::io::{BufRead, IsTerminal};

use access::ActorKind;
use access_service::accounts::{self, AccountLine};
use access_service::{Visit, Words, acts};
use anyhow::{Context, Result};
use platform::Clock;
use platform::fault::Fault;
use rand::RngExt;

use crate::cli::AccountCommand;
use crate::{Ending, WrongArguments, start};

/// Characters of a generated password; none that are taken for another on paper.
const LETTERS: [&str; 3] = ["abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"];
/// Groups and characters of each.
const GROUPS: (usize, usize) = (4, 4);

/// Runs one of the commands on the configured database.
pub async fn run(command: AccountCommand, json: bool) -> Result<Ending> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = start::world(config, Clock::System).await?;
    let visit = Visit::system(&world);
    let ending = match command {
        AccountCommand::List => list(&visit, json).await,
        AccountCommand::Password { account, generate } => password(&visit, &account, generate, json).await,
        AccountCommand::Lock { account } => {
            let ended = known(acts::lock_account(&visit, &account).await, &account)?;
            told(&account, "locked", json, &format!("{account} 已锁定，退出登录 {ended} 处"))
        }
        AccountCommand::Unlock { account } => {
            known(acts::unlock_account(&visit, &account).await, &account)?;
            told(&account, "active", json, &format!("{account} 已解锁"))
        }
    };
    world.db.close().await;
    ending
}

fn told(account: &str, state: &str, json: bool, line: &str) -> Result<Ending> {
    if json {
        say!("{}", serde_json::json!({ "account": account, "state": state }));
    } else {
        say!("{line}");
    }
    Ok(Ending::Good)
}

/// What came of it, when there is such an account.
fn known<T>(outcome: Result<T, Fault>, account: &str) -> Result<T> {
    outcome.map_err(|fault| match fault {
        Fault::NotFound => WrongArguments(format!("no account {account}; `yimen account list` names them")).into(),
        other => other.into(),
    })
}

async fn list(visit: &Visit, json: bool) -> Result<Ending> {
    let lines = accounts::list(visit).await?;
    let now = visit.world.clock.now_utc();
    if json {
        let lines: Vec<_> = lines.iter().map(|line| as_json(line, state(line, now).0)).collect();
        say!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(Ending::Good);
    }
    let words = visit.world.part::<Words>();
    for line in &lines {
        let posts: Vec<String> = roles(line).iter().map(|role| words.get(&format!("role.{role}")).to_owned()).collect();
        let posts = posts.join("、");
        let first = if line.first_password { "，还没有改过密码" } else { "" };
        say!("{}\t{}\t{posts}\t{}{first}", line.login, line.actor.name, state(line, now).1);
    }
    Ok(Ending::Good)
}

/// Whether somebody may sign in with it: for programs, and in words.
fn state(line: &AccountLine, now: chrono::DateTime<chrono::Utc>) -> (&'static str, String) {
    match line.locked_until {
        _ if !line.active => ("locked", "已锁定".to_owned()),
        Some(until) if until > now => {
            let until = platform::clock::china_time(until).format("%H:%M");
            ("waiting", format!("密码连续输错，锁到 {until}"))
        }
        _ => ("active", "可用".to_owned()),
    }
}

fn roles(line: &AccountLine) -> Vec<&'static str> {
    match &line.actor.kind {
        ActorKind::Staff { roles, .. } => roles.iter().map(|role| role.name()).collect(),
        _ => Vec::new(),
    }
}

fn as_json(line: &AccountLine, state: &str) -> serde_json::Value {
    serde_json::json!({
        "account": line.login, "name": line.actor.name, "roles": roles(line), "region": line.actor.region(),
        "authority": line.actor.authority(), "hall": line.actor.hall(), "state": state,
        "first_password": line.first_password, "signed_in_at": line.signed_in_at,
    })
}

/// Gives the account a password from standard input, or a made one. Exit code 1 when it is too weak.
async fn password(visit: &Visit, account: &str, generate: bool, json: bool) -> Result<Ending> {
    let new = if generate { made() } else { asked(account)? };
    match acts::reset_password(visit, account, &new).await {
        Err(Fault::Invalid(faults)) => {
            let words = visit.world.part::<Words>();
            for fault in &faults {
                eprintln!("{}", access_service::door::field_fault(fault, &words));
            }
            Ok(Ending::No)
        }
        outcome => {
            let ended = known(outcome, account)?;
            let shown = generate.then_some(&new);
            if json {
                let told = serde_json::json!({ "account": account, "password": shown, "sessions_ended": ended });
                say!("{told}");
            } else {
                if let Some(new) = shown {
                    say!("{new}");
                }
                eprintln!("{account} 的密码已更换，退出登录 {ended} 处；本人下次登录时会先改成自己的");
            }
            Ok(Ending::Good)
        }
    }
}

/// One line of standard input. It is not taken as an argument, which every user of the machine could read.
fn asked(account: &str) -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("{account} 的新密码（输入时会显示）：");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("reading the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// `kJm4-Tq9w-…`: every kind of character, easy to read out over the phone.
fn made() -> String {
    let mut random = rand::rng();
    let (groups, chars) = GROUPS;
    loop {
        let mut letter = || {
            let letters = LETTERS.concat();
            letters.as_bytes()[random.random_range(0..letters.len())] as char
        };
        let groups: Vec<String> = (0..groups).map(|_| (0..chars).map(|_| letter()).collect()).collect();
        let made = groups.join("-");
        if LETTERS.iter().all(|kind| made.contains(|c| kind.contains(c))) {
            return made;
        }
    }
}
