//! Items, exits and notes of a theme file.

use catalog::codes::{DUPLICATE_ID, UNKNOWN_ITEM};
use catalog::diagnostic::Report;
use catalog::model::ItemStatus;
use catalog::reader::{At, Node};

use super::Compiler;
use crate::codes;
use crate::item_set::ItemSet;
use crate::source::{ExitSource, ItemSource, NoteSource};
use crate::theme::{Exit, Note, ThemeItem};

impl Compiler<'_> {
    /// Resolves the items. One the catalogue does not have is left out, after it has been reported.
    pub(super) fn members(&self, node: &Node, sources: &[ItemSource], report: &mut Report<'_>) -> Vec<ThemeItem> {
        if sources.len() > ItemSet::LIMIT {
            let what = format!("主题有 {} 个事项", sources.len());
            report.at(&codes::TOO_MANY_ITEMS, node.place(&["items".into()]), what);
        }
        let mut items: Vec<ThemeItem> = Vec::with_capacity(sources.len());
        for (entry, source) in sources.iter().enumerate().take(ItemSet::LIMIT) {
            let path = |key: &'static str| -> [At<'static>; 3] { ["items".into(), entry.into(), key.into()] };
            if let Some(first) = items.iter().find(|other| other.id == *source.item) {
                let finding =
                    report.at(&codes::ITEM_TWICE, node.place(&path("item")), format!("事项“{}”列了两次", source.item));
                finding.also(node.place(&["items".into(), first.entry.into(), "item".into()]), "第一次在这里");
                continue;
            }
            let when = source.when.as_ref().and_then(|when| self.condition(when, node, &path("when"), report));
            let Some(item) = self.catalog.items.get(source.item.as_str()) else {
                if !source.item.is_empty() {
                    let known = self.catalog.items.keys().map(|id| id.as_str());
                    let near =
                        catalog::spelling::closest(&source.item, known).map(|near| format!("是不是要写“{near}”？"));
                    let what = format!("目录里没有事项“{}”", source.item);
                    let finding = report.at(&UNKNOWN_ITEM, node.place(&path("item")), what);
                    near.map(|near| finding.mend(near));
                }
                continue;
            };
            if item.status != ItemStatus::Active {
                let what = format!("事项“{}”的状态是{}", item.name, item.status.label());
                report.at(&codes::ITEM_NOT_ACTIVE, node.place(&path("item")), what);
            }
            let authority = self.catalog.authorities.get(&item.authority);
            items.push(ThemeItem {
                entry,
                id: item.id.clone(),
                pin: item.pin(),
                name: item.name.as_str().into(),
                plain: item.plain.as_deref().unwrap_or(&item.name).into(),
                authority: item.authority.clone(),
                authority_name: authority.map_or(item.authority.as_str(), |authority| &authority.short).into(),
                when,
                because: source.because.clone(),
                otherwise: source.otherwise.clone(),
                promise: item.promise,
                statutory: item.statutory,
                consumes: item.consumes.clone(),
                provides: item.provides.clone(),
                result: item.result.name.clone(),
                visits: item.visits.count,
            });
        }
        items
    }

    /// Resolves the situations out of scope.
    pub(super) fn exits(&self, node: &Node, sources: &[ExitSource], report: &mut Report<'_>) -> Vec<Exit> {
        let mut exits = Vec::with_capacity(sources.len());
        for (entry, source) in sources.iter().enumerate() {
            let path = |key: &'static str| -> [At<'static>; 3] { ["out_of_scope".into(), entry.into(), key.into()] };
            let go = source.go.clone().unwrap_or_default();
            if go.is_empty() {
                let what = format!("不适用的情形没有写去处：{}", source.reason);
                report.at(&codes::NOWHERE_TO_GO, node.place(&path("reason")), what);
            }
            let when = self.condition(&source.when, node, &path("when"), report);
            exits.extend(when.map(|when| Exit { when, reason: source.reason.clone(), go }));
        }
        exits
    }

    /// Resolves the hints.
    pub(super) fn notes(&self, node: &Node, sources: &[NoteSource], report: &mut Report<'_>) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::with_capacity(sources.len());
        for (entry, source) in sources.iter().enumerate() {
            let path: [At<'_>; 3] = ["notes".into(), entry.into(), "when".into()];
            if notes.iter().any(|other| other.text == source.text) {
                report.at(
                    &DUPLICATE_ID,
                    node.place(&["notes".into(), entry.into(), "text".into()]),
                    "同一提示写了两次",
                );
            }
            let when = source.when.as_ref().map(|when| self.condition(when, node, &path, report));
            if let Some(when) = when.map_or(Some(None), |when| when.map(Some)) {
                notes.push(Note { when, text: source.text.clone() });
            }
        }
        notes
    }
}
