//! `yimen serve`: the doors, and the work that is due.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use access_service::{DemoMode, Visit, accounts, door};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use platform::presence::Presence;
use platform::telemetry::figures;
use platform::{Clock, Config, Dispatcher, World};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::{Ending, health, modules, start, watch};

/// How much longer than a request may take is waited before it is cut off without a page: looking up who asks is not
/// under the door's own clock.
const CUT_OFF: Duration = Duration::from_secs(5);
/// How often is asked whether `yimen load` or another server has published a newer catalogue.
const CATALOGUE_LOOK: Duration = Duration::from_secs(5);

/// Serves until asked to stop; what is being answered then is finished first, within the configured time.
pub async fn run(demo: bool) -> Result<Ending> {
    let mut config = start::configuration()?;
    platform::telemetry::start(&config.log, config.log_form)?;
    figures::start();
    let twins = if demo { Some(stand_in(&mut config).await?) } else { None };
    let (listen, patience) = (config.listen, Duration::from_secs(config.shutdown_s));
    let world = start::world(config, Clock::System).await?;
    if !start::shelves(&world).await? {
        bail!("no catalogue has been published yet; run `yimen load samples/chancheng` first");
    }
    world.parts.install(DemoMode(demo));
    start::vault(&world).await?;
    // For a catalogue that was published before there were lists.
    standards_service::acts::follow_catalogue(&Visit::system(&world)).await.context("bringing the lists up to date")?;
    platform::retention::arrange(&world).await.context("arranging for what is over its time")?;
    if platform::sealed::arrange(&world).await.context("looking for rows to seal")? {
        tracing::info!("rows about persons are being sealed under the key in force");
    }
    platform::roots::arrange(&world).await.context("arranging for the roots of closed days")?;
    fees_service::arrange(&world).await.context("arranging for the statements of the payment platform")?;
    connect_service::arrange(&world).await.context("arranging for what authorities' own systems report")?;
    let listener =
        TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be used; try another PORT"))?;
    let presence = Presence::announce(&world.db).await.context("announcing this server")?;
    let dispatcher = Dispatcher::new(world.clone(), modules::listeners(), modules::jobs()).with_patience(patience);
    let work = tokio::spawn(async move { dispatcher.run(stopped()).await });
    let look = tokio::spawn(follow_catalogue(world.clone()));
    let address = listener.local_addr()?;
    if let Some(twins) = twins {
        invite(&world, address.to_string(), twins).await?;
    }
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "serving");
    answer(listener, world.clone(), patience).await?;
    look.abort();
    work.await?;
    presence.leave().await;
    world.db.close().await;
    tracing::info!("stopped");
    Ok(Ending::Good)
}

/// At a demonstration, twins stand in for the outside systems that are not configured. Gives where their pages are.
async fn stand_in(config: &mut Config) -> Result<SocketAddr> {
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let running = twins::start(anywhere, &super::twins::secret()).await.context("starting the twins")?;
    tracing::info!(address = %running.address, "twins of outside systems");
    let server = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
    twins::wechat::set_home(&server);
    config.webhooks_private = true;
    for (name, line) in running.lines {
        config.lines.entry(name).or_insert(line);
    }
    Ok(running.address)
}

/// Answers until asked to stop; then takes no new connection and gives those under way so long to end.
async fn answer(listener: TcpListener, world: World, patience: Duration) -> Result<()> {
    let service = routes(world).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopped()).into_future();
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => return Ok(ended?),
        () = stopped() => tracing::info!("asked to stop"),
    }
    match tokio::time::timeout(patience, serving).await {
        Ok(ended) => ended?,
        Err(_) => tracing::warn!("requests under way were broken off"),
    }
    Ok(())
}

/// Puts a newer catalogue on the shelves when there is one; who holds the old one finishes with it.
async fn follow_catalogue(world: World) {
    loop {
        tokio::time::sleep(CATALOGUE_LOOK).await;
        figures::tidy();
        if let Err(fault) = newer_catalogue(&world).await {
            tracing::warn!(%fault, "cannot look for a newer catalogue");
        }
    }
}

/// With a newer catalogue come other connectors.
async fn newer_catalogue(world: &World) -> Result<()> {
    let release = || world.parts.get::<catalog_service::Shelf>().map(|shelf| shelf.release);
    let before = release();
    start::shelves(world).await?;
    if release() != before {
        connect_service::arrange(world).await?;
    }
    Ok(())
}

/// All doors behind one frame: request id, log, panic guard, compression, safety headers, faults dressed as pages.
pub fn routes(world: World) -> Router {
    let limits = &world.config.limits;
    let longest = Duration::from_secs(limits.request_s) + CUT_OFF;
    // A form kept over an ended session travels inside the sign-in form, once more encoded.
    let largest = DefaultBodyLimit::max(door::bytes(limits.form_bytes.saturating_mul(2)));
    let doors = Router::new()
        .merge(portal::routes())
        .merge(desk::routes())
        .merge(api::routes())
        .merge(themes_service::routes())
        .merge(messages_service::routes())
        .merge(fees_service::routes())
        .merge(courier_service::routes())
        .fallback(portal::not_found)
        .layer(largest)
        .layer(CatchPanicLayer::custom(watch::panicked))
        .layer(from_fn(messages_service::count_unread))
        .layer(from_fn_with_state(world.clone(), door::dress))
        // Below here nobody's session is looked up: styles and health are the same for everybody and stay while the
        // database is away.
        .merge(ui::routes())
        .merge(health::routes())
        .with_state(world);
    ui::guarded(doors)
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest))
        .layer(from_fn(watch::watch))
}

/// Prints where to go and as whom. A server goes on when nobody reads it.
async fn invite(world: &World, address: String, twins: SocketAddr) -> Result<()> {
    let mut lines = format!("\n  一门已启动：http://{address}\n\n");
    lines += "  居民：打开首页即可查看；办理时在“登录”页选择一位演示居民\n";
    lines += &format!("  收到的短信：http://{twins}/sms   微信：http://{twins}/wechat   邮件：http://{twins}/mail\n");
    lines += &format!("  部门自己的系统（户外招牌管理系统）：http://{twins}/authority\n");
    lines += &format!("  工作人员：http://{address}/desk   密码均为 {}\n\n", accounts::FIRST_PASSWORD);
    let words = world.part::<access_service::Words>();
    for (role, line) in accounts::one_for_every_role(world, &busiest_authority(world)).await? {
        let post = words.get(&format!("role.{}", role.name())).to_owned();
        lines += &format!("    {:<22} {post}（{}）\n", line.login, line.actor.name);
    }
    let _ = writeln!(std::io::stdout(), "{lines}");
    Ok(())
}

/// The authority with the most items: most of what a visitor tries passes through it.
fn busiest_authority(world: &World) -> String {
    let shelf = world.part::<catalog_service::Shelf>();
    let mut counts = std::collections::BTreeMap::new();
    for item in shelf.catalog().items.values() {
        *counts.entry(item.authority.to_string()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, items)| *items).map_or_else(String::new, |(authority, _)| authority)
}

/// Resolves when the process is asked to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
}
