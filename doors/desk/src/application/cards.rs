//! The cards of an application, and the letters its orders become.

use access_service::{Visit, Words};
use casework::{DeliveryMethod, OrderKind};
use casework_service::reads::{ApplicationView, OrderView};
use ui::{Field, FieldKind, Opt};

use super::orders::ApplicationOrder;
use super::{scope, seen};
use crate::case::{non_acceptance, refuse_acceptance_card};
use crate::correction;
use crate::order::{Button, Card, Confirm, Given, Kept, Letter, then};

/// The cards open to this officer. The correction notice and its answer are forms of their own below.
pub fn open(visit: &Visit, view: &ApplicationView, kept: &Kept) -> Vec<Card> {
    let words = visit.world.part::<Words>();
    let mut cards = Vec::new();
    let advising = view.orders.iter().any(|order| order.kind == OrderKind::AdvisePreReview && order.may);
    for order in view.orders.iter().filter(|order| order.may) {
        match order.kind {
            OrderKind::PassPreReview => {
                cards.push(card(view, order, &words).button(Button::new(order.word.as_str(), "btn-main")));
            }
            OrderKind::AdvisePreReview => cards.push(Card::leading(order, "#notify".into(), &words)),
            OrderKind::SkipPreReview => {
                let skip = card(view, order, &words).button(Button::new(order.word.as_str(), ""));
                cards.push(Card { folded: true, ..skip });
            }
            // While advice is being written, its form stands where the notice's would.
            OrderKind::NotifyCorrection if advising => {}
            OrderKind::Accept => cards.push(accept(view, order, &words)),
            OrderKind::NotifyCorrection => cards.push(Card::leading(order, "#notify".into(), &words)),
            OrderKind::AnswerCorrection => cards.push(Card::leading(order, "#answer".into(), &words)),
            OrderKind::RefuseAcceptance => cards.push(refuse(view, order, &words, kept)),
            OrderKind::CorrectOnSpot => cards.push(correct_on_spot(view, order, &words, kept)),
            OrderKind::Supply => cards.extend(supply(view, order, &words, kept)),
            OrderKind::Deliver => cards.push(deliver(view, order, &words, kept)),
            OrderKind::Withdraw => cards.push(withdraw(view, order, &words, kept)),
            _ => {}
        }
    }
    cards
}

fn card(view: &ApplicationView, order: &OrderView, words: &Words) -> Card {
    let mut card = Card::new(order, format!("/desk/applications/{}/orders/{}", view.id, order.kind.code()), words);
    card.hidden.push(("_seen", seen(view)));
    card
}

fn accept(view: &ApplicationView, order: &OrderView, words: &Words) -> Card {
    let n = view.cases.iter().filter(|line| line.receivable).count();
    let label = if n > 1 {
        words.fill("desk.accept-all", &[("n".to_owned(), n.to_string())].into())
    } else {
        order.word.clone()
    };
    card(view, order, words).button(Button::new(label, "btn-main"))
}

fn refuse(view: &ApplicationView, order: &OrderView, words: &Words, kept: &Kept) -> Card {
    let open = view.cases.iter().filter(|line| line.receivable);
    let cases: Vec<Opt> = open.map(|line| Opt::new(line.case.to_string(), line.item_name.as_str())).collect();
    let mut card = card(view, order, words);
    card.folded = true;
    let only = (cases.len() == 1).then(|| cases[0].value.clone());
    match only {
        Some(case) => {
            card.hidden.push(("case", case));
            refuse_acceptance_card(card, words, kept)
        }
        None => refuse_acceptance_card(card.field(Field::choice("case", "哪一件", cases), kept), words, kept),
    }
}

/// What the applicant has mended at the window: in words, and the entry of the form it changes.
fn correct_on_spot(view: &ApplicationView, order: &OrderView, words: &Words, kept: &Kept) -> Card {
    let fields = view.sections.iter().flat_map(|section| {
        section.fields.iter().map(|field| {
            Opt::new(field.element.as_str(), format!("{}：{}", field.label, field.value)).group(section.title.as_str())
        })
    });
    let none = Opt::new("", "没有改表单");
    let which = Field::choice("spot_field", "改的是表单哪一项", std::iter::once(none).chain(fields).collect());
    let what = Field::new("spot_what", "更正内容", FieldKind::Long { max: Some(500) });
    let mut card = card(view, order, words);
    card.folded = true;
    let label = card.title.clone();
    card.field(what, kept)
        .field(which.optional(), kept)
        .field(Field::text("spot_value", "改为").optional().help("只在改表单时填"), kept)
        .button(Button::new(label, "btn-main"))
}

/// What was allowed to follow, handed over on paper.
fn supply(view: &ApplicationView, order: &OrderView, words: &Words, kept: &Kept) -> Option<Card> {
    let owed = view.owed.as_ref()?;
    let option =
        |line: &casework_service::reads::CorrectionLineView| Some(Opt::new(line.paper?.to_string(), &*line.name));
    let papers: Vec<Opt> = owed.lines.iter().filter_map(option).collect();
    let all = papers.iter().map(|paper| paper.value.clone()).collect();
    let field = Field::multi("supplied", "收到哪些材料", papers).values(all).help(owed.due_words.as_str());
    Some(card(view, order, words).field(field, kept).button(Button::new(order.word.as_str(), "btn-main")))
}

fn deliver(view: &ApplicationView, order: &OrderView, words: &Words, kept: &Kept) -> Card {
    let way =
        |how: &DeliveryMethod| Opt::new(how.code(), words.get(&format!("{}.{}", DeliveryMethod::TABLE, how.code())));
    let ways = DeliveryMethod::ALL.iter().map(way).collect();
    let how = Field::choice("how", "送达方式", ways).value(view.delivery.method.code());
    let to = if view.delivery.recipient.is_empty() { &view.applicant.name } else { &view.delivery.recipient };
    let to = Field::text("to", "签收人").value(to.as_str());
    let label = words.fill("desk.deliver", &[("n".to_owned(), view.handover.deliver.len().to_string())].into());
    card(view, order, words).field(how, kept).field(to, kept).button(Button::new(label, "btn-main"))
}

fn withdraw(view: &ApplicationView, order: &OrderView, words: &Words, kept: &Kept) -> Card {
    let reason = Field::new("withdraw_reason", "申请人说的原因", FieldKind::Long { max: Some(500) });
    let mut card = card(view, order, words);
    card.folded = true;
    let label = card.title.clone();
    card.field(reason, kept).button(Button::new(label, "btn-no"))
}

/// The question before an order that goes out as a letter.
pub fn question(visit: &Visit, view: &ApplicationView, order: &ApplicationOrder, open: &OrderView) -> Confirm {
    let words = visit.world.part::<Words>();
    let code = order.kind().code();
    let (reason, lines) = match order {
        ApplicationOrder::NotifyCorrection(order) => {
            (String::new(), correction::letter_lines(scope(view), &order.lines))
        }
        ApplicationOrder::RefuseAcceptance(order) => (non_acceptance(order, &words), Vec::new()),
        ApplicationOrder::Withdraw(order) => (order.reason.clone(), Vec::new()),
        _ => (String::new(), Vec::new()),
    };
    let facts = [
        ("item", item(view, order)),
        // A letter is read on other days than today.
        ("received", ui::say::day(platform::clock::china_day(view.received_at))),
        ("reason", reason),
        ("n", lines.len().to_string()),
    ];
    let facts = facts.map(|(name, text)| (name.to_owned(), text)).into();
    let letter = Letter {
        title: words.get(&format!("desk.letter.{code}-title")).to_owned(),
        to: view.applicant.name.clone(),
        body: vec![words.fill(&format!("desk.letter.{code}"), &facts)],
        lines,
        remedy: None,
        from: view.hall_name.clone().unwrap_or_else(|| crate::window::place(visit)),
        day: ui::say::day(visit.today()),
    };
    Confirm {
        title: open.word.clone(),
        about: format!("{} · {} · {}", view.theme_name, view.applicant.name, view.number),
        then: then(open, &words),
        letter,
        action: format!("/desk/applications/{}/orders/{code}", view.id),
        button: format!("{}，发出", open.word),
    }
}

fn item(view: &ApplicationView, order: &ApplicationOrder) -> String {
    let case = match order {
        ApplicationOrder::RefuseAcceptance(order) => view.cases.iter().find(|line| line.case == order.case),
        _ => None,
    };
    case.map_or_else(|| view.theme_name.clone(), |line| line.item_name.clone())
}
