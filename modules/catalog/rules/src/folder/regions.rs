//! The table of regions (行政区划): `code,name,level,parent`, one a line.

use std::collections::BTreeMap;

use kernel::codes::{RegionCode, RegionLevel};

use crate::codes;
use crate::diagnostic::{Report, Span};
use crate::ids::RegionKey;
use crate::model::Region;

/// Regions by code.
#[derive(Default)]
pub(crate) struct Regions {
    rows: BTreeMap<RegionKey, (Region, Span)>,
    /// False when the table could not be read as a whole: then nobody is blamed for naming a region it lacks.
    complete: bool,
}

impl Regions {
    /// Reads the table in the file of that number.
    pub fn read(file: Option<usize>, report: &mut Report<'_>) -> Self {
        let mut regions = Self { rows: BTreeMap::new(), complete: file.is_some() };
        let Some(number) = file else { return regions };
        let mut start = 0_u32;
        for (index, line) in report.files()[number].text.split_inclusive('\n').enumerate() {
            let text = line.trim_end().trim_start_matches('\u{feff}');
            let length = text.chars().count() as u32;
            let span = Span { file: number as u32, start, end: start + length };
            start += line.chars().count() as u32;
            if index == 0 {
                if text != "code,name,level,parent" {
                    report.at(&codes::BROKEN_CSV, span, "区划表的表头应当是 code,name,level,parent");
                    regions.complete = false;
                    return regions;
                }
            } else if !text.is_empty() {
                regions.row(text, span, report);
            }
        }
        regions
    }

    fn row(&mut self, text: &str, span: Span, report: &mut Report<'_>) {
        let columns: Vec<&str> = text.split(',').map(str::trim).collect();
        let [code, name, level, parent] = columns[..] else {
            report.at(&codes::BROKEN_CSV, span, format!("这一行有 {} 列，应当是 4 列", columns.len()));
            self.complete = false;
            return;
        };
        let Some(level) = level_of(level) else {
            let what = format!("没有“{level}”这个级别");
            report.at(&codes::BROKEN_CSV, span, what).mend("级别写 province、city、county、town 或 community。");
            self.complete = false;
            return;
        };
        match RegionCode::parse(code) {
            Ok(parsed) if parsed.level() == level || code.len() == level.digits() => {}
            Ok(_) => drop(report.at(&codes::BAD_REGION_ROW, span, format!("代码 {code} 的位数与级别不符"))),
            Err(fault) => drop(report.at(&codes::BAD_REGION_ROW, span, format!("代码 {code} 不是区划代码（{fault}）"))),
        }
        if !parent.is_empty() && !code.starts_with(parent) {
            report.at(&codes::BAD_REGION_ROW, span, format!("代码 {code} 不以上级 {parent} 开头"));
        }
        let region = Region {
            code: code.into(),
            name: name.to_owned(),
            level,
            parent: (!parent.is_empty()).then(|| parent.into()),
        };
        if let Some((_, first)) = self.rows.get(code) {
            report.at(&codes::DUPLICATE_ID, span, format!("区划 {code} 登记了两次")).also(*first, "第一次登记在这里");
            return;
        }
        self.rows.insert(region.code.clone(), (region, span));
    }

    pub fn get(&self, code: &str) -> Option<&Region> {
        self.rows.get(code).map(|(region, _)| region)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Region, Span)> {
        self.rows.values().map(|(region, span)| (region, *span))
    }

    /// Reports when the table lacks a region somebody names.
    pub fn refer(&self, code: &RegionKey, span: Span, report: &mut Report<'_>) {
        if self.complete && !code.is_empty() && self.get(code).is_none() {
            report.at(&codes::UNKNOWN_REGION, span, format!("区划表里没有 {code}"));
        }
    }

    /// The plain rows.
    pub fn values(&self) -> BTreeMap<RegionKey, Region> {
        self.rows.iter().map(|(code, (region, _))| (code.clone(), region.clone())).collect()
    }
}

fn level_of(word: &str) -> Option<RegionLevel> {
    Some(match word {
        "province" => RegionLevel::Province,
        "city" => RegionLevel::City,
        "county" => RegionLevel::County,
        "town" => RegionLevel::Town,
        "village" | "community" => RegionLevel::Village,
        _ => return None,
    })
}
