//! Charts that people read: kept in the repository, compared here, written anew on request.

use std::path::PathBuf;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Compares a chart with the one that is kept in `chart/`; with `UPDATE_CHARTS` set, writes it there.
#[track_caller]
pub fn compare(name: &str, drawn: &str) {
    let path = root().join("chart").join(name);
    if std::env::var_os("UPDATE_CHARTS").is_some() {
        std::fs::write(&path, drawn).unwrap_or_else(|fault| panic!("cannot write {}: {fault}", path.display()));
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(drawn.lines()).find(|(kept, drawn)| kept != drawn);
    assert!(
        kept == drawn,
        "chart/{name} is no longer true; read its difference after UPDATE_CHARTS=1 cargo test -p yimen chart\n\
         first line that differs:\n  kept  {}\n  drawn {}",
        differs.map_or("(one ends before the other)", |(kept, _)| kept),
        differs.map_or("", |(_, drawn)| drawn)
    );
}
