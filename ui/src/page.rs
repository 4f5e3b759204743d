//! A rendered template on its way to the browser, and the page that says what went wrong.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::shell::Shell;

/// A page for one person: never kept by the browser or a proxy. Status 200.
pub fn page<T: Template>(template: T) -> Response {
    page_with(StatusCode::OK, template)
}

/// As [`page`], with another status (422 for a form to mend, 404 for nothing there).
pub fn page_with<T: Template>(status: StatusCode, template: T) -> Response {
    send(status, &template, HeaderValue::from_static("private, no-store"))
}

/// A page that is the same for everybody who chose the same look: may be kept for a minute, then asked about again.
/// Never for a page that names a person, not even in its top line.
pub fn public_page<T: Template>(template: T) -> Response {
    let mut answer = send(StatusCode::OK, &template, HeaderValue::from_static("public, max-age=60"));
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie"));
    answer
}

fn send<T: Template>(status: StatusCode, template: &T, keep: HeaderValue) -> Response {
    match template.render() {
        Ok(text) => (status, [(header::CACHE_CONTROL, keep)], Html(text)).into_response(),
        // A template fails only when a value's own Display fails; there is no page to show it in.
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "这一页没能显示出来，请稍后再试。").into_response(),
    }
}

/// Something went wrong or is not allowed: what happened, why, what to do now, whom to ask. The doors fill it from
/// their fault and its words; this page only lays it out.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// HTTP status; shown only beside a reference, for people who report it.
    pub status: u16,
    /// What happened, one sentence: 这件办件已经由别人处理了。
    pub title: String,
    /// Why and what it means, in paragraphs.
    pub said: Vec<String>,
    /// The clause a refusal rests on: 《食品安全法》第三十五条.
    pub clause: Option<String>,
    /// What to do now, as links: label and address. The first one is the main button.
    pub next: Vec<(String, String)>,
    /// Whom to ask: office and phone.
    pub ask: Option<String>,
    /// Reference of an internal error (编号), for the operator to find it in the log.
    pub reference: Option<String>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    problem: Problem,
}

/// Shows a [`Problem`] with its status.
pub fn problem_page(shell: Shell, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let shell = Shell { title: problem.title.clone(), ..shell };
    page_with(status, ProblemPage { shell, problem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_clause_next_step_and_office() {
        let problem = Problem {
            status: 422,
            title: "这次还不能受理".into(),
            said: vec!["缺少<健康证明>。".into()],
            clause: Some("《中华人民共和国食品安全法》第四十五条".into()),
            next: vec![("补交材料".into(), "/mine/1".into())],
            ask: Some("禅城区市场监督管理局 0757-82345678".into()),
            reference: None,
        };
        let text = ProblemPage { shell: Shell::plain("x"), problem: problem.clone() }.render().expect("renders");
        for words in ["第四十五条", "补交材料", "0757-82345678", "缺少&#60;健康证明&#62;"] {
            assert!(text.contains(words), "{words} is missing");
        }
        let answer = problem_page(Shell::plain("x"), problem);
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "private, no-store");
    }
}
