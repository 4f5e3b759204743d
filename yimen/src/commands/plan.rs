//! `yimen plan THEME` and `yimen questions THEME`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kernel::codes::CitizenId;
use platform::Clock;
use records::{Purpose, Why};
use themes::{Answers, Known, Theme};

use super::catalogue::{self, Folder};
use crate::{Ending, WrongArguments, start};

/// Prints the plan. With a subject, what the records know of the person fills the form and waives papers.
pub async fn run(
    theme: String,
    folder: PathBuf,
    given: Vec<String>,
    subject: Option<String>,
    json: bool,
) -> Result<Ending> {
    let folder = catalogue::open(&folder)?;
    let theme = folder.theme(&theme)?;
    let answers = read(theme, &given)?;
    let known = match subject {
        Some(citizen_id) => known_of(&folder, &citizen_id).await?,
        None => Known::nothing(),
    };
    let plan = themes::plan(theme, &answers, &known);
    if json {
        say!("{}", serde_json::to_string_pretty(&plan.report())?);
    } else {
        print(&plan)?;
    }
    Ok(Ending::Good)
}

/// Prints the questions.
pub fn questions(theme: &str, folder: &Path, json: bool) -> Result<Ending> {
    let folder = catalogue::open(folder)?;
    let report = folder.theme(theme)?.questions_report();
    if json {
        say!("{}", serde_json::to_string_pretty(&report)?);
        return Ok(Ending::Good);
    }
    for question in &report.questions {
        say!("{}  {}", question.id, question.text);
        for value in &question.values {
            say!("    {} = {value}", question.id);
        }
    }
    Ok(Ending::Good)
}

/// Reads `ID=VALUE…`; all that is wrong is said at once.
fn read(theme: &Theme, given: &[String]) -> Result<Answers> {
    let pairs = given.iter().filter_map(|pair| pair.split_once('='));
    let (answers, faults) = theme.read_sound(pairs);
    let shapeless = given.iter().filter(|pair| !pair.contains('=')).map(|pair| format!("{pair}：请写成 ID=VALUE"));
    let wrong: Vec<String> = shapeless.chain(faults.iter().map(ToString::to_string)).collect();
    if wrong.is_empty() {
        return Ok(answers);
    }
    Err(WrongArguments(format!("these answers cannot be used:\n  {}", wrong.join("\n  "))).into())
}

async fn known_of(folder: &Folder, citizen_id: &str) -> Result<Known> {
    let citizen_id = CitizenId::parse(citizen_id)
        .map_err(|fault| WrongArguments(format!("{citizen_id} is no citizen id: {}", fault.code)))?;
    let world = start::world(start::configuration()?, Clock::System).await?;
    let visit = access_service::Visit::system(&world);
    let purpose = Purpose::of(Why::OwnMatter);
    let person = records_service::reads::person_by_citizen_id(&visit, &citizen_id, &purpose).await?;
    let nobody = || WrongArguments("nobody in the database has this citizen id; `yimen load` invents residents".into());
    let person = person.ok_or_else(nobody)?;
    let catalog = &folder.compiled.as_ref().context("the catalogue has errors")?.catalog;
    let known = records_service::reads::known(&visit, catalog, person.subject, None, &purpose).await?;
    let words = world.part::<access_service::Words>();
    Ok(themes_service::known::for_plan(&known, catalog, &words))
}

fn print(plan: &themes::Plan) -> Result<()> {
    let report = plan.report();
    say!("{}", report.name);
    for item in &report.items {
        say!("  {} {}  {}", if item.included { "✓" } else { "–" }, item.name, item.because);
    }
    let (materials, fields) = (&report.materials, &report.fields);
    say!("材料 {} → {}（要交 {}）", materials.before, materials.after, materials.to_submit);
    for line in &materials.list {
        say!("    [{}] {}（{}）{}", line.status, line.name, line.holder_name, line.because);
    }
    say!("填表 {} → {}（已填 {}，要填 {}）", fields.before, fields.after, fields.prefilled, fields.to_type);
    say!(
        "用时 {} → {} 个工作日；跑动 {} → {} 次",
        report.days.before,
        report.days.after,
        report.trips.before,
        report.trips.after
    );
    Ok(())
}
