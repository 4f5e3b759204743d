//! Files in which a place hands over what it offers: whole, as `yimen export place` and the console write it, or as the list
//! an office has in a spreadsheet.

use catalog::Catalog;
use platform::{Fault, FieldFault};
use serde::{Deserialize, Serialize};
use standards::ListKind;
use standards::comparison::Place;
use standards::mapping::Mapping;
use standards::reading::{Known, read};

use crate::sheets;

/// Says what the file is, and how its content is to be read.
const FORMAT: &str = "yimen-place/1";
/// Largest number of matters a place may have.
pub const OFFERS_MAX: usize = 40_000;
/// Longest name of a place in characters.
const NAME_CHARS_MAX: u32 = 40;

#[derive(Serialize, Deserialize)]
struct File<P> {
    format: String,
    #[serde(flatten)]
    place: P,
}

/// A place as a file.
pub fn write(place: &Place) -> Result<Vec<u8>, Fault> {
    Ok(serde_json::to_vec_pretty(&File { format: FORMAT.to_owned(), place })?)
}

/// A place from a file it wrote itself.
///
/// # Errors
/// [`Fault::Invalid`] of `file`: `place-unreadable`; `place-format` (fact `format`) of a later version; `place-empty`;
/// `place-too-large`.
pub fn parse(bytes: &[u8]) -> Result<Place, Fault> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    let unreadable = |_| Fault::field("file", "place-unreadable");
    let head: Head = serde_json::from_slice(bytes).map_err(unreadable)?;
    if head.format != FORMAT {
        return Err(Fault::Invalid(vec![FieldFault::new("file", "place-format").fact("format", head.format)]));
    }
    let file: File<Place> = serde_json::from_slice(bytes).map_err(unreadable)?;
    sound(file.place)
}

/// A place from any file: its own, or a table of rows, for which code and name are said beside it.
///
/// # Errors
/// As [`parse`] and [`sheets::read`]; [`Fault::Invalid`] of `code` and `name` where a table needs them; `place-columns` of `file`
/// where no column is the name of matters.
pub fn read_file(bytes: &[u8], code: &str, name: &str, catalog: &Catalog) -> Result<Place, Fault> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        return parse(bytes);
    }
    let sheet = sheets::read(bytes)?;
    let name = Fault::words("name", name, NAME_CHARS_MAX)?;
    let mapping = Mapping::guess(&sheet, ListKind::Power);
    if !mapping.missing(&sheet).is_empty() {
        return Err(Fault::field("file", "place-columns"));
    }
    let rows = read(&sheet, &mapping, &Known::of(catalog));
    let fit = rows.iter().filter(|row| row.is_fit()).map(|row| &row.row);
    sound(Place::of_rows(code.trim(), name, fit))
}

fn sound(place: Place) -> Result<Place, Fault> {
    if place.code.len() != 6 || !place.code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::field("code", "place-code"));
    }
    match place.offers.len() {
        0 => Err(Fault::field("file", "place-empty")),
        many if many > OFFERS_MAX => {
            Err(Fault::Invalid(vec![FieldFault::new("file", "place-too-large").fact("max", OFFERS_MAX)]))
        }
        _ => Ok(place),
    }
}
