//! Conditions from choices: what they come to, and back again.

use authoring::choice::{Choice, Choices, Join, Literal, Op};
use proptest::prelude::*;

fn text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn one(fact: &str, op: Op, values: &[Literal]) -> Choice {
    Choice { fact: fact.to_owned(), op, values: values.to_vec() }
}

#[test]
fn conditions_of_the_sample_are_read_as_choices() {
    let number = |text: &str| Literal::Number(text.to_owned());
    for (cel, join, choices) in [
        ("has_board", Join::All, vec![one("has_board", Op::Holds, &[])]),
        (
            "!has_licence && org_form == 'individual'",
            Join::All,
            vec![one("has_licence", Op::HoldsNot, &[]), one("org_form", Op::Equals, &[text("individual")])],
        ),
        (
            "'haircut' in scope || 'beauty' in scope",
            Join::Any,
            vec![one("scope", Op::Picked, &[text("haircut")]), one("scope", Op::Picked, &[text("beauty")])],
        ),
        (
            "site_area >= 300 && catering_kind in ['restaurant', 'bar']",
            Join::All,
            vec![
                one("site_area", Op::AtLeast, &[number("300")]),
                one("catering_kind", Op::OneOf, &[text("restaurant"), text("bar")]),
            ],
        ),
        ("!('haircut' in scope)", Join::All, vec![one("scope", Op::NotPicked, &[text("haircut")])]),
    ] {
        let read = Choices::of_cel(cel).unwrap_or_else(|| panic!("{cel}"));
        assert_eq!(read, Choices::new(join, choices), "{cel}");
        assert_eq!(read.to_cel(), cel, "is written as it was");
        assert!(read.is_whole());
    }
}

#[test]
fn what_is_of_another_shape_stays_a_text() {
    for cel in [
        "",
        "a && b || c",
        "(a || b) && c",
        "a == b",
        "a + 1 > 2",
        "a ? b : c",
        "size(a) > 1",
        "a == 'b",
        "!(a == 'b')",
        "a in []",
        "a &&",
        "1 > 2",
        "true",
    ] {
        assert_eq!(Choices::of_cel(cel), None, "{cel}");
    }
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        "[a-z一-龥'\"\\\\ ,\\]|&-]{0,12}".prop_map(Literal::Text),
        "-?[0-9]{1,6}(\\.[0-9]{1,3})?".prop_map(Literal::Number),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    let op = prop::sample::select(Op::ALL.to_vec());
    // A word of CEL is no name of an element; the catalogue refuses it as well.
    let fact = "[a-z_][a-z0-9_]{0,8}"
        .prop_filter("a word of CEL", |name| !["in", "true", "false", "null"].contains(&name.as_str()));
    (fact, op, prop::collection::vec(literal(), 1..4)).prop_map(|(fact, op, mut values)| {
        values.truncate(op.takes().1);
        Choice { fact, op, values }
    })
}

proptest! {
    #[test]
    fn there_and_back_is_the_same(
        join in prop::sample::select(Join::ALL.to_vec()),
        choices in prop::collection::vec(choice(), 1..6),
    ) {
        let choices = Choices::new(join, choices);
        prop_assert!(choices.is_whole());
        prop_assert_eq!(Choices::of_cel(&choices.to_cel()), Some(choices));
    }

    #[test]
    fn no_text_makes_it_stumble(text in "\\PC{0,60}") {
        let _ = Choices::of_cel(&text);
    }
}
