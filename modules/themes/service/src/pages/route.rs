//! The addresses of the resident's way.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use platform::World;

use super::{check, drafting, form, matters, papers, plan, questions, start, upload};

/// All pages of the module.
pub fn routes() -> Router<World> {
    // The upload cuts off a file that is too large itself, and says so; the general limit would only break it off.
    let uploads = Router::new()
        .route("/drafts/{draft}/papers", get(papers::show).post(upload::take))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/matters", get(matters::list))
        .route("/matters/{theme}", get(questions::explore))
        .route("/matters/{theme}/plan", get(plan::explore))
        .route("/matters/{theme}/drafts", post(start::start))
        .route("/drafts/{draft}", get(drafting::resume))
        .route("/drafts/{draft}/questions", get(questions::show).post(questions::save))
        .route("/drafts/{draft}/plan", get(plan::show))
        .route("/drafts/{draft}/form", get(form::show).post(form::save))
        .route("/drafts/{draft}/papers/received", post(papers::receive))
        .route("/drafts/{draft}/papers/{paper}/remove", post(papers::remove))
        .route("/drafts/{draft}/papers/{paper}/file", get(papers::file))
        .route("/drafts/{draft}/check", get(check::show).post(check::save))
        .route("/drafts/{draft}/submit", post(check::submit))
        .merge(uploads)
}
