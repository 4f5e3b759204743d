//! The place of a signature in a PDF (ISO 32000-1, 12.8): an incremental update with a signature dictionary, whose
//! `/ByteRange` leaves out nothing but the digits of `/Contents`.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, StringFormat};
use sm3::{Digest, Sm3};

use super::SealFault;

/// Room for the SignedData; one takes about nine hundred bytes.
const ROOM_BYTES: usize = 3 * 1024;
/// Ten digits where the real numbers will stand.
const WIDE: i64 = 1_000_000_000;
/// Names a file of this form by three words, so that spoiling one of them does not hide that it was sealed.
pub(super) const FILTER: &str = "Yimen.SM2";
pub(super) const SUB_FILTER: &str = "yimen.gmt0010.detached";
pub(super) const STATEMENT: &str = "YimenStatement";
const BYTE_RANGE: &[u8] = b"/ByteRange";
const CONTENTS: &[u8] = b"/Contents<";

/// What the signature dictionary says in words.
pub(super) struct Words<'a> {
    pub(super) authority: &'a str,
    pub(super) statement: &'a str,
    pub(super) at: DateTime<Utc>,
}

/// A file with room for its signature.
pub(super) struct Place {
    bytes: Vec<u8>,
    /// Where `<` of the digits stands, and what follows `>`.
    open: usize,
    after: usize,
}

/// Adds the signature dictionary and the room.
pub(super) fn prepare(file: &[u8], words: &Words<'_>) -> Result<Place, SealFault> {
    let whole = Document::load_mem(file).map_err(SealFault::file)?;
    let root = whole.trailer.get(b"Root").and_then(Object::as_reference).map_err(SealFault::file)?;
    let page = *whole.get_pages().get(&1).ok_or_else(|| SealFault::file("it has no page"))?;
    let mut added = IncrementalDocument::create_from(file.to_vec(), whole);
    let signature = added.new_document.add_object(signature(words));
    let field = added.new_document.add_object(field(signature, page));
    for id in [root, page] {
        added.opt_clone_object_to_new_document(id).map_err(SealFault::file)?;
    }
    let dictionary = added.new_document.get_dictionary_mut(root).map_err(SealFault::file)?;
    let mut form = Dictionary::new();
    form.set("Fields", vec![Object::Reference(field)]);
    form.set("SigFlags", 3);
    dictionary.set("AcroForm", form);
    let dictionary = added.new_document.get_dictionary_mut(page).map_err(SealFault::file)?;
    let mut notes = dictionary.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
    notes.push(Object::Reference(field));
    dictionary.set("Annots", notes);
    let mut bytes = Vec::with_capacity(file.len() + 4 * ROOM_BYTES);
    added.save_to(&mut bytes).map_err(SealFault::file)?;
    Place::open(bytes)
}

fn signature(words: &Words<'_>) -> Dictionary {
    let mut one = Dictionary::new();
    one.set("Type", "Sig");
    one.set("Filter", FILTER);
    one.set("SubFilter", SUB_FILTER);
    one.set("M", Object::string_literal(words.at.format("D:%Y%m%d%H%M%SZ").to_string()));
    one.set("Name", lopdf::text_string(words.authority));
    one.set(STATEMENT, Object::String(words.statement.as_bytes().to_vec(), StringFormat::Hexadecimal));
    one.set("ByteRange", vec![0.into(), WIDE.into(), WIDE.into(), Object::Integer(WIDE)]);
    one.set("Contents", Object::String(vec![0; ROOM_BYTES], StringFormat::Hexadecimal));
    one
}

/// A field without a breadth of its own: the seal that people see is printed on the page.
fn field(signature: lopdf::ObjectId, page: lopdf::ObjectId) -> Dictionary {
    let mut one = Dictionary::new();
    one.set("Type", "Annot");
    one.set("Subtype", "Widget");
    one.set("FT", "Sig");
    one.set("T", Object::string_literal("Seal"));
    one.set("Rect", vec![0.into(), 0.into(), 0.into(), Object::Integer(0)]);
    // Printed, and locked.
    one.set("F", 132);
    one.set("V", Object::Reference(signature));
    one.set("P", Object::Reference(page));
    one
}

impl Place {
    /// Finds the room and writes the real numbers into `/ByteRange`.
    fn open(mut bytes: Vec<u8>) -> Result<Self, SealFault> {
        let lost = || SealFault::file("the room for the signature was not found");
        let open = last(&bytes, CONTENTS).ok_or_else(lost)? + CONTENTS.len() - 1;
        let after = open + 2 * ROOM_BYTES + 2;
        if bytes.get(after - 1) != Some(&b'>') {
            return Err(lost());
        }
        let range = last(&bytes, BYTE_RANGE).ok_or_else(lost)?;
        let end = range + bytes[range..].iter().position(|byte| *byte == b']').ok_or_else(lost)?;
        let numbers = format!("{}[0 {open} {after} {}", String::from_utf8_lossy(BYTE_RANGE), bytes.len() - after);
        let room = end - range;
        if numbers.len() > room {
            return Err(lost());
        }
        bytes[range..end].copy_from_slice(format!("{numbers:room$}").as_bytes());
        Ok(Self { bytes, open, after })
    }

    /// SM3 over all but the digits.
    pub(super) fn digest(&self) -> [u8; 32] {
        digest(&self.bytes, self.open, self.after)
    }

    /// Writes the signature into its room.
    pub(super) fn fill(mut self, signed: &[u8]) -> Result<Vec<u8>, SealFault> {
        if signed.len() > ROOM_BYTES {
            return Err(SealFault::file(format_args!("a signature of {} bytes", signed.len())));
        }
        let digits = hex::encode(signed);
        self.bytes[self.open + 1..self.open + 1 + digits.len()].copy_from_slice(digits.as_bytes());
        Ok(self.bytes)
    }
}

fn digest(bytes: &[u8], open: usize, after: usize) -> [u8; 32] {
    Sm3::new().chain_update(&bytes[..open]).chain_update(&bytes[after..]).finalize().into()
}

/// What a file of this form holds.
pub(super) struct Found {
    pub(super) digest: [u8; 32],
    pub(super) signed: Vec<u8>,
    pub(super) statement: String,
}

/// Whether the file bears any of the words by which sealed files are known.
pub(super) fn is_marked(bytes: &[u8]) -> bool {
    [FILTER, SUB_FILTER, STATEMENT].iter().any(|word| last(bytes, word.as_bytes()).is_some())
}

/// Reads the last signature; nothing where the numbers, the digits or the statement are not exactly as they are written.
pub(super) fn find(bytes: &[u8]) -> Option<Found> {
    let range = last(bytes, BYTE_RANGE)? + BYTE_RANGE.len();
    let end = range + bytes[range..].iter().position(|byte| *byte == b']')?;
    let numbers = std::str::from_utf8(&bytes[range..end]).ok()?.trim().strip_prefix('[')?;
    let numbers: Vec<usize> = numbers.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let [0, open, after, rest] = numbers[..] else { return None };
    // From the first byte to the last, and between them one string of digits in `<>`.
    let reaches = after.checked_add(rest)? == bytes.len() && open < after && after - open == 2 * ROOM_BYTES + 2;
    if !reaches || bytes.get(open) != Some(&b'<') || bytes.get(after - 1) != Some(&b'>') {
        return None;
    }
    let room = plain_hex(&bytes[open + 1..after - 1])?;
    let length = der_length(&room)?;
    if room[length..].iter().any(|byte| *byte != 0) {
        return None;
    }
    Some(Found { digest: digest(bytes, open, after), signed: room[..length].to_vec(), statement: statement(bytes)? })
}

fn statement(bytes: &[u8]) -> Option<String> {
    let start = last(bytes, format!("/{STATEMENT}<").as_bytes())? + STATEMENT.len() + 2;
    let end = start + bytes[start..].iter().position(|byte| *byte == b'>')?;
    String::from_utf8(hex::decode(&bytes[start..end]).ok()?).ok()
}

/// Digits and small letters only: a capital would be another byte with the same meaning.
fn plain_hex(digits: &[u8]) -> Option<Vec<u8>> {
    let plain = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.iter().all(plain).then(|| hex::decode(digits).ok())?
}

/// How long the DER at the beginning is.
fn der_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x30, 0x82, high, low, ..] => {
            let length = 4 + usize::from(*high) * 256 + usize::from(*low);
            (length <= bytes.len()).then_some(length)
        }
        _ => None,
    }
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}
