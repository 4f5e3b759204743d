//! Finding among a handful of documents that stand for a catalogue.

use search::{Asked, Document, Index, Lexicon};

fn document(key: &str, name: &str, sayings: &[&str]) -> Document {
    let sayings = sayings.iter().map(|&saying| saying.to_owned()).collect();
    Document { key: key.to_owned(), name: name.to_owned(), sayings, ..Document::default() }
}

fn index() -> Index {
    let shop = Document {
        parts: vec!["permit".into()],
        lead: 0.05,
        body: "几个部门同时办，招牌和排水一次申请".into(),
        ..document("shop", "开一家餐饮店", &["开奶茶店"])
    };
    let seal = Document { audience: vec!["company".into()], ..document("seal", "刻公章", &["公章刻制备案"]) };
    let card = Document { places: Some(vec!["440604".into()]), ..document("card", "换身份证、补身份证", &[]) };
    let documents =
        vec![shop, seal, card, document("permit", "食品经营许可证", &[]), document("dole", "领失业金", &[])];
    let pairs = [("饭馆", "餐饮店"), ("食牌", "食品经营许可证"), ("失业保险金", "失业金")];
    Index::new(documents, Lexicon::new(pairs, ["请问", "我想", "怎么", "一家"]))
}

fn keys(index: &Index, asked: Asked<'_>) -> Vec<String> {
    index.find(Asked { most: 9, ..asked }).hits.into_iter().map(|hit| hit.key).collect()
}

fn first(text: &str) -> Option<String> {
    keys(&index(), Asked { text, ..Asked::default() }).into_iter().next()
}

#[test]
fn words_sounds_initials_and_slips_all_lead_there() {
    for (text, key) in [
        ("请问我想开饭馆怎么办", "shop"),
        ("kcyd", "shop"),
        ("kai奶茶店", "shop"),
        ("餐钦店", "shop"),
        ("食牌", "permit"),
        ("sfz", "card"),
        ("shenfenzh", "card"),
        ("生分证", "card"),
        ("失业保险金", "dole"),
        ("lingshiyejni", "dole"),
    ] {
        assert_eq!(first(text).as_deref(), Some(key), "{text}");
    }
    for text in ["", " ", "？", "火星移民", "zzzz"] {
        assert_eq!(first(text), None, "{text}");
    }
}

#[test]
fn the_name_word_for_word_scores_one_and_is_marked_whole() {
    let answer = index().find(Asked { text: "刻公章", most: 1, ..Asked::default() });
    let hit = &answer.hits[0];
    assert!(hit.score > 0.99 && hit.sure);
    assert_eq!(
        hit.why.as_ref().map(|why| (why.saying.as_str(), why.marks.clone())),
        Some(("刻公章", vec![std::ops::Range { start: 0, end: 3 }]))
    );
    assert_eq!(answer.meant, None);
}

#[test]
fn a_whole_comes_along_with_its_part_and_gives_no_reason_of_its_own() {
    let answer = index().find(Asked { text: "食品经营许可证", most: 9, ..Asked::default() });
    let found: Vec<_> = answer.hits.iter().map(|hit| (hit.key.as_str(), hit.why.is_some())).collect();
    assert_eq!(found, [("permit", true), ("shop", false)]);
}

#[test]
fn what_is_not_for_them_or_not_there_is_not_found() {
    let index = index();
    let with = |text, audience, place| keys(&index, Asked { text, audience, place, most: 0 });
    assert_eq!(with("公章", Some("person"), None), [] as [&str; 0]);
    assert_eq!(with("公章", Some("company"), None), ["seal"]);
    assert_eq!(with("身份证", None, Some("440605")), [] as [&str; 0]);
    assert_eq!(with("身份证", Some("person"), Some("440604")), ["card"]);
    assert_eq!(with("失业金", Some("person"), Some("440605")), ["dole"], "no audience and no places are all of them");
}

#[test]
fn the_body_tips_the_scales_and_alone_is_only_a_guess() {
    let answer = index().find(Asked { text: "招牌排水", most: 9, ..Asked::default() });
    assert!(answer.hits.iter().all(|hit| hit.key == "shop" && !hit.sure && hit.why.is_none()), "{answer:?}");
}

#[test]
fn an_empty_index_and_endless_questions_do_no_harm() {
    let none = Index::new(Vec::new(), Lexicon::default());
    assert!(none.is_empty() && none.find(Asked { text: "身份证", most: 9, ..Asked::default() }).hits.is_empty());
    let endless = "娃".repeat(10_000);
    let longer = Lexicon::new([("娃", "孩子")], []);
    let index = Index::new(vec![document("child", "给孩子上户口", &[&endless])], longer);
    assert_eq!(keys(&index, Asked { text: &endless, ..Asked::default() }), ["child"]);
}
