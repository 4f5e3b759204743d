//! How names of matters are held against each other (事项名称比对). Places word the same matter differently; a comma, a bracket
//! or a full-width letter makes no other matter, another verb does.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// What is done about a thing: names that differ in it are different matters, however alike they look.
const ACTS: [&str; 24] = [
    "设立", "开办", "新办", "首次", "变更", "注销", "延续", "换发", "换领", "补办", "补领", "补发", "申领", "申报",
    "撤销", "恢复", "迁入", "迁出", "转入", "转出", "预约", "参保", "停保", "复核",
];

/// Words for the same act, the second of each pair being the one that is compared.
const SAME_ACTS: [(&str, &str); 5] =
    [("开办", "设立"), ("新办", "设立"), ("首次", "设立"), ("换领", "换发"), ("补领", "补办")];

/// What every name ends with, and so says nothing about the thing.
const FORMS: [&str; 12] =
    ["登记", "许可", "审批", "核准", "核发", "备案", "确认", "办理", "签发", "服务", "给付", "证"];

/// A name made ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Letters and figures only, in their ordinary width: equal where two names differ in marks only.
    pub plain: String,
    /// Neighbouring letters.
    pairs: BTreeSet<(char, char)>,
    letters: BTreeSet<char>,
    acts: BTreeSet<&'static str>,
    /// What stands in brackets: the situation (情形) the matter is for.
    inside: BTreeSet<(char, char)>,
    /// The thing it is about: without brackets, acts and forms.
    pub stem: String,
    /// The things of a name that joins several: 税务信息 and 数电发票 of 税务信息确认与数电发票申领.
    joined: Vec<String>,
}

impl Name {
    /// Reads a name.
    pub fn read(name: &str) -> Self {
        let whole: String = name.nfkc().collect();
        let (outside, inside) = brackets(&whole);
        let plain = letters_of(&whole);
        let acts = ACTS.iter().filter(|act| plain.contains(**act)).map(|act| same_act(act)).collect();
        let joined: Vec<String> = outside.split(JOINS).map(stem_of).filter(|stem| is_thing(stem)).collect();
        Self {
            pairs: pairs(&plain),
            letters: plain.chars().collect(),
            acts,
            inside: pairs(&letters_of(&inside)),
            stem: stem_of(&outside),
            joined: if joined.len() > 1 { joined } else { Vec::new() },
            plain,
        }
    }

    /// How alike two names are, 0 to 1 (Dice's coefficient over neighbouring letters).
    pub fn likeness(&self, other: &Self) -> f64 {
        if self.plain == other.plain { 1.0 } else { dice(&self.pairs, &other.pairs) }
    }

    /// Whether they cannot be the same matter: they do different things, or are for different situations.
    pub fn excludes(&self, other: &Self) -> bool {
        let acts = !self.acts.is_empty() && !other.acts.is_empty() && self.acts.is_disjoint(&other.acts);
        let both = !self.inside.is_empty() && !other.inside.is_empty();
        acts || (both && within(&self.inside, &other.inside) < ALIKE_INSIDE)
    }

    /// Whether it joins several things of which this is one; another act about all of them is none.
    pub fn joins(&self, part: &Self) -> bool {
        self.stem != part.stem && self.joined.iter().any(|thing| part.plain.contains(thing.as_str()))
    }

    /// Which of these it names (合并办理): those whose own letters it has, or all of them where it says nothing but what
    /// they have in common.
    pub fn covers(&self, parts: &[&Self]) -> Vec<usize> {
        let mut common = parts.first().map(|part| part.letters.clone()).unwrap_or_default();
        common.retain(|letter| parts.iter().all(|part| part.letters.contains(letter)));
        let shares = |part: &Self| {
            let own: Vec<&char> = part.letters.difference(&common).collect();
            let had = own.iter().filter(|letter| self.letters.contains(letter)).count();
            !own.is_empty() && had as f64 >= own.len() as f64 * NAMED
        };
        let named: Vec<usize> = (0..parts.len()).filter(|place| shares(parts[*place])).collect();
        let beyond = self.letters.difference(&common).filter(|letter| !FILL.contains(**letter)).count();
        if named.is_empty() && parts.len() > 1 && beyond * 4 <= self.letters.len() {
            return (0..parts.len()).collect();
        }
        named
    }
}

/// Situations are the same from here.
const ALIKE_INSIDE: f64 = 0.5;
/// A name is named by another that has so much of what is its own.
const NAMED: f64 = 0.75;
/// Letters that join and say nothing.
const FILL: &str = "及和与的等、";

/// What joins the things of a name.
const JOINS: [char; 4] = ['与', '和', '及', '、'];
/// A thing's name needs so many letters to be taken for the same thing.
const THING_LETTERS: usize = 3;

/// Whether a stem is long enough to name a thing.
pub(super) fn is_thing(stem: &str) -> bool {
    stem.chars().count() >= THING_LETTERS
}

fn stem_of(outside: &str) -> String {
    let without = |stem: String, word: &&str| if stem.contains(*word) { stem.replace(*word, "") } else { stem };
    ACTS.iter().chain(&FORMS).fold(letters_of(outside), without)
}

/// The letters and figures of a name, by which two are the same in everything but marks: [`Name::plain`] without the rest.
pub(super) fn plain(name: &str) -> String {
    letters_of(name)
}

/// The thing a name is about, where it is long enough to name one: [`Name::stem`] without the rest.
pub(super) fn thing(name: &str) -> Option<String> {
    let whole: String = name.nfkc().collect();
    Some(stem_of(&brackets(&whole).0)).filter(|stem| is_thing(stem))
}

fn same_act(act: &'static str) -> &'static str {
    SAME_ACTS.iter().find(|(word, _)| *word == act).map_or(act, |(_, same)| same)
}

/// What stands outside brackets, and what inside.
fn brackets(name: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for letter in name.chars() {
        match letter {
            '(' | '〔' | '[' | '【' => depth += 1,
            ')' | '〕' | ']' | '】' => depth = depth.saturating_sub(1),
            letter if depth > 0 => inside.push(letter),
            letter => outside.push(letter),
        }
    }
    (outside, inside)
}

fn letters_of(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn pairs(plain: &str) -> BTreeSet<(char, char)> {
    plain.chars().zip(plain.chars().skip(1)).collect()
}

fn dice<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

/// How much of the smaller set lies in the other, 0 to 1: 新办 lies in 新办·理发店.
fn within<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    one.intersection(other).count() as f64 / one.len().min(other.len()).max(1) as f64
}

/// How much two sets have in common, 0 to 1 (Jaccard's); `None` where one says nothing.
pub(super) fn shared<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> Option<f64> {
    let all = one.union(other).count();
    (!one.is_empty() && !other.is_empty()).then(|| one.intersection(other).count() as f64 / all as f64)
}

impl Name {
    /// The neighbouring letters, by which names are looked up.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        self.pairs.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    fn likeness(one: &str, other: &str) -> f64 {
        Name::read(one).likeness(&Name::read(other))
    }

    #[test]
    fn marks_and_widths_make_no_other_matter() {
        assert_eq!(Name::read("社会保障卡申领（新生儿）").plain, Name::read("社会保障卡申领(新生儿) ").plain);
        assert!((likeness("ＡＢ类许可", "ab类许可") - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn other_words_for_the_same_are_alike_and_other_matters_are_not() {
        assert!(likeness("老年人优待卡申领", "老年人优待证办理") > 0.4);
        assert!(likeness("老年人优待卡申领", "烟草专卖零售许可证核发") < 0.2);
    }

    #[test]
    fn another_act_or_another_situation_is_another_matter() {
        let read = Name::read;
        assert!(read("个体工商户变更登记").excludes(&read("个体工商户注销登记")));
        assert!(!read("个体工商户设立登记").excludes(&read("个体工商户开办登记")), "two words for one act");
        assert!(read("公共场所卫生许可（理发店）").excludes(&read("公共场所卫生许可（游泳馆）")));
        assert!(!read("公共场所卫生许可（理发店）").excludes(&read("公共场所卫生许可")));
    }

    #[test]
    fn a_name_covers_the_parts_it_names_or_all_when_it_names_none() {
        let parts = ["个体工商户设立登记", "个体工商户变更登记", "个体工商户注销登记"].map(Name::read);
        let parts: Vec<&Name> = parts.iter().collect();
        assert_eq!(Name::read("个体工商户设立、变更、注销登记").covers(&parts), [0, 1, 2]);
        assert_eq!(Name::read("个体工商户设立、变更登记").covers(&parts), [0, 1]);
        assert_eq!(Name::read("个体工商户登记").covers(&parts), [0, 1, 2]);
        assert_eq!(Name::read("个体工商户年度报告").covers(&parts), Vec::<usize>::new());
    }

    #[test]
    fn a_name_that_joins_things_has_each_of_them() {
        let both = Name::read("税务信息确认与数电发票申领");
        assert!(both.joins(&Name::read("税务信息确认")));
        assert!(both.joins(&Name::read("发票票种核定与数电发票额度确认")));
        assert!(!both.joins(&Name::read("社会保险登记")));
        assert!(!Name::read("税务信息确认").joins(&Name::read("税务信息确认")), "it joins nothing");
    }
}
