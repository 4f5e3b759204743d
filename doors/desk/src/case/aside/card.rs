//! The cards of these orders. What is rare or grave is folded until it is wanted.

use access_service::Words;
use casework::{CancellationGround, Finding, HearingAnswer, OrderKind, RevocationGround, View};
use casework_service::reads::{CaseView, OrderView, PaperView};
use catalog::model::Need;
use ui::{Field, FieldKind, Opt};

use crate::order::{Button, Card, Kept};

/// Most characters of a reason.
const REASON_CHARS: u32 = 1000;

/// The card of this order on the given blank; `None` where nothing could be chosen on it.
pub fn card(blank: Card, order: &OrderView, view: &CaseView, words: &Words, kept: &Kept) -> Option<Card> {
    let button = |class| Button::new(order.word.as_str(), class);
    let long = |name: &str, label: &str| Field::new(name, label, FieldKind::Long { max: Some(REASON_CHARS) });
    let mut card = blank;
    card.folded = !matches!(
        order.kind,
        OrderKind::HandUp
            | OrderKind::ReceiveSupervision
            | OrderKind::EndSpecial
            | OrderKind::AnnounceHearing
            | OrderKind::HoldHearing
            | OrderKind::CheckCommitment
    );
    Some(match order.kind {
        OrderKind::HandUp => {
            let up = |view: View, class| {
                let label = words.get(&format!("{}.{}", View::TABLE, view.code())).to_owned();
                Button::saying("up_view", view.code(), format!("{label}，报送上级"), class)
            };
            card.field(long("up_words", "初审意见"), kept)
                .button(up(View::Agree, "btn-main"))
                .button(up(View::Disagree, "btn-no"))
        }
        OrderKind::ReceiveSupervision => card.button(button("btn-main")),
        OrderKind::AcceptTolerantly => {
            let papers: Vec<Opt> = view.papers.iter().filter(|paper| may_follow(paper)).map(option).collect();
            if papers.is_empty() {
                return None;
            }
            card.field(Field::multi("papers", "哪些材料可以后补", papers), kept).button(button("btn-main"))
        }
        OrderKind::BeginSpecial => {
            let option = |(id, name, left): &(String, String, u32)| {
                Opt::new(id.as_str(), name.as_str()).hint(format!("最多还可用 {left} 个工作日"))
            };
            let procedures: Vec<Opt> = view.specials.iter().map(option).collect();
            if procedures.is_empty() {
                return None;
            }
            let card = match &view.specials[..] {
                [(id, name, _)] => {
                    card.title = format!("{}：{name}", card.title);
                    card.hidden.push(("procedure", id.clone()));
                    card
                }
                _ => card.field(Field::choice("procedure", "哪一种", procedures), kept),
            };
            card.field(Field::number("special_days", "告知需要", "个工作日"), kept)
                .field(long("special_reason", "事由"), kept)
                .button(button("btn-main"))
        }
        OrderKind::EndSpecial => card.field(long("result", "结果"), kept).button(button("btn-main")),
        OrderKind::OfferHearing => {
            let why = long("why", "拟决定的事项，对谁有重大利益影响");
            card.field(why, kept).button(button("btn-main"))
        }
        OrderKind::AnswerHearing => {
            let answer = |answer: HearingAnswer, class| {
                let label = words.get(&format!("{}.{}", HearingAnswer::TABLE, answer.code())).to_owned();
                Button::saying("answer", answer.code(), label, class)
            };
            card.button(answer(HearingAnswer::Wanted, "btn-main")).button(answer(HearingAnswer::Waived, ""))
        }
        OrderKind::AnnounceHearing => card
            .field(Field::new("hearing_on", "听证日期", FieldKind::Date), kept)
            .field(Field::text("hearing_place", "听证地点"), kept)
            .field(presider(view), kept)
            .button(button("btn-main")),
        OrderKind::HoldHearing => card.field(long("hearing_record", "笔录要点"), kept).button(button("btn-main")),
        OrderKind::Extend => card
            .field(Field::number("extend_days", "延长", "日"), kept)
            .field(long("extend_reason", "延长的理由"), kept)
            .button(button("btn-seal")),
        OrderKind::WithdrawCommitment => card.button(button("btn-no")),
        OrderKind::CheckCommitment => {
            let options = Finding::ALL.iter().map(|one| vocabulary(Finding::TABLE, one.code(), words)).collect();
            let days = Field::number("rectify_days", "限期整改", "个工作日").optional();
            card.field(Field::choice("finding", "核查结果", options), kept)
                .field(long("finding_words", "核查情况").optional().help("属实的可以不写"), kept)
                .field(days.help("只在限期整改时填"), kept)
                .button(button("btn-main"))
        }
        OrderKind::Revoke => {
            let grounds = RevocationGround::ALL
                .iter()
                .map(|one| vocabulary(RevocationGround::TABLE, one.code(), words).hint(one.article()));
            card.field(Field::choice("revocation", "情形", grounds.collect()), kept)
                .field(long("revoke_reason", "事实和理由"), kept)
                .button(button("btn-no"))
        }
        OrderKind::Cancel => {
            let grounds = CancellationGround::ALL
                .iter()
                .map(|one| vocabulary(CancellationGround::TABLE, one.code(), words).hint(one.article()));
            card.field(Field::choice("cancellation", "情形", grounds.collect()), kept)
                .field(long("cancel_reason", "事实和理由"), kept)
                .button(button("btn-no"))
        }
        _ => return None,
    })
}

/// Some item lists it among the papers that may follow, and there is no file yet.
/// Who presides: a colleague with no part in the review (行政许可法 48.1.4).
fn presider(view: &CaseView) -> Field {
    let options = view.presiders.iter().map(|(id, name)| Opt::new(id.as_str(), name.as_str())).collect();
    Field::choice("hearing_presider", "听证主持人", options).help("由审查本申请的人员以外的人员主持")
}

fn may_follow(paper: &PaperView) -> bool {
    let main = Need::Required.label();
    paper.file.is_none() && paper.standards.iter().any(|standard| standard.need != main)
}

fn option(paper: &PaperView) -> Opt {
    Opt::new(paper.id.to_string(), paper.name.as_str())
}

fn vocabulary(table: &str, code: &str, words: &Words) -> Opt {
    Opt::new(code, words.get(&format!("{table}.{code}")))
}
