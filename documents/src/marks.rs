//! What is drawn rather than written: the seal, the QR code, the code in groups.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// The red of seals and heads.
const RED: &str = "#d7000f";
/// Half the seal's breadth in the units of its drawing.
const RADIUS: f64 = 100.0;

/// The QR code of an address; an address too long for one gives none, nor does none: drawing one costs as much as all
/// the rest of a notice, and a notice that is only looked through for holes has no address yet.
pub(crate) fn qr(url: &str) -> String {
    labelled_qr(url, "查验二维码")
}

/// The same under another name for those who hear it read: an SVG to be put into a page as it is.
pub fn labelled_qr(url: &str, label: &str) -> String {
    if url.is_empty() {
        return String::new();
    }
    let Ok(code) = QrCode::with_error_correction_level(url, EcLevel::M) else { return String::new() };
    let drawn = code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(120, 120).build();
    // Inside a page there is no place for a declaration of XML.
    drawn.find("<svg").map_or(String::new(), |start| {
        drawn[start..].replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{label}\""), 1)
    })
}

/// `ABCD-EFGH-…`, so that it can be typed from paper.
pub(crate) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A round seal: the authority's name along the rim from left to right, a star, below it the name of a special seal
/// (专用章). Characters are placed one by one, because not every reader of SVG can write along a path.
pub(crate) fn seal(authority: &str, special: Option<&str>) -> String {
    let mut drawing = String::new();
    let size = 2.0 * RADIUS;
    let _ = write!(
        drawing,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"印章\">\
         <circle cx=\"{RADIUS}\" cy=\"{RADIUS}\" r=\"96\" fill=\"none\" stroke=\"{RED}\" stroke-width=\"5\"/>\
         <polygon points=\"{}\" fill=\"{RED}\"/><g fill=\"{RED}\" text-anchor=\"middle\" \
         font-family=\"'Noto Serif CJK SC','Source Han Serif SC','Songti SC','SimSun',serif\">",
        star(if special.is_some() { 26.0 } else { 32.0 })
    );
    let letters: Vec<char> = authority.chars().collect();
    let count = letters.len().max(2);
    // The name fills at most three quarters of the rim; long names get narrower letters.
    let span = (0.068 * count as f64).min(0.74);
    let letter = (span * TAU * 74.0 / count as f64).min(25.0);
    for (place, one) in letters.iter().enumerate() {
        let turn = span * (place as f64 / (count - 1) as f64 - 0.5) * 360.0;
        let _ = write!(
            drawing,
            "<text x=\"{RADIUS}\" y=\"{:.1}\" font-size=\"{letter:.1}\" transform=\"rotate({turn:.2} {RADIUS} {RADIUS})\">{}</text>",
            RADIUS - 71.0 + letter * 0.06,
            escaped(*one),
        );
    }
    if let Some(special) = special {
        let size = (118.0 / special.chars().count().max(5) as f64).min(19.0);
        let text: String = special.chars().map(escaped).collect();
        let _ = write!(drawing, "<text x=\"{RADIUS}\" y=\"151\" font-size=\"{size:.1}\">{text}</text>");
    }
    drawing.push_str("</g></svg>");
    drawing
}

fn star(radius: f64) -> String {
    let corner = |corner: u32| {
        let reach = if corner.is_multiple_of(2) { radius } else { radius * 0.382 };
        let angle = TAU * (f64::from(corner) / 10.0 - 0.25);
        format!("{:.1},{:.1}", RADIUS + reach * angle.cos(), RADIUS + reach * angle.sin())
    };
    (0..10).map(corner).collect::<Vec<_>>().join(" ")
}

fn escaped(letter: char) -> String {
    match letter {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_bears_every_letter_of_the_name_and_no_markup_of_it() {
        let drawn = seal("甲<局>", Some("行政审批专用章"));
        assert!(drawn.contains(">甲</text>") && drawn.contains(">&lt;</text>"), "{drawn}");
        assert!(drawn.contains("行政审批专用章"));
    }

    #[test]
    fn a_code_is_read_in_groups_and_a_qr_code_is_drawn() {
        assert_eq!(grouped("ABCDEFGHJK"), "ABCD-EFGH-JK");
        assert!(qr("https://example.gov.cn/notices/verify?code=ABCD").contains("<svg"));
    }
}
