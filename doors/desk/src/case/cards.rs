//! The cards of a case: one for each order open to this officer.

use access_service::{Visit, Words};
use casework::{NonAcceptanceGround, OrderKind, Outcome};
use casework_service::reads::{CaseView, OrderView, StopState};
use ui::{Field, FieldKind, Opt};

use super::aside;
use super::law::ItemLaw;
use super::letter::{granted, outcome_word};
use super::seen;
use crate::order::{Button, Card, Kept};

/// Most characters of a reason.
const REASON_CHARS: u32 = 1000;

/// Whether it is for staff to give; what the applicant asks for is done on the application's page.
pub fn is_staffs(order: &OrderView) -> bool {
    !matches!(
        order.kind,
        OrderKind::AnswerCorrection
            | OrderKind::MendPreReview
            | OrderKind::SkipPreReview
            | OrderKind::Withdraw
            | OrderKind::CorrectOnSpot
            | OrderKind::Supply
    )
}

/// The cards open to this officer, in the order of the case's life.
pub fn open(visit: &Visit, view: &CaseView, law: &ItemLaw, kept: &Kept) -> Vec<Card> {
    let words = visit.world.part::<Words>();
    let mut cards = Vec::new();
    for order in view.orders.iter().filter(|order| order.may) {
        match order.kind {
            OrderKind::PassPreReview => {
                cards.push(card(view, order, &words).button(Button::new(order.word.as_str(), "btn-main")));
            }
            OrderKind::AdvisePreReview => cards.push(Card::leading(order, "#notify".into(), &words)),
            OrderKind::Accept => cards.push(accept(view, order, &words)),
            OrderKind::NotifyCorrection => cards.push(Card::leading(order, "#notify".into(), &words)),
            OrderKind::RefuseAcceptance => cards.push(refuse_acceptance(card(view, order, &words), &words, kept)),
            OrderKind::CompleteStep => cards.push(complete_step(view, order, &words, kept)),
            OrderKind::Decide => {
                cards.extend([grant(view, order, law, &words, kept), refuse(view, order, law, &words, kept)])
            }
            OrderKind::Issue => cards.push(issue(view, order, law, &words)),
            _ => cards.extend(aside::card(card(view, order, &words), order, view, &words, kept)),
        }
    }
    cards
}

fn card(view: &CaseView, order: &OrderView, words: &Words) -> Card {
    let mut card = Card::new(order, format!("/desk/cases/{}/orders/{}", view.id, order.kind.code()), words);
    card.hidden.push(("_seen", seen(view)));
    card
}

fn accept(view: &CaseView, order: &OrderView, words: &Words) -> Card {
    card(view, order, words).button(Button::new(order.word.as_str(), "btn-main"))
}

/// 不予受理, also on the application's page.
pub fn refuse_acceptance(card: Card, words: &Words, kept: &Kept) -> Card {
    let mut card = card;
    card.folded = true;
    let ground = |ground: &NonAcceptanceGround| {
        let (table, code) = (NonAcceptanceGround::TABLE, ground.code());
        Opt::new(code, words.get(&format!("{table}.{code}")))
    };
    let grounds = NonAcceptanceGround::ALL.iter().map(ground).collect();
    let reason = Field::new("ground_reason", "理由", FieldKind::Long { max: Some(REASON_CHARS) });
    let go_to = Field::text("go_to", "应向哪个机关申请").optional().help("不属于本机关职权的必须写明");
    let button = Button::new(card.title.as_str(), "btn-no");
    card.field(Field::choice("ground", "情形", grounds), kept).field(reason, kept).field(go_to, kept).button(button)
}

fn complete_step(view: &CaseView, order: &OrderView, words: &Words, kept: &Kept) -> Card {
    let now = view.steps.iter().position(|step| step.state == StopState::Now);
    let name = |at: Option<usize>| at.and_then(|at| view.steps.get(at)).map_or("", |step| step.name.as_str());
    let after = now.map(|at| at + 1);
    let next = name(after);
    let mut card = card(view, order, words);
    card.hidden.push(("step", now.and_then(|at| view.steps.get(at)).map_or_else(String::new, |step| step.id.clone())));
    card.title = name(now).to_owned();
    let role = after.and_then(|at| view.steps.get(at)).map_or("", |step| step.role_word.as_str());
    let facts = [("next", next), ("role", role), ("due", &view.clock.due_words)];
    card.then =
        words.fill("desk.then.complete-step", &facts.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
    card.phrases = phrases(words);
    card.phrase = kept.text(order.kind.code(), "phrase").unwrap_or_default().to_owned();
    let label = format!("{}意见", name(now));
    let opinion = Field::new("words", label, FieldKind::Long { max: Some(REASON_CHARS) }).optional();
    card.field(opinion, kept)
        .button(Button::saying("view", "agree", format!("同意，转{next}"), "btn-main"))
        .button(Button::saying("view", "disagree", format!("不同意，转{next}"), "btn-no"))
}

/// The sentences of the text file, numbered from one.
fn phrases(words: &Words) -> Vec<String> {
    let key = |n: usize| format!("desk.phrase.{n}");
    (1..).map(key).take_while(|key| words.has(key)).map(|key| words.get(&key).to_owned()).collect()
}

fn grant(view: &CaseView, order: &OrderView, law: &ItemLaw, words: &Words, kept: &Kept) -> Card {
    let basis = [("basis".to_owned(), law.main_basis().to_owned())].into();
    let reason = Field::new("reason_grant", "理由", FieldKind::Long { max: Some(REASON_CHARS) });
    let reason = reason.optional().value(words.fill("desk.grant-reason", &basis));
    let label = outcome_word(law, Outcome::Grant, words);
    let mut card = card(view, order, words);
    card.title.clone_from(&label);
    card.then = granted(law, words);
    card.field(reason, kept).button(Button::saying("outcome", Outcome::Grant.code(), label, "btn-seal"))
}

fn refuse(view: &CaseView, order: &OrderView, law: &ItemLaw, words: &Words, kept: &Kept) -> Card {
    let conditions = view.conditions.iter().map(|text| Opt::new(text.as_str(), text.as_str())).collect();
    let unmet = Field::multi("unmet", "不符合哪一条", conditions).optional();
    let reason = Field::new("reason_refuse", "事实和理由", FieldKind::Long { max: Some(REASON_CHARS) });
    let label = outcome_word(law, Outcome::Refuse, words);
    let mut card = card(view, order, words);
    card.title.clone_from(&label);
    card.folded = true;
    let card = if view.conditions.is_empty() { card } else { card.field(unmet, kept) };
    card.field(reason, kept).button(Button::saying("outcome", Outcome::Refuse.code(), label, "btn-no"))
}

fn issue(view: &CaseView, order: &OrderView, law: &ItemLaw, words: &Words) -> Card {
    let label = match &law.result {
        Some(result) => format!("{}：{result}", order.word),
        None => order.word.clone(),
    };
    card(view, order, words).button(Button::new(label, "btn-seal"))
}
