//! One specimen of every form, filled in for an invented matter.

use chrono::NaiveDate;
use documents::{
    CorrectionLine, Document, FeeLine, Form, Head, Issue, Notice, Paper, PaperDue, Power, Remedy, Voided, mark_of,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn head() -> Head {
    Head {
        authority: "佛山市禅城区市场监督管理局".into(),
        applicant: "何志远".into(),
        id_number: Some("4406**********2011".into()),
        matter: "食品经营许可（新办·小餐饮）".into(),
        item_code: Some("11440604MB2C90012D444013100200101".into()),
        case_number: "11440604MB2C90012D4440131002001202603020001".into(),
        power: Power::Licence,
        on: day("2026-03-02"),
        handler: Some("陈敏".into()),
        phone: Some("0757-82000201".into()),
        remedy: Some(Remedy {
            review: "佛山市禅城区人民政府".into(), court: "佛山市禅城区人民法院".into()
        }),
    }
}

fn paper(name: &str, form: &str) -> Paper {
    Paper { name: name.into(), handed_in_as: form.into(), used_for: "食品经营许可（新办·小餐饮）".into() }
}

fn papers() -> Vec<Paper> {
    vec![
        paper("经营场所使用证明", "电子件"),
        paper("经营场所平面布置图", "电子件"),
        paper("食品安全管理制度", "纸质原件"),
        paper("经营者身份证", "免提交（证照库核验）"),
    ]
}

fn forms() -> Vec<Form> {
    let received_on = day("2026-02-27");
    let accepted_on = day("2026-03-02");
    let basis = "《中华人民共和国食品安全法》第三十五条";
    vec![
        Form::Receipt { channel: "网上申请".into(), received_on, reply_by: Some(day("2026-03-06")), papers: papers() },
        Form::Acceptance {
            received_on,
            accepted_on,
            deemed: false,
            statutory: "自受理之日起10个工作日".into(),
            promise: "自受理之日起5个工作日".into(),
            due: Some(day("2026-03-09")),
        },
        Form::Correction {
            received_on,
            items: vec![
                CorrectionLine {
                    name: "经营场所使用证明".into(),
                    reason: "租赁合同缺少出租人签名，且租赁期限起始日期晚于申请日期".into(),
                    basis: "《食品经营许可和备案管理办法》第十二条".into(),
                    mend: "补交有双方签名、租赁期限有效的租赁合同扫描件".into(),
                },
                CorrectionLine {
                    name: "经营场所平面布置图".into(),
                    reason: "没有标明粗加工、烹饪和餐具消毒区域".into(),
                    basis: "办事指南“申请材料”第三项".into(),
                    mend: "重新绘制，标明各功能区的位置、面积和主要设备".into(),
                },
            ],
            due: Some(day("2026-03-23")),
            days: 15,
        },
        Form::NotNeeded {
            received_on,
            reason: "销售预包装食品实行备案管理，不需要取得食品经营许可。".into(),
            go_to: Some("佛山市禅城区市场监督管理局仅销售预包装食品备案窗口".into()),
        },
        Form::NonAcceptance {
            received_on,
            ground: "out-of-competence".into(),
            reason: "经营场所位于佛山市南海区，不属于本机关管辖区域。".into(),
            go_to: Some("佛山市南海区市场监督管理局".into()),
        },
        Form::SpecialProcedure {
            procedure: "现场核查".into(),
            reason: "经营项目含生食类食品制售，应当对专间设置情况进行现场核查".into(),
            basis: "《中华人民共和国行政许可法》第三十四条第三款".into(),
            begins_on: accepted_on,
            takes: "5个工作日".into(),
            until: Some(day("2026-03-09")),
        },
        Form::Fee {
            lines: vec![FeeLine {
                name: "城镇排水设施检测费".into(),
                standard: "每点位240元，共2个点位".into(),
                basis: "粤发改价格〔2016〕180号".into(),
                fen: 48_000,
            }],
            total_fen: 48_000,
            due: day("2026-03-16"),
            how: "政务服务网在线支付或者银行柜台".into(),
        },
        Form::Grant {
            received_on,
            accepted_on,
            basis: basis.into(),
            reason: Some("现场核查符合要求，同意发证。".into()),
            result: Some("食品经营许可证".into()),
            validity: Some("五年，自2026年3月5日至2031年3月4日".into()),
            delivery: "窗口领取".into(),
        },
        Form::Refusal {
            received_on,
            accepted_on,
            basis: basis.into(),
            reason: "经营场所与公共厕所、垃圾收集点的距离不足二十五米，且未设置独立的餐具消毒区域，不符合食品经营许可的条件。".into(),
        },
        Form::Revocation(undoing("以欺骗、贿赂等不正当手段取得", "第六十九条第二款", "提交的检测报告系伪造。")),
        Form::Cancellation(undoing("有效期届满未延续", "第七十条第一项", "许可证有效期至2026年3月1日，未申请延续。")),
        Form::DeliveryReceipt {
            how: "直接送达（窗口领取）".into(),
            delivered_on: day("2026-03-06"),
            place: "禅城区政务服务中心".into(),
            documents: vec![
                Document { name: "准予行政许可决定书".into(), number: "禅市监准〔2026〕1号".into() },
                Document { name: "食品经营许可证".into(), number: "JY24406040012345".into() },
            ],
            signed_by: "何志远".into(),
            relation: "本人".into(),
            servers: vec!["陈敏".into(), "李雪梅".into()],
            note: None,
        },
        Form::WindowTransfer {
            accepted_on,
            due: Some(day("2026-03-09")),
            from: "禅城区政务服务中心综合窗口".into(),
            to: "佛山市禅城区市场监督管理局".into(),
            handed_by: "陈敏".into(),
            papers: papers(),
        },
        Form::ResultTransfer {
            from: "佛山市禅城区市场监督管理局".into(),
            to: "禅城区政务服务中心出件窗口".into(),
            how: "窗口领取".into(),
            handed_by: "黄启明".into(),
            results: vec![Document { name: "食品经营许可证".into(), number: "JY24406040012345".into() }],
        },
        Form::MailAddress {
            recipient: "何志远".into(),
            phone: "199****5678".into(),
            address: "佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺".into(),
        },
        Form::Extension {
            accepted_on,
            reason: "现场核查发现经营场所布局正在调整，需要待调整完成后复核。".into(),
            was_due: Some(day("2026-03-09")),
            days: 5,
            now_due: Some(day("2026-03-16")),
            why_no_day: None,
            approved_by: "王建国（副局长）".into(),
        },
        Form::Hearing {
            reason: "该申请直接涉及申请人与相邻住户之间的重大利益关系".into(),
            on_application: true,
            request_by: Some(day("2026-03-09")),
        },
        Form::HearingSession {
            reason: "该申请直接涉及申请人与相邻住户之间的重大利益关系".into(),
            held_at: "2026年3月18日（周三）".into(),
            place: "禅城区政务服务中心三楼听证室".into(),
            presider: Some("梁国栋".into()),
        },
        Form::TolerantPromise {
            papers: vec![PaperDue { name: "从业人员健康证明".into(), due_words: None, due: Some(day("2026-03-09")) }],
        },
        Form::Commitment {
            basis: "《国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见》（国办发〔2020〕42号）".into(),
            clauses: vec![
                "经营场所与有毒、有害场所以及其他污染源保持规定的距离。".into(),
                "具有与经营的食品品种、数量相适应的设备或者设施。".into(),
                "有专职或者兼职的食品安全管理人员和保证食品安全的规章制度。".into(),
            ],
            evidence_due: Some("三十个工作日".into()),
        },
        Form::Withdrawal { received_on, withdrawn_on: day("2026-03-03"), reason: Some("经营地址变更".into()) },
        Form::Termination {
            received_on,
            reason: "办理本事项须先取得的营业执照未获登记，前置条件不具备。".into(),
            basis: "《中华人民共和国食品安全法》第三十五条".into(),
        },
    ]
}

/// How a specimen was issued.
pub fn issue(form: &str) -> Issue {
    let code = "K7MPX4QH92TD3FWB";
    Issue {
        number: format!("禅市监{}〔2026〕1号", mark_of(form).unwrap()),
        code: code.into(),
        url: format!("https://zwfw.chancheng.example/notices/verify?code={code}"),
        voided: None,
    }
}

/// All of them by name, a void one and other kinds of power too.
pub fn all() -> Vec<(String, Notice, Issue)> {
    let mut all: Vec<(String, Notice, Issue)> = forms()
        .into_iter()
        .map(|form| {
            let code = form.code();
            (code.to_owned(), Notice { head: head(), form }, issue(code))
        })
        .collect();
    let again = |code: &str| all.iter().find(|(name, ..)| name == code).cloned().unwrap();
    let (_, mut filing, issue) = again("grant");
    filing.head.power = Power::Filing;
    filing.head.authority = "佛山市禅城区住房城乡建设和水利局".into();
    let (_, refusal, refused) = again("refusal");
    let void = Issue { voided: Some(Voided { on: day("2026-03-08") }), ..refused };
    all.push(("grant-filing".into(), filing, issue));
    all.push(("refusal-void".into(), refusal, void));
    all
}

fn undoing(ground: &str, article: &str, reason: &str) -> documents::Undoing {
    documents::Undoing {
        result: "食品经营许可证".into(),
        number: Some("JY24406040012345".into()),
        ground: ground.into(),
        basis: format!("《中华人民共和国行政许可法》{article}"),
        reason: reason.into(),
    }
}
