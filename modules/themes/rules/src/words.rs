//! The reasons of a plan in words, for the command line, the guide and the page alike: every inclusion, exclusion,
//! exemption and assumption says why (为什么).

use catalog::ids::ElementCode;
use kernel::limit::{Limit, Unit};

use crate::plan::{Exemption, Filled, FormField, Inclusion, Plan, PlannedItem, PlannedMaterial, Removal, Standing};
use crate::theme::Theme;

/// A limit as people say it: 10个工作日, 当场办结.
pub fn limit(limit: Limit) -> String {
    let value = limit.value;
    match limit.unit {
        Unit::AtOnce => "当场办结".to_owned(),
        Unit::Workday => format!("{value}个工作日"),
        Unit::NaturalDay => format!("{value}日"),
        Unit::Hour => format!("{value}小时"),
        Unit::Month => format!("{value}个月"),
        Unit::Year => format!("{value}年"),
    }
}

impl Plan<'_> {
    /// Why an item is part of the plan or not.
    pub fn why_item(&self, item: &PlannedItem<'_>) -> String {
        let own = |text: &Option<String>, fallback: &str| text.clone().unwrap_or_else(|| fallback.to_owned());
        match &item.inclusion {
            Inclusion::Included if item.item.when.is_some() => own(&item.item.because, "按您的回答需要办理"),
            Inclusion::Included => own(&item.item.because, "办这件事都要办理"),
            Inclusion::Excluded => own(&item.item.otherwise, "按您的回答不需要办理"),
            Inclusion::OutOfScope => match self.out_of_scope {
                Some(exit) => format!("不在本主题办理：{}", exit.reason),
                None => "不在本主题办理".to_owned(),
            },
            Inclusion::Undecided { missing } => self.ask_first(missing),
        }
    }

    /// Why a paper must be handed in, or why not.
    pub fn why_material(&self, material: &PlannedMaterial<'_>) -> String {
        match &material.standing {
            Standing::Form { merged: 1 } => "网上填写，已有的信息自动带出".to_owned(),
            Standing::Form { merged } => format!("{merged}张申请表合并为一张，网上填写，已有的信息自动带出"),
            Standing::HandIn { may_follow: None } => format!("{}需要", self.who_asks(material)),
            Standing::HandIn { may_follow: Some(days) } => {
                format!("{}需要，可以先受理，{days}个工作日内补交", self.who_asks(material))
            }
            Standing::Optional => "非必要材料，可以不提交".to_owned(),
            Standing::Later { due: None } => "已选择告知承诺，现在不用提交".to_owned(),
            Standing::Later { due: Some(due) } => {
                format!("已选择告知承诺，现在不用提交，领证后{}内备齐", limit(*due))
            }
            Standing::Exempt(Exemption::LicenceOnFile { licence }) => {
                format!("电子证照库中已有有效的{licence}，不用提交")
            }
            Standing::Exempt(Exemption::DataCheck) => "由审批部门联网核验，不用提交".to_owned(),
            Standing::Removed(Removal::Product { item }) => {
                format!("由本次一并办理的“{}”产生，内部流转，不用提交", self.theme.items[*item].plain)
            }
            Standing::Removed(Removal::FormField { element }) => {
                format!("内容已并入申请表“{}”一栏，不用提交", self.theme.name_of(element))
            }
            Standing::Undecided { missing } => self.ask_first(missing),
        }
    }

    /// Where a field's value comes from; none when the applicant types it.
    pub fn why_filled(&self, field: &FormField<'_>) -> Option<String> {
        match &field.filled {
            Filled::Prefilled { source, .. } => Some(format!("来自{source}")),
            Filled::Answered { question } => Some(format!("来自您的回答：{}", self.theme.questions[*question].text)),
            Filled::Derived => Some("自动生成".to_owned()),
            Filled::ToType => None,
        }
    }

    fn who_asks(&self, material: &PlannedMaterial<'_>) -> String {
        let mut names: Vec<&str> = Vec::new();
        for item in self.items_of(material.asked_by) {
            if !names.contains(&&*item.authority_name) {
                names.push(&item.authority_name);
            }
        }
        names.join("、")
    }

    fn ask_first(&self, missing: &[ElementCode]) -> String {
        let names: Vec<String> = missing.iter().map(|element| format!("“{}”", self.theme.ask_for(element))).collect();
        format!("还不能确定，请先回答{}", names.join(""))
    }
}

impl Theme {
    /// The name of an element that is a field of this theme or read by one of its conditions; otherwise its code.
    pub fn name_of<'a>(&'a self, element: &'a str) -> &'a str {
        self.names.get(element).map_or(element, |name| name)
    }

    /// The question that asks for an element, or the element's name when none does.
    fn ask_for<'a>(&'a self, element: &'a str) -> &'a str {
        let question = self.questions.iter().find(|question| question.element == *element);
        question.map_or_else(|| self.name_of(element), |question| &question.text)
    }
}
