//! Prints the whole chart, state by state, from what `decide` answers. A lawyer reads its difference.
//! `UPDATE_CHARTS=1 cargo test -p casework` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use casework::{
    CancellationGround, Case, CaseLaw, Finding, HearingAnswer, MissingPaper, NonAcceptanceGround, Officer, Opinion,
    Order, OrderKind, RevocationGround, Status, apply, decide, refusals,
};

use crate::sample::*;
use crate::text::zh;

/// Cases in each state, as different as the law sees them.
fn cases() -> Vec<Case> {
    let law = law();
    let on = "2026-03-02";
    let received = received(on);
    let awaiting = received_awaiting(on, &["business-licence"]);
    let noticed = then(received.clone(), notify(&["B1"]), &law, on);
    let corrected = then(noticed.clone(), answer(&["B1"]), &law, on);
    let waiting = then(awaiting.clone(), accept(clerk()), &law, on);
    let waiting_handled = then(waiting.clone(), step("handle", handler()), &law, on);
    let waiting_reviewed = then(waiting_handled, step("review", reviewer()), &law, on);
    let two = received_awaiting(on, &["business-licence", "lease"]);
    let waiting_for_two = then(two, accept(clerk()), &law, on);
    let met_early = then(waiting.clone(), met("business-licence"), &law, on);
    let met_late = then(waiting_reviewed.clone(), met("business-licence"), &law, on);
    let handled_by_jack = then(accepted(on), step("handle", jack()), &law, on);
    let jack_everywhere = then(handled_by_jack, step("review", reviewer()), &law, on);
    let served = then(refused(on), deliver("张三"), &law, on);
    let mut cases = pre_review_cases();
    cases.extend(preliminary_cases());
    cases.extend(later_cases());
    cases.extend([
        received.clone(),
        awaiting.clone(),
        then(awaiting.clone(), notify(&["B1"]), &law, on),
        noticed.clone(),
        corrected,
        then(then(awaiting.clone(), notify(&["B1"]), &law, on), answer(&["B1"]), &law, on),
        waiting.clone(),
        waiting_reviewed,
        waiting_for_two,
        accepted(on),
        reviewed(on),
        met_early,
        met_late,
        jack_everywhere,
        granted(on),
        issued(on),
        delivered(on),
        refused(on),
        served,
        then(received.clone(), not_accept(NonAcceptanceGround::NotNeeded, "不需要", None), &law, on),
        then(noticed, Order::LapseCorrection, &law, "2026-04-01"),
        then(received, withdraw(), &law, on),
        then(waiting, failed("business-licence"), &law, on),
    ]);
    cases
}

/// Reviewed first by a lower authority; decided for another and to be received by who supervises.
fn preliminary_cases() -> Vec<Case> {
    let (law, on) = (law(), "2026-03-02");
    let below = then(below(on), accept(clerk()), &law, on);
    let up = then(below.clone(), hand_up("材料属实，同意报送"), &law, on);
    let entrusted = entrusted();
    let reviewed = then(reviewed_by(&entrusted, on), grant(approver()), &entrusted, on);
    vec![below, up, reviewed.clone(), then(reviewed, supervise(), &law, on)]
}

/// Filed online and looked at before receipt.
fn pre_review_cases() -> Vec<Case> {
    let (law, on) = (law(), "2026-03-02");
    let advised = then(filed(on), advise(&["B1"]), &law, on);
    vec![filed(on), then(filed(on), pass(), &law, on), then(advised.clone(), mend(&["B1"]), &law, on), advised]
}

/// What can befall a case besides its ordinary way: gaps, special procedures, hearings, commitments, a licence undone.
fn later_cases() -> Vec<Case> {
    let law = law();
    let on = "2026-03-02";
    let tolerated = then(received(on), tolerate(&["B5"]), &law, on);
    let tolerated_and_reviewed =
        then(then(tolerated.clone(), step("handle", handler()), &law, on), step("review", reviewer()), &law, on);
    let waiting = then(received_awaiting(on, &["business-licence"]), accept(clerk()), &law, on);
    let offered = then(reviewed(on), offer_hearing(), &law, on);
    let asked = then(offered.clone(), hearing(HearingAnswer::Wanted), &law, on);
    let set = then(asked.clone(), announce("2026-03-11", "区政务服务中心三楼"), &law, on);
    let promised = then(committed(on), accept(clerk()), &law, on);
    let done = committed_and_delivered(on);
    let broken = then(done.clone(), check(Finding::Broken, "未按承诺配备消毒设施", 0), &law, on);
    let revoked = then(broken.clone(), revoke(RevocationGround::BrokenCommitment, "承诺不实", approver()), &law, on);
    let renewal = then(renewing("2026-01-05", "2026-03-06"), accept(clerk()), &law, "2026-01-06");
    vec![
        tolerated.clone(),
        tolerated_and_reviewed,
        then(tolerated.clone(), supply(&["B5"]), &law, on),
        then(tolerated, Order::LapseGap, &law, "2026-03-10"),
        then(reviewed(on), begin("inspection", 5), &law, on),
        then(accepted(on), begin("inspection", 15), &law, on),
        then(waiting, begin("inspection", 5), &law, on),
        then(accepted(on), extend(10, "须补充核查", approver()), &law, on),
        then(offered.clone(), hearing(HearingAnswer::Waived), &law, on),
        offered,
        asked,
        set.clone(),
        then(set, hold("双方意见记录在案"), &law, "2026-03-11"),
        committed(on),
        promised.clone(),
        then(promised, Order::WithdrawCommitment, &law, on),
        then(done.clone(), supply(&["B5"]), &law, on),
        done,
        broken,
        revoked.clone(),
        then(revoked, cancel(CancellationGround::Revoked, "已撤销", approver()), &law, on),
        then(delivered(on), cancel(CancellationGround::Otherwise, "持证人申请", approver()), &law, on),
        renewal,
    ]
}

/// Every kind of order, well and badly formed, by the right and by the wrong person.
fn orders() -> Vec<Order> {
    use NonAcceptanceGround::*;
    let disagree = Order::CompleteStep { step: "handle".into(), opinion: Opinion::disagree(""), by: handler() };
    let mut orders = pre_review_orders();
    orders.extend([hand_up("材料属实，同意报送"), hand_up(""), supervise(), Order::MovePower]);
    orders.extend(later_orders());
    orders.extend([
        accept(clerk()),
        notify(&["B1"]),
        notify(&[]),
        notify(&["B1", "B1"]),
        Order::NotifyCorrection {
            items: vec![casework::CorrectionItem { mend: String::new(), ..item("B1") }],
            by: clerk(),
        },
        answer(&["B1"]),
        answer(&[]),
        not_accept(NotNeeded, "依法不需要许可", None),
        not_accept(NotNeeded, "", None),
        not_accept(OutOfCompetence, "属市级权限", Some("市局")),
        not_accept(OutOfCompetence, "属市级权限", None),
        not_accept(StillIncomplete, "仍不齐全", None),
        step("handle", handler()),
        step("review", reviewer()),
        step("handle", reviewer()),
        step("handle", clerk()),
        step("decide", approver()),
        step("none", handler()),
        disagree,
        grant(approver()),
        refuse("不符合条件", approver()),
        refuse("", approver()),
        grant(clerk()),
        grant(jack()),
        grant(handler()),
        met("business-licence"),
        met("other-licence"),
        failed("business-licence"),
        issue("1号"),
        issue(""),
        deliver("张三"),
        deliver(""),
        withdraw(),
        Order::DeemAccepted,
        Order::LapseCorrection,
    ]);
    orders
}

/// Announced with this one presiding.
fn presided(id: &str) -> Order {
    let place = "区政务服务中心三楼".to_owned();
    Order::AnnounceHearing { on: day("2026-03-17"), place, presider: presider(id), by: handler() }
}

fn pre_review_orders() -> Vec<Order> {
    vec![pass(), advise(&["B1"]), advise(&[]), mend(&["B1"]), mend(&[]), Order::SkipPreReview, Order::LapsePreReview]
}

fn later_orders() -> Vec<Order> {
    let main = MissingPaper { secondary: false, ..paper("B1") };
    vec![
        on_spot(&["门牌号更正为12号"]),
        on_spot(&[]),
        tolerate(&["B5"]),
        tolerate(&[]),
        Order::AcceptTolerantly { papers: vec![main], by: clerk() },
        supply(&["B5"]),
        supply(&[]),
        begin("inspection", 5),
        begin("inspection", 0),
        begin("inspection", 16),
        begin("auction", 5),
        end("符合要求"),
        end(""),
        offer_hearing(),
        Order::OfferHearing { why: String::new(), by: handler() },
        hearing(HearingAnswer::Wanted),
        hearing(HearingAnswer::Waived),
        announce("2026-03-17", "区政务服务中心三楼"),
        announce("2026-03-17", ""),
        presided("handler"),
        presided(""),
        step("handle", Officer::new("legal-officer", [access::Role::Handler])),
        grant(Officer::new("legal-officer", [access::Role::Approver])),
        announce("2026-03-04", "区政务服务中心三楼"),
        announce("2026-06-01", "区政务服务中心三楼"),
        hold("双方意见记录在案"),
        hold(""),
        extend(10, "须补充核查", approver()),
        extend(11, "须补充核查", approver()),
        extend(10, "", approver()),
        extend(10, "须补充核查", handler()),
        Order::WithdrawCommitment,
        check(Finding::Kept, "", 0),
        check(Finding::Rectify, "缺消毒设施", 5),
        check(Finding::Rectify, "缺消毒设施", 0),
        check(Finding::Broken, "从未配备", 0),
        check(Finding::Broken, "", 0),
        revoke(RevocationGround::ByFraud, "伪造检测报告", approver()),
        revoke(RevocationGround::BrokenCommitment, "承诺不实", approver()),
        revoke(RevocationGround::ByFraud, "", approver()),
        revoke(RevocationGround::ByFraud, "伪造检测报告", handler()),
        cancel(CancellationGround::Otherwise, "持证人申请", approver()),
        cancel(CancellationGround::Revoked, "已撤销", approver()),
        Order::LapseGap,
        Order::ExpireSpecial,
        Order::LapseHearing,
        Order::MissEvidence,
        Order::DeemRenewed,
    ]
}

/// In time, after the five days, after the correction period, after the sixty days, and before the last act.
const DAYS: [&str; 5] = ["2026-03-03", "2026-03-10", "2026-04-02", "2026-05-06", "2026-03-01"];

#[derive(Default)]
struct Cell {
    leads_to: Vec<Status>,
    refused: Vec<String>,
    moot: bool,
}

type Chart = BTreeMap<(Status, OrderKind), Cell>;

fn explore() -> Chart {
    let plain = law();
    let without_result = CaseLaw { makes_result: false, tolerance: None, specials: vec![], ..law() };
    let late_calendar = "2027-02-01";
    let mut chart = Chart::new();
    for case in cases() {
        for order in orders() {
            for law in [&plain, &without_result] {
                for on in DAYS.into_iter().chain([late_calendar]) {
                    ask(&mut chart, &case, &order, law, on);
                }
            }
        }
    }
    // The calendar's end: a case received in its last days.
    for case in [received("2026-12-30"), then(received("2026-12-30"), notify(&["B1"]), &plain, "2026-12-30")] {
        for order in [Order::DeemAccepted, Order::LapseCorrection] {
            ask(&mut chart, &case, &order, &plain, late_calendar);
        }
    }
    for (case, order, law) in by_another() {
        ask(&mut chart, &case, &order, &law, "2026-07-01");
    }
    for (case, order) in at_the_calendars_end() {
        ask(&mut chart, &case, &order, &plain, late_calendar);
    }
    chart
}

/// Ordered by an authority whose case it is not, not yet, or no longer.
fn by_another() -> Vec<(Case, Order, CaseLaw<'static>)> {
    let on = "2026-06-29";
    let decides = |authority: &str| grant(approver().of_authority(authority));
    let (entrusted, transferred) = (entrusted(), transferred());
    let below = then(below(on), accept(clerk()), &law(), on);
    let up = then(below.clone(), hand_up("同意"), &law(), on);
    let supervised = then(reviewed_by(&entrusted, on), grant(approver()), &entrusted, on);
    vec![
        (reviewed_by(&entrusted, on), decides("zumiao-office"), law()),
        (reviewed_by(&entrusted, on), decides("health-chancheng"), entrusted.clone()),
        (reviewed(on), decides("health-chancheng"), transferred),
        (reviewed(on), decides("market-chancheng"), law()),
        (below, decides("health-chancheng"), law()),
        (up, decides("zumiao-office"), law()),
        (supervised, Order::ReceiveSupervision { by: handler().of_authority("zumiao-office") }, entrusted),
    ]
}

/// Limits that run beyond it: nobody loses anything to a day that cannot be told.
fn at_the_calendars_end() -> Vec<(Case, Order)> {
    let (law, on) = (law(), "2026-12-30");
    let offered = then(accepted(on), offer_hearing(), &law, on);
    vec![
        (then(received(on), tolerate(&["B5"]), &law, on), Order::LapseGap),
        (then(accepted(on), begin("inspection", 5), &law, on), Order::ExpireSpecial),
        (offered, Order::LapseHearing),
        (committed_and_delivered("2026-12-01"), Order::MissEvidence),
    ]
}

fn ask(chart: &mut Chart, case: &Case, order: &Order, law: &CaseLaw, on: &str) {
    let cell = chart.entry((case.status(), order.kind())).or_default();
    match decide(case, order, law, day(on)) {
        Ok(events) if events.is_empty() => cell.moot = true,
        Ok(events) => {
            let to = events.iter().fold(case.clone(), apply).status();
            if !cell.leads_to.contains(&to) {
                cell.leads_to.push(to);
            }
        }
        Err(no) => {
            let code = no.code.into_owned();
            if !cell.refused.contains(&code) {
                cell.refused.push(code);
            }
        }
    }
}

fn print(chart: &Chart) -> String {
    let mut text = String::new();
    text.push_str("办件的一生：每个状态下每种指令的结果，由测试逐一询问 decide 后打印，不手工修改。\n");
    text.push_str("→ 进入的状态    × 拒绝（条文；下一步）    · 已无事可办    条文均指中华人民共和国行政许可法\n");
    text.push_str("任何状态下，日期早于最近一次记录的指令一律拒绝（casework.day-before-last-act），下面不再重复。\n\n");
    print_matrix(&mut text, chart);
    for status in Status::ALL {
        let _ = writeln!(text, "\n【{}】{status}", zh("status", status.code()));
        for kind in OrderKind::ALL {
            print_cell(&mut text, *kind, &chart[&(*status, *kind)]);
        }
    }
    text
}

/// One sign a cell: followed, followed under conditions, refused, moot.
fn print_matrix(text: &mut String, chart: &Chart) {
    text.push_str("● 可以    ◐ 视情况    × 拒绝    · 已无事可办\n");
    for (number, status) in Status::ALL.iter().enumerate() {
        let _ = writeln!(text, "{:>3} {:<20} {}", number + 1, status.code(), zh("status", status.code()));
    }
    let _ = write!(text, "{:<22}", "");
    for number in 1..=Status::ALL.len() {
        let _ = write!(text, "{number:>3}");
    }
    text.push('\n');
    for kind in OrderKind::ALL {
        let _ = write!(text, "{:<22}", kind.code());
        for status in Status::ALL {
            let cell = &chart[&(*status, *kind)];
            let refused = cell.refused.iter().any(|code| code != refusals::DAY_BEFORE_LAST_ACT.code);
            let sign = match (!cell.leads_to.is_empty(), refused || cell.moot) {
                (true, false) => '●',
                (true, true) => '◐',
                (false, _) if cell.moot => '·',
                (false, _) => '×',
            };
            let _ = write!(text, "  {sign}");
        }
        let _ = writeln!(text, "  {}", zh("order", kind.code()));
    }
}

fn print_cell(text: &mut String, kind: OrderKind, cell: &Cell) {
    let mut lines = Vec::new();
    if !cell.leads_to.is_empty() {
        let names: Vec<String> = cell.leads_to.iter().map(|to| format!("{to} {}", zh("status", to.code()))).collect();
        lines.push(format!("→ {}", names.join(" | ")));
    }
    for code in cell.refused.iter().filter(|code| *code != refusals::DAY_BEFORE_LAST_ACT.code) {
        let rule = refusals::ALL.iter().find(|rule| rule.code == code).expect("declared");
        let article = rule.article.unwrap_or("平台规则");
        lines.push(format!("× {}（{article}；{}）", &code["casework.".len()..], zh("next", rule.next)));
    }
    if cell.moot {
        lines.push("·".to_owned());
    }
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(text, "  {:<21} {line}", if index == 0 { kind.code() } else { "" });
    }
}

#[test]
fn the_committed_chart_is_the_one_decide_draws() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../chart/life.txt");
    let drawn = print(&explore());
    if std::env::var_os("UPDATE_CHARTS").is_some() {
        std::fs::write(&path, &drawn).expect("write chart/life.txt");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == drawn,
        "chart/life.txt differs; read the difference after UPDATE_CHARTS=1 cargo test -p casework"
    );
}

#[test]
fn every_refusal_is_reachable() {
    let chart = explore();
    let reached: Vec<&String> = chart.values().flat_map(|cell| &cell.refused).collect();
    let never: Vec<_> =
        refusals::ALL.iter().map(|rule| rule.code).filter(|code| !reached.iter().any(|one| one == code)).collect();
    assert!(never.is_empty(), "declared and never said: {never:?}");
}

#[test]
fn every_state_is_explored() {
    let chart = explore();
    assert_eq!(chart.len(), Status::ALL.len() * OrderKind::ALL.len());
}
