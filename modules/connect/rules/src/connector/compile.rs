//! From files to connectors.

use catalog::codes::DUPLICATE_ID;
use catalog::diagnostic::{Diagnostic, Report, SourceFile, Span, has_errors};
use catalog::model::Catalog;
use catalog::reader::{Read, load};

use super::{Connector, checks};

/// Compiles the connectors among the files (`connectors/<id>.yaml`); other files are left alone. None are returned as long
/// as any of them has an error. The catalogue must itself have compiled without errors.
pub fn compile(catalog: &Catalog, files: &[SourceFile]) -> (Option<Vec<Connector>>, Vec<Diagnostic>) {
    let mut report = Report::new(files);
    let mut connectors: Vec<(Connector, Span)> = Vec::new();
    for (number, name) in
        files.iter().enumerate().filter_map(|(number, file)| Some((number, connector_of(&file.path)?)))
    {
        let Some(node) = load(number, &mut report) else { continue };
        let before = report.count();
        let connector = Connector::read(&node, &mut report);
        // A stand-in is nobody's intention.
        if report.count() == before {
            checks::all(&connector, name, &node, catalog, &mut report);
        }
        let place = node.place(&["id".into()]);
        if let Some((_, first)) = connectors.iter().find(|(other, _)| other.id == connector.id) {
            let finding = report.at(&DUPLICATE_ID, place, format!("适配器“{}”有两个", connector.id));
            finding.also(*first, "第一个在这里");
        }
        connectors.push((connector, place));
    }
    let diagnostics = report.finish();
    let sound = !has_errors(&diagnostics);
    (sound.then(|| connectors.into_iter().map(|(connector, _)| connector).collect()), diagnostics)
}

/// The name of a connector's file: `signboard` for `connectors/signboard.yaml`.
pub fn connector_of(path: &str) -> Option<&str> {
    let name = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))?;
    let name = name.strip_prefix("connectors/")?;
    (!name.contains('/')).then_some(name)
}
