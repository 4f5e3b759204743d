//! The official account (微信公众号): takes template messages for OpenIDs, shows them at `/wechat`, and passes on what a
//! person says to the account, such as the code that binds them.

use std::sync::{PoisonError, RwLock};

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::{Html, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::json;

use crate::pages::{escaped, moment, page};
use crate::reports;
use crate::taken::{Desk, Taken};
use crate::{Setup, Twin};

/// The twin.
pub const WECHAT: Twin = Twin { name: "wechat", routes };

/// Where the server is that what people say is passed on to.
static HOME: RwLock<String> = RwLock::new(String::new());

/// Tells the twins where the server is: `http://127.0.0.1:8080`.
pub fn set_home(url: &str) {
    url.clone_into(&mut HOME.write().unwrap_or_else(PoisonError::into_inner));
}

fn routes(setup: &Setup) -> Router {
    Router::new()
        .route("/messages", post(take).get(list))
        .route("/say", post(say))
        .route("/", get(chat))
        .with_state(Desk::new(setup))
}

async fn take(State(desk): State<Desk>, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    desk.take(uri, &headers, &body, |to| !to.is_empty()).await
}

async fn list(State(desk): State<Desk>) -> Json<Vec<Taken>> {
    Json(desk.all())
}

/// What a person sends to the account.
#[derive(Debug, Deserialize)]
struct Said {
    open_id: String,
    code: String,
    /// Where the server is.
    home: String,
}

async fn say(State(desk): State<Desk>, Form(said): Form<Said>) -> Html<String> {
    let body = json!({ "event": "bind", "code": said.code.trim(), "open_id": said.open_id.trim() });
    let url = format!("{}/callbacks/wechat", said.home.trim_end_matches('/'));
    let words = match reports::once(&desk.setup, &url, &body).await {
        Ok(204) => "公众号：绑定好了，以后办事的进展发到这里。".to_owned(),
        Ok(404) => "公众号：没有人在等这个数字，可能已经过期。".to_owned(),
        Ok(status) => format!("公众号：服务器没有收下（{status}）。"),
        Err(_) => "公众号：找不到服务器。".to_owned(),
    };
    page("微信", &format!("<article>{words}</article><p><a href=\"/wechat\">返回</a></p>"))
}

async fn chat(State(desk): State<Desk>) -> Html<String> {
    let home = HOME.read().unwrap_or_else(PoisonError::into_inner).clone();
    let mut body = format!(
        "<form method=\"post\" action=\"/wechat/say\"><label>我的微信 <input name=\"open_id\" value=\"oDemo-1\"></label>\
         <br><label>发给公众号的数字 <input name=\"code\" inputmode=\"numeric\"></label>\
         <br><label>服务器 <input name=\"home\" value=\"{}\" size=\"30\"></label><br><button>发送</button></form>",
        escaped(&home)
    );
    for one in desk.all() {
        body += &format!(
            "<article><time>{} · {}</time><b>{}</b>\n{}\n<a href=\"{}\">查看详情</a></article>",
            moment(one.at),
            escaped(&one.to),
            escaped(&one.title),
            escaped(&one.text),
            escaped(&one.link)
        );
    }
    page("微信", &body)
}
