//! One row of the set of materials: to hand in, or not, and why.

use askama::Template;

/// Whether a material must be handed in. The text is the reason, said to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// 要交
    HandIn,
    /// 免交: licence on file, data check, made inside the theme, commitment.
    Exempt(String),
    /// 可以后补: until when or under what condition.
    Deferred(String),
    /// 已交: handed in already; the text says when or as what.
    Given(String),
}

/// One material as the plan and the case show it. Stands inside `<ul class="materials">`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/material.html")]
pub struct MaterialRow {
    /// 房屋租赁合同
    pub name: String,
    /// Whose or about what: 经营场所; empty when plain.
    pub holder: String,
    /// Whether it must be handed in.
    pub standing: Standing,
    /// 原件核验，复印件1份; empty when it does not matter.
    pub form: String,
    /// Authorities that ask for it, to show what was merged.
    pub asked_by: Vec<String>,
    /// What it is and where to get it.
    pub help: Option<String>,
    /// Sample to look at: label and address.
    pub sample: Option<(String, String)>,
}

impl MaterialRow {
    /// A material with its standing; the rest is public and may be set after.
    pub fn new(name: impl Into<String>, standing: Standing) -> Self {
        Self {
            name: name.into(),
            holder: String::new(),
            standing,
            form: String::new(),
            asked_by: Vec::new(),
            help: None,
            sample: None,
        }
    }

    fn class(&self) -> &'static str {
        match self.standing {
            Standing::HandIn => "to-hand-in",
            Standing::Exempt(_) => "exempt",
            Standing::Deferred(_) => "deferred",
            Standing::Given(_) => "given",
        }
    }

    fn word(&self) -> &'static str {
        match self.standing {
            Standing::HandIn => "要交",
            Standing::Exempt(_) => "免交",
            Standing::Deferred(_) => "可后补",
            Standing::Given(_) => "已交",
        }
    }

    fn reason(&self) -> &str {
        match &self.standing {
            Standing::HandIn => "",
            Standing::Exempt(why) | Standing::Deferred(why) | Standing::Given(why) => why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exempt_material_says_why() {
        let html = MaterialRow::new("营业执照", Standing::Exempt("本次一并办理，办好后自动共享".into())).to_string();
        assert!(html.contains("免交") && html.contains("本次一并办理"));
        assert!(!MaterialRow::new("租赁合同", Standing::HandIn).to_string().contains("免交"));
    }
}
