//! What was found.

use serde::{Deserialize, Serialize};
use themes_service::{FindKind, Findings, Found, ThemeShelf};
use utoipa::ToSchema;

/// 查找的结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchAnswer {
    /// 最贴切的在前
    pub hits: Vec<SearchHit>,
    /// 可能想找的说法：按读音或者纠正错字找到的才有
    pub meant: Option<String>,
}

/// 找到的一个主题或者事项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchHit {
    /// `theme` 主题，`item` 事项
    pub kind: String,
    pub id: String,
    /// 老百姓的叫法
    pub name: String,
    /// 官方名称
    pub official: String,
    /// 贴切程度，0 到 1
    pub score: f64,
    /// 是否对得上；否则只是比较接近
    pub sure: bool,
    /// 对上的说法
    pub saying: Option<String>,
    /// 对上的字在 `saying` 里的位置：起（含）、止（不含），按字数
    pub marks: Vec<[usize; 2]>,
}

impl SearchAnswer {
    pub(crate) fn of(findings: Findings, shelf: &ThemeShelf) -> Self {
        let hits = findings.found.into_iter().filter_map(|found| SearchHit::of(found, shelf)).collect();
        Self { hits, meant: findings.meant }
    }
}

impl SearchHit {
    fn of(found: Found, shelf: &ThemeShelf) -> Option<Self> {
        let (name, official) = match found.kind {
            FindKind::Theme => shelf.theme(&found.id).ok().map(|theme| (theme.name.clone(), theme.official.clone()))?,
            FindKind::Item => {
                let item = shelf.catalogue().catalog().items.get(found.id.as_str())?;
                (item.plain.clone().unwrap_or_else(|| item.name.clone()), item.name.clone())
            }
        };
        let (saying, marks) = found.why.map(|why| (why.saying, why.marks)).unzip();
        Some(Self {
            kind: found.kind.word().to_owned(),
            id: found.id,
            name,
            official,
            score: (found.score * 1000.0).round() / 1000.0,
            sure: found.sure,
            saying,
            marks: marks.unwrap_or_default().into_iter().map(|mark| [mark.start, mark.end]).collect(),
        })
    }
}
