//! What people say finds what they mean: 150 questions over the sample district, half of them to tune with, half only to
//! measure; and what must hold whatever is typed.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use catalog_service::Shelf;
use themes_service::{FindKind, Findings, ThemeShelf, Wish};
use uuid::Uuid;

static SHELF: LazyLock<ThemeShelf> = LazyLock::new(|| {
    let files = catalog_service::folder::read(&samples().join("chancheng")).expect("the sample district");
    let shelf = Shelf::of(Uuid::nil(), files).expect("it compiles");
    ThemeShelf::of(Arc::new(shelf)).expect("themes and words compile")
});

fn samples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples")
}

/// One row of `samples/questions/chancheng.csv`.
struct Question {
    number: usize,
    asked: String,
    wanted: Vec<String>,
    whom: String,
    place: String,
}

static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let path = samples().join("questions/chancheng.csv");
    let mut rows = csv::Reader::from_path(path).expect("the questions");
    let read = |row: csv::StringRecord| Question {
        number: row[0].parse().expect("a number"),
        asked: row[2].to_owned(),
        wanted: row[3].split(' ').map(str::to_owned).collect(),
        whom: row[4].to_owned(),
        place: row[5].to_owned(),
    };
    rows.records().map(|row| read(row.expect("a row"))).collect()
});

/// Odd rows to tune with, even rows only to measure.
fn half(odd: bool) -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(move |question| (question.number % 2 == 1) == odd)
}

/// What was found first, in this order.
fn first(question: &Question, most: usize) -> Vec<String> {
    let wish = Wish { text: &question.asked, whom: &question.whom, place: &question.place, most };
    SHELF.find(wish).found.into_iter().map(|one| one.id).collect()
}

fn is_found(question: &Question) -> bool {
    first(question, 3).iter().any(|id| question.wanted.contains(id))
}

fn find(text: &str) -> Findings {
    SHELF.find(Wish { text, most: 12, ..Wish::default() })
}

/// The half that may be looked at; what is still missed is printed when the share falls.
#[test]
fn the_half_for_tuning_is_found_among_the_first_three() {
    let missed: Vec<String> = half(true)
        .filter(|question| !is_found(question))
        .map(|question| format!("{} {}: {:?}", question.number, question.asked, first(question, 4)))
        .collect();
    assert!(missed.len() <= TUNING_MISSED, "{missed:#?}");
}

/// Rows of the tuning half that are missed; only ever lowered.
const TUNING_MISSED: usize = 1;

/// Of the half that nobody looks at, only the share is told.
#[test]
fn nine_of_ten_of_the_measuring_half_are_found_among_the_first_three() {
    let (all, found) = (half(false).count(), half(false).filter(|question| is_found(question)).count());
    println!("measuring half: {found} of {all}");
    assert!(found * 10 >= all * 9, "{found} of {all}");
}

#[test]
fn the_halves_are_of_one_size_and_ask_for_what_there_is() {
    assert_eq!((half(true).count(), half(false).count()), (75, 75));
    let catalog = SHELF.catalogue().catalog();
    for question in QUESTIONS.iter() {
        for id in &question.wanted {
            assert!(SHELF.theme(id).is_ok() || catalog.items.contains_key(id.as_str()), "{}: {id}", question.asked);
        }
    }
}

/// A theme asked for in its own words comes first.
#[test]
fn everyday_words_find_their_theme_first() {
    for (asked, theme) in [
        ("我要开一家餐饮店", "open-restaurant"),
        ("想开个饭店", "open-restaurant"),
        ("开奶茶店要办什么", "open-restaurant"),
        ("我想开发廊", "open-hair-salon"),
        ("注册公司", "start-company"),
        ("开公司怎么办手续", "start-company"),
        ("给宝宝上户口", "newborn"),
        ("孩子出生了要办什么", "newborn"),
        ("生育登记", "birth-registration"),
        ("失业金", "unemployment-benefit"),
        ("失业了怎么领钱", "unemployment-benefit"),
    ] {
        let found = find(asked).found;
        let themes: Vec<&str> =
            found.iter().filter(|one| one.kind == FindKind::Theme).map(|one| one.id.as_str()).collect();
        assert_eq!(themes.first(), Some(&theme), "{asked}: {themes:?}");
    }
}

#[test]
fn what_was_meant_is_offered_where_something_was_mistyped() {
    for (asked, meant) in [
        ("失液金", "失业金"),
        ("shenfenzheng", "身份证"),
        ("换sfz", "换身份证"),
        ("理法店", "理发店"),
        ("gaolignjintie", "高龄津贴"),
    ] {
        assert_eq!(find(asked).meant.as_deref(), Some(meant), "{asked}");
    }
    for asked in ["身份证", "我要开一家餐饮店", "失业金怎么领"] {
        assert_eq!(find(asked).meant, None, "{asked}");
    }
}

#[test]
fn the_reason_says_which_characters_fitted() {
    let answer = find("开饭馆");
    let why = answer.found[0].why.as_ref().expect("a reason");
    let marked: String =
        why.marks.iter().flat_map(|mark| why.saying.chars().skip(mark.start).take(mark.len())).collect();
    assert_eq!((why.saying.as_str(), marked.as_str()), ("开饭馆", "开饭馆"));
}

#[test]
fn people_and_companies_are_told_apart() {
    let find = |whom| SHELF.find(Wish { text: "营业执照", whom, most: 20, ..Wish::default() }).found;
    let has = |whom, id: &str| find(whom).iter().any(|one| one.id == id);
    assert!(has("person", "register-individual") && !has("company", "register-individual"));
    assert!(has("company", "register-company") && has("", "register-individual"));
    let seals = |whom| SHELF.find(Wish { text: "刻公章", whom, most: 20, ..Wish::default() }).found;
    assert!(seals("person").iter().all(|one| one.id != "seal-filing"));
    assert_eq!(seals("company").first().map(|one| one.id.as_str()), Some("seal-filing"));
}

/// The sample's halls take everything somewhere; a district of one hall with one window does not.
#[test]
fn only_what_can_be_handed_in_there_is_found_there() {
    let mut files = catalog_service::folder::read(&samples().join("chancheng")).expect("the sample district");
    for file in files.iter_mut().filter(|file| file.path == "halls/town.yaml") {
        file.text = file.text.replace("themes: all", "themes: [newborn]");
    }
    let shelf = ThemeShelf::of(Arc::new(Shelf::of(Uuid::nil(), files).expect("it compiles"))).expect("themes");
    let found = |text, place| -> Vec<String> {
        let wish = Wish { text, place, most: 20, ..Wish::default() };
        shelf.find(wish).found.into_iter().map(|one| one.id).collect()
    };
    let has = |text, place, id: &str| found(text, place).iter().any(|one| one == id);
    let (district, town, village) = ("440604", "440604100", "440604100999");
    assert!(has("开餐饮店", district, "open-restaurant") && !has("开餐饮店", town, "open-restaurant"));
    assert!(has("宝宝上户口", town, "newborn") && has("宝宝上户口", town, "birth-hukou"));
    assert!(has("开餐饮店", village, "open-restaurant"), "a place nobody knows narrows nothing");
}

#[test]
fn nonsense_and_attacks_find_nothing_sure_and_break_nothing() {
    let long = "开".repeat(500);
    let longer = "我要开一家餐饮店".repeat(200);
    for asked in [
        "",
        "   ",
        "？？？",
        "xyz",
        "qqqqqq",
        "火星移民签证",
        "'; DROP TABLE themes_draft; --",
        "<script>alert(1)</script>",
        "%00\0\u{202e}",
        "🙂🙂🙂",
        &long,
    ] {
        assert!(find(asked).found.iter().all(|one| !one.sure), "{asked}: {:?}", find(asked).found);
    }
    assert_eq!(find(&longer).found.first().map(|one| one.id.as_str()), Some("open-restaurant"));
    assert!(find("火星移民").found.is_empty());
}

#[test]
fn the_same_question_finds_the_same_every_time() {
    for question in QUESTIONS.iter() {
        assert_eq!(find(&question.asked), find(&question.asked));
    }
}
