//! Every address asked by everybody: never an error of ours, and never an open door that should be shut.
//!
//! The addresses are found in the routers' sources and in the OpenAPI document, so that a new one cannot be forgotten;
//! for whom each is, `audience` says, and a new address without an answer there fails. What came out is printed to
//! chart/routes.txt. Reads in this order: `list`, `audience`, `stage` (who asks, and about what), then the tests.

mod audience;
mod list;
mod stage;

use std::fmt::Write as _;

use axum::http::StatusCode;

use crate::chart;
use list::{Door, Route};
use stage::{Guest, Stage};

const LEGEND: &str = "\
谁敲哪扇门会怎样：每个地址由每一种人各敲一次，记下应答的状态码，不手工修改。
UPDATE_CHARTS=1 cargo test -p yimen chart 重新打印。

in   请先登录（转到登录页）
.    没有这种请求方式（405）
页面的 POST 只带防伪令牌、不带内容；接口的写操作带一份规则会拒绝的内容。能办的人因此得到 422（有内容要改）
或者 409（页面已经不是最新），不能办的人得到 403 或者 404。
本人 owner 是申请人，other 是别的居民；带 ~ 的工作人员属于别的区划或者别的部门。
";

/// What one guest got at one door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Got {
    Status(StatusCode),
    SignIn,
}

impl Got {
    fn is_let_in(self) -> bool {
        matches!(self, Got::Status(status) if status.is_success() || status.is_redirection())
    }

    fn mark(self) -> String {
        match self {
            Got::SignIn => "in".to_owned(),
            Got::Status(StatusCode::METHOD_NOT_ALLOWED) => ".".to_owned(),
            Got::Status(status) => status.as_u16().to_string(),
        }
    }
}

/// One address asked by all guests; those it is not for come first, because those it is for may change something.
async fn ask_all(stage: &Stage, route: &Route) -> Vec<Got> {
    let mut order: Vec<usize> = (0..stage.guests.len()).collect();
    order.sort_by_key(|place| audience::is_for(stage, route, &stage.guests[*place]));
    let mut got = vec![Got::SignIn; stage.guests.len()];
    for place in order {
        got[place] = stage.ask(route, &stage.guests[place]).await;
    }
    got
}

/// All routes: first what only reads, then what writes, then what ends the application, last what ends sessions.
fn in_order(mut routes: Vec<Route>) -> Vec<Route> {
    routes.sort_by_key(|route| (route.ends_session(), route.path.ends_with("/withdraw"), route.method != "GET"));
    routes
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_is_open_to_those_it_is_for_and_the_chart_of_it_is_true() {
    let stage = Stage::set().await;
    let (mut wrong, mut rows) = (Vec::new(), Vec::new());
    for route in in_order(list::all()) {
        let got = ask_all(&stage, &route).await;
        if got.iter().all(|one| *one == Got::Status(StatusCode::METHOD_NOT_ALLOWED)) {
            continue;
        }
        for (guest, got) in stage.guests.iter().zip(&got) {
            wrong.extend(judge(&stage, &route, guest, *got));
        }
        rows.push((route, got));
    }
    assert!(wrong.is_empty(), "{} doors answer as they should not:\n  {}", wrong.len(), wrong.join("\n  "));
    chart::compare("routes.txt", &draw(&stage, rows));
}

/// What is wrong about an answer, if anything.
fn judge(stage: &Stage, route: &Route, guest: &Guest, got: Got) -> Option<String> {
    let Route { method, path, .. } = route;
    let said = |what: &str| Some(format!("{method} {path} by {}: {} {what}", guest.name, got.mark()));
    match got {
        // A server may say that it is not ready; it may not fall over.
        Got::Status(status) if status.is_server_error() => said("is an error of ours"),
        _ if got.is_let_in() && !audience::is_for(stage, route, guest) => said("lets in whom it is not for"),
        Got::SignIn if route.door == Door::Rest => said("leads a program to a page"),
        Got::Status(StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED) | Got::SignIn
            if method == "GET" && audience::is_for(stage, route, guest) && route.exists() =>
        {
            said("keeps out whom it is for")
        }
        _ => None,
    }
}

fn draw(stage: &Stage, mut rows: Vec<(Route, Vec<Got>)>) -> String {
    rows.sort_by(|(one, _), (other, _)| {
        (one.door, &one.path, &one.method).cmp(&(other.door, &other.path, &other.method))
    });
    let mut chart = String::from(LEGEND);
    let mut door = None;
    for (route, got) in rows {
        if door != Some(route.door) {
            door = Some(route.door);
            let heads: Vec<&str> = stage.guests.iter().map(|guest| guest.name).collect();
            writeln!(chart, "\n{:<58}{}", format!("[{}]", route.door.name()), heads.join(" ")).expect("text grows");
        }
        let mut line = format!("{:<58}", format!("{:<6} {}", route.method, route.path));
        for (guest, got) in stage.guests.iter().zip(got) {
            write!(line, "{:<1$}", got.mark(), guest.name.len() + 1).expect("text grows");
        }
        writeln!(chart, "{}", line.trim_end()).expect("text grows");
    }
    chart
}

#[test]
fn every_address_says_for_whom_it_is() {
    let silent: Vec<String> =
        list::all().into_iter().filter(|route| audience::of(route).is_none()).map(|route| route.path).collect();
    assert!(silent.is_empty(), "say in routes/audience.rs for whom these are: {silent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_nobody_gave_is_a_page_with_words() {
    let stage = Stage::set().await;
    for path in
        ["/nothing/here", "/applications/not-an-id", "/drafts/not-an-id/form", "/desk/cases/not-an-id", "/items/none"]
    {
        for guest in &stage.guests {
            let (status, body) = stage.page(path, guest).await;
            assert!(status.is_client_error() || status.is_redirection(), "{path} by {}: {status}", guest.name);
            assert!(
                status.is_redirection() || body.contains("<html"),
                "{path} by {} is no page: {status}\n{body}",
                guest.name
            );
        }
    }
}
