//! Twins of outside systems, all behind one address: `/payment/…`, `/courier/…`. See the README.
//!
//! A twin is a file here with its `routes()`, named once in [`TWINS`]. [`mood`] makes any of them slow, down or wrong.

mod authority;
mod call;
mod courier;
pub mod mail;
pub mod mood;
mod pages;
mod payment;
mod reports;
mod sms;
mod taken;
pub mod wechat;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use platform::config::LineConfig;
use tokio::net::TcpListener;

use mood::Mood;

/// A twin: the name of its line, and what answers there.
pub struct Twin {
    pub name: &'static str,
    pub routes: fn(&Setup) -> Router,
}

/// All of them.
pub const TWINS: &[Twin] = &[
    sms::SMS,
    wechat::WECHAT,
    Twin { name: "payment", routes: payment::routes },
    Twin { name: "courier", routes: courier::routes },
    authority::AUTHORITY,
];

/// What a twin is told when it starts.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What both ends of its line sign with.
    pub secret: String,
    /// How it feels; twins that call back ask it themselves.
    pub mood: Mood,
}

/// Twins that are running.
pub struct Running {
    /// Where they answer.
    pub address: SocketAddr,
    /// A line to each of them.
    pub lines: BTreeMap<String, LineConfig>,
    serving: tokio::task::JoinHandle<()>,
}

impl Running {
    /// Waits until they end, which they do only when the process does.
    pub async fn ended(self) {
        // A twin that panicked has said so on the standard error.
        let _ = self.serving.await;
    }
}

/// Starts all twins on this address. They answer to whoever knows the secret, and their moods to anybody.
///
/// # Errors
/// When the address is taken.
pub async fn start(listen: SocketAddr, secret: &str) -> std::io::Result<Running> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let mailbox = mail::open(address).await?;
    let router = router(secret).nest("/mail", mail::routes(&mailbox));
    let mut lines: BTreeMap<String, LineConfig> =
        TWINS.iter().map(|twin| (twin.name.to_owned(), line(address, twin.name, secret))).collect();
    let post = LineConfig { url: format!("smtp://{}", mailbox.address), ..line(address, "mail", secret) };
    lines.insert("mail".to_owned(), post);
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the twins have stopped");
        }
    });
    Ok(Running { address, lines, serving })
}

/// The line to a twin.
fn line(address: SocketAddr, name: &str, secret: &str) -> LineConfig {
    LineConfig { url: format!("http://{address}/{name}"), secret: secret.to_owned(), timeout_s: 5 }
}

/// All twins but the mail server, with their moods.
pub fn router(secret: &str) -> Router {
    TWINS.iter().fold(Router::new(), |all, twin| {
        let setup = Setup { secret: secret.to_owned(), mood: Mood::default() };
        all.nest(&format!("/{}", twin.name), mood::around((twin.routes)(&setup), setup.mood))
    })
}
