//! The sections of the one form: in what order, under what headings.

/// Groups of the element dictionary, in the order of the form, with their headings.
const SECTIONS: [(&str, &str); 20] = [
    ("person", "申请人信息"),
    ("applicant", "申请人信息"),
    ("agent", "代理人信息"),
    ("organisation", "经营主体信息"),
    ("place", "场所信息"),
    ("business", "经营情况"),
    ("shareholder", "股东和出资信息"),
    ("seal", "印章信息"),
    ("tax", "税务信息"),
    ("child", "新生儿信息"),
    ("birth", "生育和分娩信息"),
    ("mother", "母亲信息"),
    ("father", "父亲信息"),
    ("spouse", "配偶信息"),
    ("family", "家庭信息"),
    ("elder", "老年人信息"),
    ("job", "就业失业信息"),
    ("insurance", "社会保险和公积金信息"),
    ("bank", "银行账户信息"),
    ("delivery", "领取和签名"),
];

/// The heading of a group; groups of a later dictionary stand together at the end.
pub(crate) fn section_title(group: &str) -> &'static str {
    SECTIONS.iter().find(|(known, _)| *known == group).map_or("其他信息", |(_, title)| title)
}

/// Where a group stands in the form. Signing and handing over come last, after groups nobody listed.
pub(super) fn section_place(group: &str) -> usize {
    match SECTIONS.iter().position(|(known, _)| *known == group) {
        Some(place) if place + 1 == SECTIONS.len() => SECTIONS.len(),
        Some(place) => place,
        None => SECTIONS.len() - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_comes_last() {
        assert!(section_place("person") < section_place("place"));
        assert!(section_place("pets") < section_place("delivery"));
        assert_eq!(section_title("pets"), "其他信息");
    }
}
