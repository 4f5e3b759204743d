//! `yimen generate DIR`: grows the sample district into a city, to try and to measure on.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use catalog::SourceFile;
use catalog::sample::City;

use crate::Ending;

pub struct Order {
    pub folder: PathBuf,
    pub sample: PathBuf,
    pub seed: u64,
    pub authorities: usize,
    pub items: usize,
    pub themes: usize,
    pub json: bool,
}

/// Writes the city into a folder that is not there yet, or is empty.
pub fn run(order: &Order) -> Result<Ending> {
    let taken = std::fs::read_dir(&order.folder).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        bail!("{} is not empty", order.folder.display());
    }
    let (files, city) = grow(order)?;
    for file in &files {
        let path = order.folder.join(&file.path);
        let parent = path.parent().context("every file stands in a folder")?;
        std::fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        std::fs::write(&path, &file.text).with_context(|| format!("writing {}", path.display()))?;
    }
    let (folder, authorities, items) = (order.folder.display(), city.authorities.len(), city.items.len());
    let themes = files.iter().filter(|file| file.path.ends_with("/theme.yaml")).count();
    if order.json {
        let line = serde_json::json!({ "files": files.len(), "authorities_grown": authorities, "items_grown": items, "themes": themes });
        say!("{line}");
    } else {
        say!("{folder}: {} 个文件，新增机关 {authorities}，新增事项 {items}，主题 {themes}", files.len());
    }
    Ok(Ending::Good)
}

/// The files of the city, with the sample's themes among those that were asked for.
fn grow(order: &Order) -> Result<(Vec<SourceFile>, City)> {
    let sample = catalog_service::folder::read(&order.sample).context("reading the sample")?;
    let (compiled, _) = catalog::compile(&sample);
    let compiled = compiled.context("the sample has errors; `yimen check` shows them")?;
    let city = City::grow(&compiled.catalog, order.seed, order.authorities, order.items);
    let own = sample.iter().filter(|file| file.path.ends_with("/theme.yaml")).count();
    let mut files = city.files(&sample);
    files.extend(themes::sample::themes(&city, order.themes.saturating_sub(own)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok((files, city))
}
