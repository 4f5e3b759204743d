//! A certificate (证照照面): what a licence looks like, as data. Browser and press draw the same one.
//!
//! It is laid out from facts that somebody else has put into words; here they become a sheet with seal, QR code and, where
//! it no longer stands or serves one purpose only, what is written across it.

use askama::Template;
use chrono::NaiveDate;
use serde::Serialize;

use crate::compose::in_words;
use crate::marks;
use crate::sheet::Check;

/// What is to be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    pub landscape: bool,
    /// 食品经营许可证
    pub title: String,
    /// 副本
    pub subtitle: Option<String>,
    /// 证照编号
    pub number: String,
    /// By which law it is given.
    pub words: Option<String>,
    /// What it is called, and what it says.
    pub rows: Vec<(String, String)>,
    /// 有效期至2031年11月21日
    pub validity: String,
    /// 电子证照标识
    pub mark: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    /// The code a stranger checks it by, and where the QR code leads.
    pub code: String,
    pub url: String,
    /// At the foot.
    pub note: Option<String>,
    /// It no longer stands: 已换发, and since when and by what.
    pub void: Option<(String, String)>,
    /// Whom and what this copy is for; it stands all over the page.
    pub watermark: Vec<String>,
}

/// A certificate, laid out. Serialised, it is what the press is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub landscape: bool,
    pub title: String,
    pub subtitle: Option<String>,
    pub number: String,
    pub words: Option<String>,
    pub rows: Vec<(String, String)>,
    pub validity: String,
    pub mark: String,
    pub issuer: String,
    /// 2026年11月22日
    pub date: String,
    /// Drawn in red, as SVG; none on what no longer stands.
    pub seal: Option<String>,
    pub check: Check,
    pub note: Option<String>,
    pub void: Option<Void>,
    pub watermark: Vec<String>,
}

/// What is written across a certificate that no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Void {
    /// 已换发
    pub word: String,
    /// 本证已于2026年11月22日换发新证，请使用新证。
    pub line: String,
}

/// Lays a certificate out.
pub fn certificate(facts: CertificateFacts) -> Certificate {
    let stands = facts.void.is_none();
    Certificate {
        landscape: facts.landscape,
        title: facts.title,
        subtitle: facts.subtitle,
        number: facts.number,
        words: facts.words,
        rows: facts.rows,
        validity: facts.validity,
        mark: facts.mark,
        seal: stands.then(|| marks::seal(&facts.issuer, None)),
        issuer: facts.issuer,
        date: in_words(facts.issued_on),
        check: Check { code: marks::grouped(&facts.code), qr: marks::qr(&facts.url), url: facts.url },
        note: facts.note,
        void: facts.void.map(|(word, line)| Void { word, line }),
        watermark: facts.watermark,
    }
}

#[derive(Template)]
#[template(path = "certificate.html")]
struct Page<'a> {
    one: &'a Certificate,
    /// How often the watermark is written.
    times: std::ops::Range<u32>,
}

/// Lines of a watermark that cover a page; the styles cut off what is more.
const WATERMARKS: u32 = 24;

/// The certificate as an HTML article. Every text is escaped; drawings are our own.
pub fn certificate_html(one: &Certificate) -> String {
    // Writing to a string does not fail.
    Page { one, times: 0..WATERMARKS }.render().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> CertificateFacts {
        CertificateFacts {
            landscape: true,
            title: "食品经营许可证".into(),
            subtitle: None,
            number: "JY24406040000014".into(),
            words: None,
            rows: vec![("经营者名称".into(), "志远小馆<b>".into())],
            validity: "有效期至2031年11月21日".into(),
            mark: "1.2.156.3005.2.x".into(),
            issuer: "佛山市禅城区市场监督管理局".into(),
            issued_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            code: "K7MPX4QH92TD3FW0".into(),
            url: "https://example.gov.cn/licences/verify?code=K7MPX4QH92TD3FW0".into(),
            note: None,
            void: None,
            watermark: Vec::new(),
        }
    }

    #[test]
    fn it_bears_the_seal_of_its_issuer_and_no_markup_of_anybody() {
        let html = certificate_html(&certificate(facts()));
        assert!(html.contains("志远小馆&#60;b&#62;") && html.contains("aria-label=\"印章\""), "{html}");
        assert!(html.contains("K7MP-X4QH-92TD-3FW0") && html.contains("2026年11月22日"));
        assert!(!html.contains("cert-marks"), "nothing stands across it");
    }

    #[test]
    fn what_no_longer_stands_bears_no_seal_and_says_so() {
        let void = Some(("已换发".to_owned(), "本证已于2026年11月23日换发新证".to_owned()));
        let html = certificate_html(&certificate(CertificateFacts { void, ..facts() }));
        assert!(html.contains("已换发") && !html.contains("aria-label=\"印章\""), "{html}");
    }

    #[test]
    fn a_copy_says_all_over_what_it_is_for() {
        let watermark = vec!["仅供办理银行开户使用".to_owned()];
        let html = certificate_html(&certificate(CertificateFacts { watermark, ..facts() }));
        assert_eq!(
            html.matches("仅供办理银行开户使用").count(),
            WATERMARKS as usize + 1,
            "once more for readers aloud"
        );
    }
}
