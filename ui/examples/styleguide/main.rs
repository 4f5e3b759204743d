//! Serves the style guide with the real headers, so that what is looked at is what is sent:
//! `cargo run -p ui --example styleguide -- 127.0.0.1:8099`, then `/home`, `/question`, `/plan`, `/form`,
//! `/hand-in`, `/mine`, `/list`, `/case`, `/sign-in`, `/problem`, `/parts`.

mod desk;
mod portal;

use axum::Router;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".into());
    let pages = Router::new().merge(portal::pages()).merge(desk::pages()).merge(ui::routes());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}/home");
    axum::serve(listener, ui::guarded(pages)).await
}
