//! The twins' own pages, for visitors of a demonstration: what a telephone or a mailbox would show.

use axum::response::Html;

const STYLE: &str = "body{font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:34em;margin:1.5em auto;padding:0 1em;\
color:#1c2733;background:#eef1f4}h1{font-size:1.2em}article{background:#fff;border-radius:10px;padding:.7em 1em;margin:.7em 0;\
white-space:pre-wrap;overflow-wrap:anywhere}time,small{color:#5b6773;font-size:.85em;display:block;white-space:normal}\
input,button{font:inherit;padding:.4em .6em;margin:.2em 0}form{margin:1em 0}a{color:#1a5694}";

/// A page of a twin.
pub fn page(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{title}</title><style>{STYLE}</style><body>\
         <h1>{title}</h1><small>演示用的替身，不是真的系统；内容只在内存里，重启就没有了。</small>{body}"
    ))
}

/// Text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A moment as people there read it.
pub fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    platform::clock::china_time(at).format("%m-%d %H:%M:%S").to_string()
}
