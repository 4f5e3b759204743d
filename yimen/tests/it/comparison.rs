//! 各地比对: the sample district beside Nanhai, whose every difference stands in a table (samples/nanhai/differences.csv); what it
//! teaches, and what files of other places are turned away.

use std::collections::BTreeSet;
use std::path::Path;

use platform::{Clock, Fault};
use standards::comparison::{Aspect, Comparison, Place, Standing, Strand};
use standards_service::acts::{drop_place, keep_place};
use standards_service::{places, reads::comparison as reads};

use crate::district::{self, sample};
use crate::life::District;

fn nanhai() -> Place {
    place(&sample().join("../nanhai"))
}

fn place(folder: &Path) -> Place {
    let files = catalog_service::folder::read(folder).expect("a sample");
    Place::of(&catalog::compile(&files).0.expect("the sample is sound").catalog)
}

/// A row of the table.
struct Row {
    kind: String,
    ours: Vec<String>,
    theirs: Vec<String>,
    aspect: String,
}

fn table() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(sample().join("../nanhai/differences.csv")).expect("the table");
    let ids = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| Row {
        kind: record[0].to_owned(),
        ours: ids(&record[1]),
        theirs: ids(&record[2]),
        aspect: record[3].to_owned(),
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// The strand of an item of ours, or of theirs.
fn strand<'c>(comparison: &'c Comparison, place: usize, item: &str) -> &'c Strand {
    let has = |strand: &&Strand| {
        let own = !matches!(strand.cells[place].standing, Standing::Bundled);
        own && comparison.offers(place, &strand.cells[place]).any(|offer| offer.key == item)
    };
    comparison.strands.iter().find(has).unwrap_or_else(|| panic!("no strand of {item}"))
}

/// Aspects in which a place differs, without names, which the table does not count.
fn aspects(strand: &Strand, place: usize) -> BTreeSet<Aspect> {
    let all = strand.cells[place].differences.iter().flatten().map(|difference| difference.aspect);
    all.filter(|aspect| *aspect != Aspect::Name).collect()
}

/// What a row of the table means as a finding: how Nanhai may stand, and in what either of the two differs. Whether a matter that
/// only one has is its own or missed by the other is for law to say, not for the table.
fn expected(row: &Row) -> (&'static [Standing], Option<Aspect>) {
    let aspect = match (row.kind.as_str(), row.aspect.as_str()) {
        (_, "statutory") => Aspect::Statutory,
        ("days", _) => Aspect::Days,
        ("papers-more", _) => Aspect::Papers,
        // What is not listed there is, here, read from a licence: nobody brings it.
        ("papers-fewer", _) => Aspect::Listed,
        ("trips", _) => Aspect::Trips,
        ("fee", _) => Aspect::Exemptions,
        ("level", _) => Aspect::Level,
        ("conditions", "result.valid") => Aspect::Valid,
        ("conditions", _) => Aspect::Conditions,
        ("fields", _) => Aspect::Fields,
        ("channel", _) => Aspect::Channel,
        ("same", _) => return (&[Standing::Same], None),
        ("renamed", _) => return (&[Standing::Renamed], None),
        ("bundled", _) => return (&[Standing::Bundled], None),
        ("missing", _) => return (&[Standing::Missing, Standing::Without], None),
        ("own", _) => return (&[Standing::Own, Standing::Same], None),
        other => panic!("{other:?} in the table"),
    };
    (&[], Some(aspect))
}

#[test]
fn every_difference_of_nanhai_is_found() {
    let comparison = Comparison::of(vec![place(&sample()), nanhai()]);
    let mut told: BTreeSet<(String, Aspect)> = BTreeSet::new();
    for row in table() {
        if row.kind == "split" {
            // Two there, one here: the finer grain is the standard, so it is ours that is bundled.
            let here: Vec<Standing> =
                row.theirs.iter().map(|item| strand(&comparison, 1, item).cells[0].standing).collect();
            assert!(here.contains(&Standing::Bundled), "{:?}: {here:?}", row.ours);
            continue;
        }
        let (place, items) = if row.ours.is_empty() { (1, &row.theirs) } else { (0, &row.ours) };
        for item in items {
            let strand = strand(&comparison, place, item);
            let (standings, aspect) = expected(&row);
            let standing = strand.cells[1].standing;
            assert!(standings.is_empty() || standings.contains(&standing), "{} of {item} is {standing}", row.kind);
            if row.kind == "own" {
                let other = strand.cells[0].standing;
                assert!(matches!(other, Standing::Missing | Standing::Without), "{item} is {other} here");
            }
            if let Some(aspect) = aspect {
                let both: BTreeSet<Aspect> = (0..2).flat_map(|place| aspects(strand, place)).collect();
                assert!(both.contains(&aspect), "{} of {item} is not found, only {both:?}", row.kind);
                told.insert((strand.key.clone(), aspect));
            }
        }
    }
    // And nothing else is found in what either does as one matter, but what follows from what is told: a renamed matter's own form.
    let mut beyond = Vec::new();
    for strand in &comparison.strands {
        for aspect in (0..2).flat_map(|place| aspects(strand, place)) {
            if !told.contains(&(strand.key.clone(), aspect)) {
                beyond.push(format!("{} {aspect}", strand.standard.name));
            }
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_place_is_kept_compared_with_and_taken_away() {
    district::each_engine(async |url| {
        let district = District::open(&url, Clock::System).await;
        let office = district.officer("standards1");
        let authority = district.holder(access::Role::ItemAdmin, "market-chancheng");
        let (alone, _) = reads::current(&office).await.expect("only ours");
        assert_eq!(alone.comparison.places.len(), 1);

        let kept = keep_place(&authority, None, &nanhai(), "nanhai.json").await;
        assert!(matches!(kept, Err(Fault::NotAllowed)), "whom to compare with is the standards office's: {kept:?}");
        keep_place(&office, None, &nanhai(), "nanhai.json").await.expect("is kept");
        let (both, lines) = reads::current(&authority).await.expect("an authority may look");
        assert_eq!((both.comparison.places.len(), lines[0].name.as_str()), (2, "佛山市南海区"));
        let own = keep_place(&office, None, &place(&sample()), "own.json").await;
        assert!(matches!(&own, Err(Fault::Invalid(faults)) if faults[0].code == "place-own"), "{own:?}");

        // What was known of it is replaced, not added.
        let mut fewer = nanhai();
        fewer.offers.truncate(3);
        keep_place(&office, None, &fewer, "again.json").await.expect("is kept again");
        let (again, lines) = reads::current(&office).await.expect("the comparison");
        assert_eq!((lines.len(), again.comparison.places[1].offers.len()), (1, 3));

        drop_place(&office, None, "440605").await.expect("is taken away");
        let gone = drop_place(&office, None, "440605").await;
        assert!(matches!(gone, Err(Fault::NotFound)), "{gone:?}");
        assert_eq!(reads::current(&office).await.expect("only ours").0.comparison.places.len(), 1);
    })
    .await;
}

#[test]
fn a_place_comes_back_from_its_file_as_it_went() {
    let place = nanhai();
    let bytes = places::write(&place).expect("a file");
    assert_eq!(places::parse(&bytes).expect("a place"), place);
}

#[test]
fn files_that_are_no_place_are_told_apart() {
    let catalog =
        catalog::compile(&catalog_service::folder::read(&sample()).expect("a sample")).0.expect("sound").catalog;
    let code = |bytes: &[u8], code: &str, name: &str| match places::read_file(bytes, code, name, &catalog) {
        Err(Fault::Invalid(faults)) => format!("{} {}", faults[0].field, faults[0].code),
        Ok(place) => format!("{} matters", place.offers.len()),
        Err(other) => panic!("{other:?}"),
    };
    let list = "事项名称,部门\n户口登记,区公安局\n身份证换领,区公安局\n".as_bytes();
    for (bytes, region, name, expected) in [
        (&b"{"[..], "", "", "file place-unreadable"),
        (br#"{"format":"yimen-place/9","place":{}}"#, "", "", "file place-format"),
        (br#"{"format":"yimen-place/1","code":"440605","name":"x","offers":[]}"#, "", "", "file place-empty"),
        (br#"{"format":"yimen-place/1","code":"4406","name":"x","offers":[]}"#, "", "", "code place-code"),
        (list, "440605", "南海区", "2 matters"),
        (list, "440605", " ", "name required"),
        (list, "4406", "南海区", "code place-code"),
        ("甲,乙\n1,2\n".as_bytes(), "440605", "南海区", "file place-columns"),
        (b"\x00\x01", "440605", "x", "file sheet-unreadable"),
    ] {
        assert_eq!(code(bytes, region, name), expected, "{}", String::from_utf8_lossy(bytes));
    }
}
