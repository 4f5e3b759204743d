//! E08: what can be wrong with people's words. A code never changes its meaning.

use catalog::code_table;
use catalog::codes::{Code, explain_among};

code_table! { ALL:
    SAID_TWICE = error("E0801", "同一个说法写了两次",
        "一个说法只能换成一个词，写了两处，就说不清换成哪个。",
        "只留最贴切的一处。");
    SAYS_ITSELF = error("E0802", "说法和它要换成的词一样",
        "换成自己等于没有换。",
        "从 said 里删去它。");
    SAID_IS_WORD = error("E0803", "要换成的词本身又是别的词的说法",
        "换了一次还要再换，两处各写一半，别的说法就换不到底。",
        "把两组合成一组，word 写目录里用的那个词。");
    FILLER_SAYS_SOMETHING = error("E0804", "套话同时又是有意思的词",
        "套话查找时不看，这个词就查不到了。",
        "从 fillers 或者 words 里去掉一处。");
    SAID_TOO_LONG = error("E0805", "说法太长",
        "整句话几乎没有人一字不差地说，换不上；应当写成词，或者写进主题的 say。",
        "写成不超过 12 个字的词。");
    LEADS_NOWHERE = warning("W0806", "目录里没有用到这个词",
        "换成这个词也查不到任何主题和事项。",
        "改成主题或者事项的名称、俗称里有的词，或者删去这一组。");
    FILLER_NAMES_ITEM = error("E0807", "套话是主题或者事项的名称",
        "套话查找时不看，只说这个名称的人就查不到它。",
        "从 fillers 里删去它。");
}

/// All codes of people's words, by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    ALL.iter().copied()
}

/// The code of that id, in full; None when it is not one of these.
pub fn explain(id: &str) -> Option<String> {
    explain_among(all(), id)
}
