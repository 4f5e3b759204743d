//! The forms of what stands several to a file: data elements (数据元) and canonical materials (规范材料).

use super::schema::{Kind, Section, Vocabulary, may, must};

/// A data element.
pub(crate) const ELEMENT: &[Section] = &[
    Section {
        code: "element",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            must("name", Kind::Line),
            must("kind", Kind::Word(Vocabulary::ElementKind)),
            must("group", Kind::Line),
            may("options", Kind::Options),
            may("unit", Kind::Line),
            may("min", Kind::Decimal),
            may("max", Kind::Decimal),
            may("help", Kind::Line),
            may("sample", Kind::Line),
        ],
    },
    Section {
        code: "element-source",
        rows: None,
        named_by: &[],
        keyed_by: &[],
        columns: &[
            may("source.resource", Kind::Line),
            may("source.field", Kind::Line),
            may("source.authority", Kind::Authority),
            may("source.trust", Kind::Word(Vocabulary::Trust)),
            may("derived.from", Kind::Element),
            may("derived.how", Kind::Word(Vocabulary::How)),
        ],
    },
];

/// A canonical material.
pub(crate) const MATERIAL: &[Section] = &[Section {
    code: "material",
    rows: None,
    named_by: &[],
    keyed_by: &[],
    columns: &[
        must("name", Kind::Line),
        must("issuer", Kind::Word(Vocabulary::Issuer)),
        may("aliases", Kind::Lines),
        may("issuing_authority", Kind::Authority),
        may("licence", Kind::Licence),
        may("check", Kind::Line),
        may("help", Kind::Long),
        may("sample", Kind::Long),
    ],
}];
