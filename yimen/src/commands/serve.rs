//! `yimen serve`: the doors, and the work that is due.

use std::io::Write;
use std::time::Duration;

use access_service::{accounts, door};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use platform::{Clock, Dispatcher, World};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::{Ending, modules, start};

/// A request that takes longer than this has gone wrong; an upload of ten megabytes over a slow phone fits.
const LONGEST_REQUEST: Duration = Duration::from_secs(120);
/// How often is asked whether `yimen load` or another server has published a newer catalogue.
const CATALOGUE_LOOK: Duration = Duration::from_secs(5);

/// Serves until asked to stop; what is being answered then is finished first.
pub async fn run(demo: bool) -> Result<Ending> {
    let config = start::configuration()?;
    platform::telemetry::start(&config.log, config.log_form)?;
    let listen = config.listen;
    let world = start::world(config, Clock::System).await?;
    if !start::shelves(&world).await? {
        bail!("no catalogue has been published yet; run `yimen load samples/chancheng` first");
    }
    world.parts.install(desk::DemoMode(demo));
    start::vault(&world)?;
    platform::roots::arrange(&world).await.context("arranging for the roots of closed days")?;
    let listener =
        TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be used; try another PORT"))?;
    let dispatcher = Dispatcher::new(world.clone(), modules::listeners(), modules::jobs());
    let work = tokio::spawn(async move { dispatcher.run(stopped()).await });
    let look = tokio::spawn(follow_catalogue(world.clone()));
    if demo {
        invite(&world, listener.local_addr()?.to_string()).await?;
    }
    axum::serve(listener, routes(world.clone())).with_graceful_shutdown(stopped()).await?;
    look.abort();
    work.await?;
    world.db.close().await;
    Ok(Ending::Good)
}

/// Puts a newer catalogue on the shelves when there is one; who holds the old one finishes with it.
async fn follow_catalogue(world: World) {
    loop {
        tokio::time::sleep(CATALOGUE_LOOK).await;
        if let Err(fault) = start::shelves(&world).await {
            tracing::warn!(%fault, "cannot look for a newer catalogue");
        }
    }
}

/// All doors behind one frame: request id, log, panic guard, compression, safety headers, faults dressed as pages.
pub fn routes(world: World) -> Router {
    let doors = Router::new()
        .merge(portal::routes())
        .merge(desk::routes())
        .merge(api::routes())
        .merge(themes_service::routes())
        .fallback(portal::not_found)
        .layer(from_fn_with_state(world.clone(), door::dress))
        // Below here nobody's session is looked up: styles and health are the same for everybody and stay while the
        // database is away.
        .merge(ui::routes())
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(world);
    ui::guarded(doors)
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(TraceLayer::new_for_http())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

async fn ready(axum::extract::State(world): axum::extract::State<World>) -> (StatusCode, &'static str) {
    match world.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database"),
    }
}

/// Prints where to go and as whom. A server goes on when nobody reads it.
async fn invite(world: &World, address: String) -> Result<()> {
    let mut lines = format!("\n  一门已启动：http://{address}\n\n");
    lines += "  居民：打开首页即可查看；办理时在“登录”页选择一位演示居民\n";
    lines += &format!("  工作人员：http://{address}/desk   密码均为 {}\n\n", desk::DEMO_PASSWORD);
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
