//! `yimen bench lists`: the four lists as large as 龙岗's, 12,934 rows of 53 units: brought in, published, read. And all
//! proposals of the catalogue.

use std::time::Instant;

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use anyhow::{Result, anyhow};
use catalog_service::acts::publish;
use platform::Clock;
use standards::list::{Matter, Phase};
use standards::{ListKind, Row};
use standards_service::acts::{BringIn, bring_in, make_proposals, publish_list};
use standards_service::reads::lists::{Asked, all, page, totals};
use standards_service::sheets;

use super::Order;
use crate::commands::catalogue;
use crate::start;

const ROWS: usize = 12_934;
const UNITS: usize = 53;
/// Pages of each kind that are read; their median and their slowest of a hundred count.
const PAGES: usize = 200;

/// Prints the figures. The data folder gets a database of its own.
pub async fn run(order: &Order) -> Result<()> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    start::vault(&world).await?;
    let folder = catalogue::open(&order.catalog)?;
    publish(&Visit::system(&world), &folder.files).await?;
    start::shelves(&world).await?;
    let kind =
        ActorKind::Staff { roles: [Role::Standards].into(), region: "440604".into(), authority: None, hall: None };
    let office = Visit::of(&world, Actor { id: "bench".into(), name: "bench".into(), kind });
    let sheet = standards::writing::write(&rows(order.count.unwrap_or(ROWS)));
    let bytes = sheets::xlsx(&sheet, |_, _| sheets::Mark::None).map_err(|fault| anyhow!("{fault}"))?;
    say!("{} rows of {UNITS} units, {} KiB of XLSX", sheet.rows.len(), bytes.len() / 1024);
    let begun = Instant::now();
    let batch = bring_in(&office, None, BringIn { file: "bench.xlsx".into(), bytes, list: ListKind::Power }).await?;
    say!("brought in: {:.2} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let counts = publish_list(&office, None, batch).await?;
    say!("published: {} rows in {:.2} s", counts.added, begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let out = all(&office, &Asked::default()).await?.len();
    say!("handed out: {out} rows in {:.2} s", begun.elapsed().as_secs_f64());
    pages(&office).await?;
    let begun = Instant::now();
    let made = make_proposals(&office, None).await?;
    say!("proposals: {made} in {:.3} s", begun.elapsed().as_secs_f64());
    world.db.close().await;
    Ok(())
}

async fn pages(office: &Visit) -> Result<()> {
    let first = Asked { list: Some(ListKind::Power), ..Asked::default() };
    let unit = Asked { unit: unit(7), ..first.clone() };
    let words = Asked { words: "第4321项".into(), ..first.clone() };
    let middle = page(office, &first, None).await?.next;
    for (name, asked, after) in [
        ("a list", &first, None),
        ("its next page", &first, middle),
        ("a unit", &unit, None),
        ("by words", &words, None),
    ] {
        let mut times = Vec::with_capacity(PAGES);
        for _ in 0..PAGES {
            let begun = Instant::now();
            page(office, asked, after).await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        say!("page of {name}: {}", median_and_slow(times));
    }
    let mut times = Vec::with_capacity(PAGES);
    for _ in 0..PAGES {
        let begun = Instant::now();
        totals(office).await?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    say!("totals of all four: {}", median_and_slow(times));
    Ok(())
}

fn median_and_slow(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    format!("{:.2} ms, p99 {:.2} ms", times[times.len() / 2], times[times.len() * 99 / 100])
}

fn unit(number: usize) -> String {
    format!("第{}个部门", number % UNITS)
}

/// Rows as full as real ones.
fn rows(count: usize) -> Vec<Row> {
    let row = |number: usize| {
        let matter = Matter::ALL[number % Matter::ALL.len()];
        let unit = standards::list::Unit { name: unit(number), ..Default::default() };
        let duty = |phase, text: &str| standards::list::Duty { phase, text: text.repeat(3) };
        Row {
            code: format!("BENCH-{number:06}"),
            matter: Some(matter),
            duties: vec![
                duty(Phase::Before, "公示依据、条件、程序、期限和材料目录。"),
                duty(Phase::During, "审查材料，需要核实的派两名以上工作人员核查。"),
                duty(Phase::After, "对活动情况实施监督检查，记录结果。"),
            ],
            stages: ["受理", "审查", "决定", "送达"]
                .map(|name| standards::list::Stage {
                    name: name.into(), by: "经办科室".into(), within: String::new()
                })
                .to_vec(),
            ..Row::new(matter.list(), format!("对某类活动的管理第{number}项"), unit)
        }
    };
    (0..count).map(row).collect()
}
