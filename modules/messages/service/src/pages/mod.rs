//! The person's pages: `list` (消息中心), `show` (one message), `wishes` (通知设置).

mod list;
mod show;
mod wishes;

use axum::Router;
use axum::routing::{get, post};
use platform::World;

/// The addresses.
pub fn routes() -> Router<World> {
    Router::new()
        .route("/messages", get(list::show))
        .route("/messages/read", post(list::read_all))
        .route("/messages/{id}", get(show::show))
        .route("/messages/wishes", get(wishes::show).post(wishes::choose))
        .route("/messages/wishes/mail", get(wishes::answer).post(wishes::give))
        .route("/messages/wishes/mail/confirm", post(wishes::confirm))
        .route("/messages/wishes/mail/drop", post(wishes::drop))
        .route("/messages/wishes/wechat", post(wishes::bind))
        .route("/messages/wishes/wechat/drop", post(wishes::unbind))
}

/// Where those who are not residents are led, for posts, which no extractor guards.
fn residents_only(visit: &access_service::Visit) -> Result<(), access_service::DoorFault> {
    if visit.actor.subject().is_some() {
        return Ok(());
    }
    let back = access_service::door::pair("back", "/messages");
    Err(access_service::DoorFault::SignIn { to: format!("/sign-in?{back}") })
}
