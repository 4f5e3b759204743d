//! The columns of a list, and what offices call them.

use serde::{Deserialize, Serialize};

/// Declares the columns: variant, stable code, our head, and other heads that offices use for the same.
macro_rules! columns {
    ($($(#[$about:meta])* $variant:ident = $code:literal $head:literal [$($alias:literal),*],)+) => {
        /// A column of a list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Column {
            $($(#[$about])* #[serde(rename = $code)] $variant,)+
        }

        impl Column {
            /// All of them, in the order of our files.
            pub const ALL: &'static [Column] = &[$(Column::$variant),+];

            /// The stable code, as forms and columns of the database have it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The head it has in our files.
            pub fn head(self) -> &'static str {
                match self { $(Self::$variant => $head,)+ }
            }

            /// Heads offices give it.
            pub fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($alias),*],)+ }
            }
        }
    };
}

columns! {
    /// 清单
    List = "list" "清单" ["清单类型", "清单类别"],
    /// 事项名称
    Name = "name" "事项名称" ["name", "名称", "职权名称", "权力名称", "权责事项", "服务事项", "收费项目", "项目名称", "业务办理项", "业务办理项名称", "子项", "子项名称", "task_name"],
    /// 事项编码
    Code = "code" "事项编码" ["item_code", "编码", "职权编码", "权力编码", "实施编码", "业务办理项编码", "项目编码", "task_code"],
    /// 主项
    MainItem = "main-item" "主项名称" ["main_item", "主项", "事项主项", "catalog_name"],
    /// 事项类型
    Matter = "matter" "事项类型" ["task_type", "职权类型", "权力类型", "权力类别", "职权类别", "类型", "类别"],
    /// 行使主体
    Unit = "unit" "实施主体" ["department", "部门", "部门名称", "行使主体", "实施机关", "实施部门", "单位", "单位名称", "执收单位", "dept_name"],
    /// 统一社会信用代码
    UnitCode = "unit-code" "统一社会信用代码" ["dept_code", "信用代码", "社会信用代码", "机构代码", "部门编码", "单位代码"],
    /// 行使层级
    Level = "level" "行使层级" ["层级", "use_level"],
    /// 行政区划代码
    Region = "region" "行政区划代码" ["area_code", "区划", "区划代码", "行政区划"],
    /// 设定依据
    Basis = "basis" "设定依据" ["依据", "法律依据", "实施依据", "收费依据", "by_law"],
    /// 事前责任
    DutiesBefore = "duties-before" "责任事项（事前）" ["事前责任", "事前", "事前监管"],
    /// 事中责任
    DutiesDuring = "duties-during" "责任事项（事中）" ["责任事项", "事中责任", "事中", "部门职责"],
    /// 事后责任
    DutiesAfter = "duties-after" "责任事项（事后）" ["事后责任", "事后", "事后监管", "事中事后监管"],
    /// 追责情形
    Liability = "liability" "追责情形" ["追责情形和依据", "责任追究", "问责情形"],
    /// 运行流程
    Stages = "stages" "运行流程" ["流程", "办理流程", "运行流程图", "handle_flow"],
    /// 廉政风险点
    Risks = "risks" "廉政风险点" ["风险点", "廉政风险", "廉洁风险点"],
    /// 职责边界
    Boundaries = "boundaries" "职责边界" ["边界", "部门职责边界"],
    /// 收费标准
    Charge = "charge" "收费标准" ["标准", "fee_stand"],
    /// 目录事项
    Item = "item" "目录事项" [],
}

impl Column {
    /// The column of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.code() == code)
    }

    /// The column an office means by this head, if it is one of those known.
    pub fn of_head(head: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '*' && *c != '\u{feff}');
            kept.map(|c| match c {
                '(' => '（',
                ')' => '）',
                other => other.to_ascii_lowercase(),
            })
            .collect()
        };
        let said = plain(head);
        let fits =
            |column: &&Self| said == plain(column.head()) || column.aliases().iter().any(|alias| said == plain(alias));
        Self::ALL.iter().find(fits).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_names_one_column() {
        let mut heads: Vec<&str> =
            Column::ALL.iter().flat_map(|one| one.aliases().iter().copied().chain([one.head()])).collect();
        let all = heads.len();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), all, "a head stands for two columns");
        for column in Column::ALL {
            assert_eq!(Column::of_head(column.head()), Some(*column));
            assert_eq!(Column::parse(column.code()), Some(*column));
        }
        assert_eq!(Column::of_head("*责任事项 (事前)"), Some(Column::DutiesBefore));
        assert_eq!(Column::of_head("备注"), None);
    }
}
