//! E073: what can be wrong with the dictionary of the exchange. A code never changes its meaning.

use catalog::code_table;
use catalog::codes::Code;

code_table! { ALL:
    MISSING = error("E0731", "上报字典缺少一个词",
        "办件里会出现这个词，没有对照代码，这一件就报不上去。",
        "照上级下发的字典，给每个词都写上代码。");
    UNKNOWN = error("E0732", "上报字典里的词不存在",
        "我方没有这个词，这一行永远用不上，多半是写错了。",
        "改成规定的词，或者删去这一行。");
    TOO_LONG = error("E0733", "上报字典的代码太长",
        "代码比交换表的列还长，整批会被退回。",
        "照上级下发的字典改正代码。");
    TWICE = error("E0734", "上报字典有两份",
        "两份里只有一份起作用。",
        "只留下 exchange.yaml。");
}

/// All codes of it, by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    ALL.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_collide_with_no_other_code() {
        let numbers: Vec<&str> = all().map(|code| &code.id[1..]).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b));
        let known = |id: &str| catalog::codes::explain(id).is_some() || crate::connector::codes::explain(id).is_some();
        assert!(all().all(|code| !known(code.id)));
    }
}
