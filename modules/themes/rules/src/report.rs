//! What `yimen plan --json` and `yimen questions --json` print: the command-line contract, and the JSON of the guide.
//!
//! The keys are a contract; add, never rename.

mod questions;

use kernel::value::Value;
use serde::Serialize;

use crate::item_set::ItemSet;
use crate::plan::{Change, FieldFigures, Inclusion, Plan, PlannedItem, PlannedMaterial, Standing};
use crate::schedule::{Bar, HOURS_A_DAY};
use crate::words::limit;

pub use questions::{QuestionLine, QuestionsReport};

/// A plan as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct PlanReport<'p> {
    /// Id of the theme.
    pub theme: &'p str,
    pub name: &'p str,
    pub items: Vec<ItemLine<'p>>,
    pub materials: MaterialsReport<'p>,
    pub fields: FieldFigures,
    pub days: Change,
    pub trips: Change,
    pub submissions: Change,
    /// In order of running.
    pub timeline: Vec<TimelineLine<'p>>,
    /// Ids of the items that decide how long the whole takes.
    pub critical_path: Vec<&'p str>,
    pub form: Vec<SectionReport<'p>>,
    /// Ids of the questions still to be answered.
    pub open_questions: Vec<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of_scope: Option<OutOfScope<'p>>,
    pub notes: &'p [&'p str],
}

/// An item of the theme.
#[derive(Debug, Clone, Serialize)]
pub struct ItemLine<'p> {
    pub id: &'p str,
    /// 业务办理项编码.
    pub code: &'p str,
    pub name: &'p str,
    pub authority: &'p str,
    pub included: bool,
    pub because: String,
    /// Elements without which it cannot be told; such an item is not included as long as they are missing.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub missing: &'p [catalog::ids::ElementCode],
}

/// The set of materials. `list` has `after` rows, of which `to_submit` are `hand-in`.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialsReport<'p> {
    pub before: u32,
    pub after: u32,
    pub to_submit: u32,
    pub list: Vec<MaterialLine<'p>>,
    /// Papers nobody needs any more.
    pub removed: Vec<MaterialLine<'p>>,
    /// Papers that depend on answers still missing.
    pub undecided: Vec<MaterialLine<'p>>,
}

/// A paper.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialLine<'p> {
    pub name: &'p str,
    /// Role of the one the paper is about, such as `agent`.
    pub holder: &'static str,
    pub holder_name: &'static str,
    /// form, hand-in, optional, later, exempt, removed, undecided.
    pub status: &'static str,
    pub because: String,
    /// Ids of the items that ask for it.
    pub asked_by: Vec<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<DemandLine<'p>>,
}

/// How a paper is to be handed in.
#[derive(Debug, Clone, Serialize)]
pub struct DemandLine<'p> {
    pub need: &'static str,
    pub copy: &'static str,
    pub medium: &'static str,
    pub copies: u32,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub standards: &'p [&'p str],
}

/// When an item runs. Working days after acceptance.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineLine<'p> {
    pub item: &'p str,
    pub name: &'p str,
    pub authority: &'p str,
    /// Parallel group, from 1.
    pub group: u32,
    pub start: f64,
    pub finish: f64,
    pub promise: String,
    /// Ids of the items it waits for.
    pub after: Vec<&'p str>,
    pub critical: bool,
}

/// A section of the form.
#[derive(Debug, Clone, Serialize)]
pub struct SectionReport<'p> {
    pub group: &'p str,
    pub title: &'static str,
    pub fields: Vec<FieldLine<'p>>,
}

/// A field of the form.
#[derive(Debug, Clone, Serialize)]
pub struct FieldLine<'p> {
    pub element: &'p str,
    pub label: &'p str,
    pub required: bool,
    /// prefilled, answered, derived, to-type.
    pub filled: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'p Value>,
    pub asked_by: Vec<&'p str>,
}

/// Why the theme does not lead there, and where to go.
#[derive(Debug, Clone, Serialize)]
pub struct OutOfScope<'p> {
    pub reason: &'p str,
    pub go: &'p str,
}

impl<'t> Plan<'t> {
    /// The plan as the command line prints it.
    pub fn report(&self) -> PlanReport<'_> {
        let theme = self.theme;
        PlanReport {
            theme: &theme.id,
            name: &theme.name,
            items: self.items.iter().map(|item| self.item_line(item)).collect(),
            materials: self.materials_report(),
            fields: self.figures.fields,
            days: self.figures.days,
            trips: self.figures.trips,
            submissions: self.figures.submissions,
            timeline: self.schedule.bars.iter().map(|bar| self.timeline_line(bar)).collect(),
            critical_path: self.schedule.critical_path.iter().map(|&item| &*theme.items[item].id).collect(),
            form: self.form_report(),
            open_questions: self.open_questions().map(|question| question.id.as_str()).collect(),
            out_of_scope: self.out_of_scope.map(|exit| OutOfScope { reason: &exit.reason, go: &exit.go }),
            notes: &self.notes,
        }
    }

    fn item_line<'p>(&'p self, item: &'p PlannedItem<'t>) -> ItemLine<'p> {
        let missing = match &item.inclusion {
            Inclusion::Undecided { missing } => &missing[..],
            _ => &[],
        };
        ItemLine {
            id: &item.item.id,
            code: &item.item.pin.code,
            name: &item.item.name,
            authority: &item.item.authority_name,
            included: item.is_included(),
            because: self.why_item(item),
            missing,
        }
    }

    fn materials_report(&self) -> MaterialsReport<'_> {
        let figures = self.figures.materials;
        let lines = |wanted: &dyn Fn(&Standing<'_>) -> bool| {
            let wanted = self.materials.iter().filter(|material| wanted(&material.standing));
            wanted.map(|material| self.material_line(material)).collect()
        };
        MaterialsReport {
            before: figures.before,
            after: figures.after,
            to_submit: figures.to_submit,
            list: lines(&|standing| standing.is_counted()),
            removed: lines(&|standing| matches!(standing, Standing::Removed(_))),
            undecided: lines(&|standing| matches!(standing, Standing::Undecided { .. })),
        }
    }

    fn material_line<'p>(&'p self, material: &'p PlannedMaterial<'t>) -> MaterialLine<'p> {
        let demand = material.requirement.as_ref().map(|requirement| DemandLine {
            need: requirement.need.word(),
            copy: requirement.copy.word(),
            medium: requirement.medium.word(),
            copies: requirement.copies,
            standards: &requirement.standards,
        });
        MaterialLine {
            name: material.name,
            holder: material.holder.word(),
            holder_name: material.holder.label(),
            status: material.standing.word(),
            because: self.why_material(material),
            asked_by: self.ids(material.asked_by),
            demand,
        }
    }

    fn timeline_line(&self, bar: &Bar) -> TimelineLine<'_> {
        let item = &self.theme.items[bar.item];
        let days = |hours: u32| f64::from(hours) / f64::from(HOURS_A_DAY);
        TimelineLine {
            item: &item.id,
            name: &item.name,
            authority: &item.authority_name,
            group: bar.wave,
            start: days(bar.start),
            finish: days(bar.finish),
            promise: limit(item.promise),
            after: self.ids(bar.after),
            critical: bar.critical,
        }
    }

    fn form_report(&self) -> Vec<SectionReport<'_>> {
        let sections = self.form.iter().map(|section| {
            let fields = section.fields.iter().map(|field| FieldLine {
                element: &field.field.element.code,
                label: field.label(),
                required: field.required,
                filled: field.filled.word(),
                because: self.why_filled(field),
                value: field.value.as_ref(),
                asked_by: self.ids(field.asked_by),
            });
            SectionReport { group: section.group, title: section.title(), fields: fields.collect() }
        });
        sections.collect()
    }

    fn ids(&self, items: ItemSet) -> Vec<&'t str> {
        self.items_of(items).map(|item| item.id.as_str()).collect()
    }
}
