//! The letters a case sends, as they are asked about before they go out.

use access_service::{Visit, Words};
use casework::{NonAcceptanceGround, Outcome};
use casework_service::acts::RefuseAcceptance;
use casework_service::reads::{CaseView, OrderView};

use super::law::ItemLaw;
use super::orders::CaseOrder;
use super::scope;
use crate::correction;
use crate::order::{Confirm, Given, Letter, then};

/// 准予许可, 同意给付, 予以登记: as the item's kind calls it.
pub fn outcome_word(law: &ItemLaw, outcome: Outcome, words: &Words) -> String {
    casework_service::outcome_word(words, law.kind, outcome)
}

/// The question before an order that goes out as a letter.
pub fn question(
    visit: &Visit,
    view: &CaseView,
    law: &ItemLaw,
    order: &CaseOrder,
    open: &OrderView,
    about: String,
) -> Confirm {
    let words = visit.world.part::<Words>();
    let (kind, reason, word, then) = match order {
        CaseOrder::Decide(order) => {
            let word = outcome_word(law, order.outcome, &words);
            let then = if order.outcome == Outcome::Grant { granted(law, &words) } else { then(open, &words) };
            (order.outcome.code(), closed(&order.reason), word, then)
        }
        CaseOrder::NotifyCorrection(_) => ("notify-correction", String::new(), open.word.clone(), then(open, &words)),
        CaseOrder::RefuseAcceptance(order) => {
            ("refuse-acceptance", non_acceptance(order, &words), open.word.clone(), then(open, &words))
        }
        CaseOrder::Aside(order) => {
            let reason = order.letter_reason().unwrap_or_default();
            (order.kind().code(), closed(&reason), open.word.clone(), then(open, &words))
        }
        CaseOrder::PassPreReview(_)
        | CaseOrder::AdvisePreReview(_)
        | CaseOrder::Accept(_)
        | CaseOrder::CompleteStep(_)
        | CaseOrder::Issue(_) => (order.kind().code(), String::new(), open.word.clone(), then(open, &words)),
    };
    let lines = match order {
        CaseOrder::NotifyCorrection(order) => correction::letter_lines(scope(view), &order.lines),
        _ => Vec::new(),
    };
    let n = match order {
        CaseOrder::Aside(order) => order.letter_days().to_string(),
        _ => lines.len().to_string(),
    };
    let received = ui::say::day(view.received_on);
    let facts = [
        ("item", view.item.name.as_str()),
        // A letter is read on other days than today.
        ("received", &received),
        ("reason", &reason),
        ("word", &word),
        ("n", &n),
    ];
    let facts = facts.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let title = [format!("desk.letter.{}-{kind}-title", law.kind), format!("desk.letter.{kind}-title")];
    let title = title.iter().find(|key| words.has(key)).map_or("desk.letter.decision-title", String::as_str);
    let has_remedy = matches!(kind, "refuse" | "refuse-acceptance" | "revoke" | "cancel");
    let letter = Letter {
        title: words.fill(title, &facts),
        to: view.applicant.name.clone(),
        body: vec![words.fill(&format!("desk.letter.{kind}"), &facts)],
        lines,
        remedy: has_remedy.then(|| remedy(law, &words)).flatten(),
        from: law.authority.clone(),
        day: ui::say::day(visit.today()),
    };
    let action = format!("/desk/cases/{}/orders/{}", view.id, order.kind().code());
    Confirm { title: word.clone(), about, then, letter, action, button: format!("{word}，发出") }
}

/// What follows a grant: the result, where there is one to make.
pub fn granted(law: &ItemLaw, words: &Words) -> String {
    let key = if law.result.is_some() { "desk.then.granted-with-result" } else { "desk.then.granted" };
    words.get(key).to_owned()
}

/// Ground, reason and where to go, as the letter of non-acceptance says them.
pub fn non_acceptance(order: &RefuseAcceptance, words: &Words) -> String {
    let key = format!("{}.{}", NonAcceptanceGround::TABLE, order.ground.code());
    let go_to = order.go_to.as_ref().map_or_else(String::new, |place| format!("请向{place}申请。"));
    format!("{}：{}{go_to}", words.get(&key), closed(&order.reason))
}

/// A text that ends like a sentence.
fn closed(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['。', '！', '？', '；']) { text.to_owned() } else { format!("{text}。") }
}

/// 行政复议法第二十条 and 行政诉讼法第四十六条 set the periods; the item names the places.
fn remedy(law: &ItemLaw, words: &Words) -> Option<String> {
    let remedy = law.remedy.as_ref()?;
    let facts = [("review".to_owned(), remedy.review.clone()), ("court".to_owned(), remedy.court.clone())];
    Some(words.fill("desk.letter.remedy", &facts.into()))
}
