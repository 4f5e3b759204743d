//! Every form is set: pages come out, they hold the words of the form, and the same sheet gives the same bytes.

#[path = "../../tests/specimens/mod.rs"]
mod specimens;

use documents::{Press, PressFault, compose};
use press::Typst;

#[test]
fn every_form_becomes_a_pdf_and_the_same_one_twice() {
    let press = Typst::new(None);
    // With a folder in YIMEN_SPECIMENS the sheets are left there, to be looked at.
    let kept = std::env::var_os("YIMEN_SPECIMENS").map(std::path::PathBuf::from);
    for (name, notice, issue) in specimens::all() {
        let sheet = compose(&notice, &issue).unwrap();
        let began = std::time::Instant::now();
        let pdf = press.pdf(&sheet).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        println!("{name}: {} bytes, {} ms", pdf.len(), began.elapsed().as_millis());
        assert!(pdf.starts_with(b"%PDF-"), "{name}");
        assert!(pdf.len() > 8_000, "{name}: {} bytes hold no fonts", pdf.len());
        assert_eq!(press.pdf(&sheet).unwrap(), pdf, "{name}");
        if let Some(folder) = &kept {
            std::fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
        }
    }
}

#[test]
fn without_fonts_nothing_is_printed_and_the_reason_is_told() {
    let empty = tempfile::tempdir().unwrap();
    let press = Typst::new(Some(empty.path().to_owned()));
    let (_, notice, issue) = specimens::all().remove(0);
    let fault = press.pdf(&compose(&notice, &issue).unwrap()).unwrap_err();
    assert!(matches!(fault, PressFault::NoFonts { .. }), "{fault}");
}
