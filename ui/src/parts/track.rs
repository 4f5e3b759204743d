//! All authorities of one application side by side: what each is doing, since when, until when.

use askama::Template;

use super::Lamp;
use super::progress::{Stage, StageState};

/// One case of the application.
#[derive(Debug, Clone, Default)]
pub struct TrackRow {
    /// 食品经营许可
    pub item: String,
    /// 区市场监管局
    pub authority: String,
    /// The case's own page.
    pub href: Option<String>,
    /// One sentence: 正在审核，经办人李敏.
    pub state: String,
    /// Lamp.
    pub lamp: Lamp,
    /// 11月27日（周五）前办结; empty when nothing runs.
    pub due: String,
    /// Phone of the office that has it.
    pub phone: String,
    /// 收件, 受理, 承办, 审核, 批准, 出证
    pub stages: Vec<Stage>,
}

/// The rows together.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/track.html")]
pub struct Track {
    /// One row a case.
    pub rows: Vec<TrackRow>,
}
