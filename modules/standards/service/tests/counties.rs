//! Four counties grown from a city, each with differences planted: all are found, and nothing else.

use std::path::Path;

use catalog::sample::City;
use standards::comparison::sample::{Planted, counties};
use standards::comparison::{Aspect, Comparison, Place, Strand};

fn grown() -> Place {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let files = catalog_service::folder::read(&folder).expect("the sample");
    let sample = catalog::compile(&files).0.expect("the sample is sound").catalog;
    let city = City::grow(&sample, 7, catalog::sample::AUTHORITIES, 600);
    Place::of(&catalog::compile(&city.files(&files)).0.expect("a grown city is sound").catalog)
}

#[test]
fn everything_planted_in_four_grown_counties_is_found_and_nothing_else() {
    let base = grown();
    for seed in [1, 20_260_101] {
        let (places, planted): (Vec<Place>, Vec<Planted>) = counties(&base, seed, 4).into_iter().unzip();
        let comparison = Comparison::of(places);
        for (place, (account, planted)) in comparison.accounts.iter().zip(&planted).enumerate() {
            let found = Planted {
                missing: account.missing,
                renamed: account.renamed,
                bundled: account.bundled,
                own: account.own,
                slower: having(&comparison, place, Aspect::Days),
                papers: having(&comparison, place, Aspect::Papers),
            };
            assert_eq!(found, *planted, "seed {seed}, county {}", place + 1);
            assert_eq!(account.twice, 0);
        }
    }
}

/// Matters in which any implementer of the place differs so.
fn having(comparison: &Comparison, place: usize, aspect: Aspect) -> usize {
    let differs = |strand: &&Strand| {
        strand.cells[place].differences.iter().flatten().any(|difference| difference.aspect == aspect)
    };
    comparison.strands.iter().filter(differs).count()
}
