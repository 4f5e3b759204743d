//! The handbook's page of diagnostics says what the tables of codes of all crates say.
//!
//! Written here because this crate sees all tables. `make charts` writes the page anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use catalog::codes::Code;
use catalog::diagnostic::Severity;

/// Chapters by the first two digits of their codes: heading, and where such faults stand.
const CHAPTERS: [(&str, &str, &str); 9] = [
    ("00", "读文件", "任何一个文件。文件读不下去时，只有这个文件后面的内容没有检查。"),
    ("01", "互相引用", "一处写的 id、代码在别处找不到，或者两处重复、互相等待。"),
    ("02", "条件", "`when` 里的表达式；事项和主题的条件用同一套规则，写法见[条件怎样写](conditions.md)。"),
    ("03", "事项和它的周围", "时限、环节、材料、收费，以及数据元、人员和大厅。"),
    ("04", "法律和编码", "依据、条款、引文，业务办理项编码、信用代码、区划代码。"),
    ("05", "主题和场景", "`themes/` 里的 `theme.yaml` 和 `scenarios.yaml`。"),
    ("06", "委托", "授权、委托和划转：谁的权力由谁行使（`delegations.yaml`）。"),
    (
        "07",
        "对接适配器",
        "`connectors/` 里的文件：办件怎样推送给部门自己的系统，结果怎样取回；以及 `exchange.yaml`：数据上报用的代码。",
    ),
    ("08", "群众用语", "`words/` 里的文件：人们怎样称呼目录里的东西，哪些话查找时不看。"),
];

const HEAD: &str = "\
# 诊断一览

`yimen check` 每发现一处问题，就报一个编码，并说明：哪个文件第几行、什么问题、为什么要紧、怎么改。本页列出全部编码。

- **E** 是错误：有错误的目录不能发布。**W** 是提醒：可以发布，但要有人看一眼。
- 编码的含义不变；不再使用的规则，编码空着，不给别的规则用。
- 具体到某一处时，“怎么改”常常更准，例如“是不是要写‘site_area’？”。
- 在命令行查一个编码：`yimen check --explain E0101`。

写法见[怎样写一个事项、一个主题](catalogue.md)。本页由测试按程序里的编码表生成，不要手改；编码表变了，运行 `make charts` 重写。
";

fn print() -> String {
    let mut chapters: BTreeMap<&str, Vec<&'static Code>> = BTreeMap::new();
    for code in connect::check::codes() {
        chapters.entry(&code.id[1..3]).or_default().push(code);
    }
    let warnings = chapters.values().flatten().filter(|code| code.severity == Severity::Warning).count();
    let all = chapters.values().map(Vec::len).sum::<usize>();
    let mut text = HEAD.to_owned();
    let _ = writeln!(text, "\n共 {all} 个编码，其中错误 {} 个，提醒 {warnings} 个。", all - warnings);
    for (digits, codes) in chapters {
        let (_, heading, place) = chapter(digits);
        let _ = writeln!(
            text,
            "\n## {digits} {heading}\n\n{place}\n\n| 编码 | 什么问题 | 为什么要紧 | 怎么改 |\n|---|---|---|---|"
        );
        for code in codes {
            let Code { id, title, why, mend, .. } = code;
            let _ = writeln!(text, "| {id} | {} | {} | {} |", cell(title), cell(why), cell(mend));
        }
    }
    text
}

fn chapter(digits: &str) -> (&'static str, &'static str, &'static str) {
    let found = CHAPTERS.into_iter().find(|(known, ..)| *known == digits);
    found.unwrap_or_else(|| panic!("codes with the digits {digits} have no chapter in the handbook"))
}

/// A text as the cell of a table: a bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_chart_of_diagnostics_in_the_handbook_is_what_the_codes_say() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../docs/handbook/diagnostics.md");
    let drawn = print();
    if std::env::var_os("UPDATE_CHARTS").is_some() {
        std::fs::write(&path, &drawn).expect("write docs/handbook/diagnostics.md");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == drawn, "docs/handbook/diagnostics.md differs; read the difference after make charts");
}
