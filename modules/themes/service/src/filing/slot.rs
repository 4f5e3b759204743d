//! Papers of the plan with the files handed in for them.

use themes::{Plan, PlannedMaterial, Standing};

use crate::acts::on_paper_mark;
use crate::draft::{Draft, Paper};

/// One paper of the plan.
pub struct Slot<'t> {
    /// Names the paper in addresses and rows, whatever place it has in the plan.
    pub key: String,
    pub material: PlannedMaterial<'t>,
    pub files: Vec<Paper>,
    /// Handed over on paper at the window.
    pub on_paper: bool,
}

impl Slot<'_> {
    /// Whether files may be handed in for it.
    pub fn takes_files(&self) -> bool {
        matches!(self.material.standing, Standing::HandIn { .. } | Standing::Optional)
    }

    /// Whether it must be handed in now.
    pub fn is_due(&self) -> bool {
        matches!(self.material.standing, Standing::HandIn { may_follow: None })
    }

    /// Whether it must be handed in now and has not been.
    pub fn is_missing(&self) -> bool {
        self.is_due() && self.files.is_empty() && !self.on_paper
    }

    /// Its id on a page.
    pub fn anchor(&self) -> String {
        anchor(&self.key)
    }
}

/// The id on a page of the paper with this key.
pub(crate) fn anchor(key: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() { c } else { '-' };
    format!("m-{}", key.chars().map(safe).collect::<String>())
}

/// What names a paper: canonical material, role of the holder, and the object where one holder has several.
pub fn slot_key(key: &themes::merge::MergeKey) -> String {
    let holder = key.holder.word();
    match &key.scope {
        Some(scope) => format!("{}.{holder}.{scope}", key.material),
        None => format!("{}.{holder}", key.material),
    }
}

/// Takes the papers out of the plan and gives each its files. The plan keeps the one form.
pub(super) fn work_out<'t>(plan: &mut Plan<'t>, draft: &Draft) -> Vec<Slot<'t>> {
    let materials = std::mem::take(&mut plan.materials);
    let (forms, others): (Vec<_>, Vec<_>) = materials.into_iter().partition(|material| material.paper.is_none());
    plan.materials = forms;
    let slot = |material: PlannedMaterial<'t>| {
        let key = slot_key(&material.paper?.key);
        let files = draft.papers.iter().filter(|paper| paper.slot == key).cloned().collect();
        let on_paper = draft.is_at_window() && draft.form.typed(&on_paper_mark(&key)).is_some();
        Some(Slot { key, material, files, on_paper })
    };
    others.into_iter().filter_map(slot).collect()
}
