//! `yimen bench search`: finding among 20,000 generated documents and those of the catalogue, in process; beside it SQLite FTS5
//! and, where the configured database is PostgreSQL, pg_trgm, over the same documents and the same questions.
//!
//! The documents are made from a seed: names out of real words of affairs, bodies of some eight hundred characters drawn so
//! that few words are common and many are rare. Times are counted from the moment a question was due.

mod documents;
mod peers;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use search::{Asked, Document, Index};
use tokio::time::sleep_until;

use super::{Order, measure};
use crate::commands::catalogue;
use documents::Question;

/// Documents made, when the order does not say.
const DOCUMENTS: usize = 20_000;
/// Questions a second, and how many.
const PACE: u32 = 200;
const QUESTIONS: usize = 2_000;
/// The promises.
const BUILD_MAX: Duration = Duration::from_secs(5);
const P99_MAX: Duration = Duration::from_millis(10);

/// Measures and prints; says whether the promises were kept.
pub async fn run(order: &Order) -> Result<bool> {
    let documents = documents::made(order.count.unwrap_or(DOCUMENTS));
    let questions = documents::questions(&documents, QUESTIONS);
    let characters: usize = documents.iter().map(|one| one.body.chars().count()).sum();
    let own = own(&order.catalog, documents.clone()).await?;
    let kept = own.measured(order, &questions).await?;
    if !order.json {
        println!("  {} documents, {} characters in their bodies", own.index.len(), characters);
    }
    peers::sqlite(order, &documents, &questions).await?;
    peers::postgres(order, &documents, &questions).await?;
    Ok(kept)
}

/// Our own index over the documents made and those of the catalogue.
struct Own {
    index: Arc<Index>,
    took: Duration,
    grown_mb: u64,
}

async fn own(folder: &std::path::Path, mut documents: Vec<Document>) -> Result<Own> {
    let folder = catalogue::open(folder)?;
    let compiled = folder.compiled.as_ref().context("the catalogue has errors; `yimen check` shows them")?;
    let themes = folder.themes.as_deref().context("the themes have errors; `yimen check` shows them")?;
    let (wording, _) = themes::wording::compile(&compiled.catalog, themes, &folder.files);
    let wording = wording.context("people's words have errors; `yimen check` shows them")?;
    documents.extend(themes_service::documents(&compiled.catalog, themes));
    let lexicon = themes_service::lexicon(&wording);
    let (before, begun) = (measure::memory_mb(), Instant::now());
    let index = tokio::task::spawn_blocking(move || Index::new(documents, lexicon)).await?;
    Ok(Own { took: begun.elapsed(), grown_mb: measure::memory_mb().saturating_sub(before), index: Arc::new(index) })
}

impl Own {
    async fn measured(&self, order: &Order, questions: &[Question]) -> Result<bool> {
        let find = |text: &str| {
            let answer = self.index.find(Asked { text, most: 10, ..Asked::default() });
            answer.hits.into_iter().map(|hit| hit.key).collect::<Vec<String>>()
        };
        let top = |most: usize| {
            let found = questions.iter().filter(|one| find(&one.asked).iter().take(most).any(|key| *key == one.wanted));
            found.count() as f64 / questions.len() as f64
        };
        let (cpu, begun) = (measure::cpu(), Instant::now());
        let top3 = top(3);
        let each = (measure::cpu() - cpu).as_secs_f64() / questions.len() as f64;
        let rate = questions.len() as f64 / begun.elapsed().as_secs_f64();
        let times = self.at_pace(questions).await?;
        let (middle, p99) = (at(&times, 0.5), at(&times, 0.99));
        let figures = Figures {
            engine: "yimen",
            build: self.took,
            memory_mb: self.index.bytes() as u64 / 1_048_576,
            rate,
            per_cpu_s: 1.0 / each.max(f64::EPSILON),
            middle,
            p99,
            top3,
        };
        figures.print(order.json);
        if !order.json {
            println!("  the process grew by {} MB while it was built", self.grown_mb);
        }
        Ok(self.took < BUILD_MAX && p99 < P99_MAX)
    }

    /// The questions at the pace, each on a thread of its own as the doors would.
    async fn at_pace(&self, questions: &[Question]) -> Result<Vec<Duration>> {
        let begun = tokio::time::Instant::now() + Duration::from_millis(20);
        let mut asked = Vec::with_capacity(questions.len());
        for (turn, question) in questions.iter().enumerate() {
            let due = begun + Duration::from_secs(1) / PACE * u32::try_from(turn)?;
            sleep_until(due).await;
            let (index, text) = (self.index.clone(), question.asked.clone());
            asked.push(tokio::spawn(async move {
                let answer = index.find(Asked { text: &text, most: 10, ..Asked::default() });
                std::hint::black_box(answer.hits.len());
                due.elapsed()
            }));
        }
        let mut times = Vec::with_capacity(asked.len());
        for one in asked {
            times.push(one.await?);
        }
        ensure!(!times.is_empty(), "nothing was asked");
        times.sort_unstable();
        Ok(times)
    }
}

fn at(times: &[Duration], part: f64) -> Duration {
    times[((times.len() as f64 * part).ceil() as usize).clamp(1, times.len()) - 1]
}

/// What one engine needs.
struct Figures {
    engine: &'static str,
    build: Duration,
    memory_mb: u64,
    rate: f64,
    per_cpu_s: f64,
    middle: Duration,
    p99: Duration,
    /// Share of questions whose document was among the first three.
    top3: f64,
}

impl Figures {
    fn print(&self, json: bool) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let Self { engine, build, memory_mb, rate, per_cpu_s, middle, p99, top3 } = self;
        if json {
            let line = serde_json::json!({
                "bench": "search", "engine": engine, "build_s": build.as_secs_f64(), "index_mb": memory_mb, "per_s": rate,
                "per_cpu_s": per_cpu_s, "p50_ms": ms(*middle), "p99_ms": ms(*p99), "top3": top3,
            });
            println!("{line}");
            return;
        }
        println!(
            "{engine:<12} built in {:>6.2} s, {memory_mb:>4} MB; {rate:>8.1} questions/s, {per_cpu_s:>8.1} a CPU-s; p50 {:>7.2} p99 {:>8.2} ms; {:>5.1} % among the first three",
            build.as_secs_f64(),
            ms(*middle),
            ms(*p99),
            top3 * 100.0
        );
    }
}
