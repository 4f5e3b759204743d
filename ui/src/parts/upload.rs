//! Handing in one material as files, with or without JavaScript.

use askama::Template;

/// A file already handed in.
#[derive(Debug, Clone, Default)]
pub struct UploadedFile {
    /// 租赁合同.pdf
    pub name: String,
    /// 2.4 MB
    pub size: String,
    /// Where it can be looked at.
    pub href: String,
    /// Where it is taken back (POST); none when it is too late.
    pub remove: Option<String>,
}

/// The place to hand in one material. Its form posts multipart with `_csrf`, then `file`, to `action`; with JavaScript
/// the answer replaces this part, without it the server redirects back to the page.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/upload.html")]
pub struct Upload {
    /// Unique on the page, also the id to come back to.
    pub id: String,
    /// 房屋租赁合同
    pub label: String,
    /// What to look at: 每一页都要拍清楚，四角完整.
    pub help: Option<String>,
    /// Address the form posts to.
    pub action: String,
    /// CSRF token.
    pub csrf: String,
    /// Files already there.
    pub files: Vec<UploadedFile>,
    /// What was wrong with the last one.
    pub error: Option<String>,
    /// Largest file, in words: 10 MB.
    pub limit: String,
    /// Largest file in bytes, so that the browser can say so before sending; 0 for none.
    pub limit_bytes: u64,
}
