//! E05: what can be wrong with a theme. A code never changes its meaning.
//!
//! What a theme has in common with the rest of a catalogue (unknown ids, faulty conditions) keeps the codes of the crate
//! `catalog`.

use catalog::code_table;
use catalog::codes::{Code, explain_among};

code_table! { ALL:
    MISSING_BASELINE = error("E0501", "主题没有改革前的基线",
        "没有改革前的材料、表单、跑动、时间和次数，就说不清减了多少。",
        "写上 baseline: {items, materials, fields, trips, days, submissions}。");
    WRONG_FOLDER = error("E0502", "主题的 id 与文件夹不一致",
        "主题按文件夹找到，两处不同就会找错。",
        "让 id 与文件夹同名。");
    ITEM_TWICE = error("E0503", "同一事项列了两次",
        "一件事里每个事项只办一次。",
        "合并成一行，用“||”连接两个条件。");
    ITEM_NOT_ACTIVE = error("E0504", "事项没有在用",
        "未纳入清单或者已经暂停、取消的事项不得办理。",
        "换成在用的事项，或者先恢复这个事项。");
    TOO_MANY_ITEMS = error("E0505", "主题的事项太多",
        "一个主题最多 64 个事项，再多就不是一件事了。",
        "拆成几个主题。");
    QUESTION_WITHOUT_ELEMENT = error("E0506", "问题没有对应的数据元",
        "回答要落到一个数据元上，条件才能引用，表单才能带出。",
        "用 bind 写明数据元，或者让问题的 id 与数据元同名。");
    QUESTION_KIND = error("E0507", "问题的类型与数据元不合",
        "回答的类型与数据元不同，条件永远判断不了。",
        "是否对 bool，单选对 choice，多选对 multi，数值对 number，其余用 text。");
    BAD_QUESTION_OPTIONS = error("E0508", "问题的选项不对",
        "申请人只能从这些选项里选，条件也只认数据元登记的值。",
        "改成数据元登记的值；不写 options 就用数据元的选项。");
    BAD_DEFAULT = error("E0509", "默认回答不是有效的回答",
        "没有回答时按默认回答出方案，它必须是可以选的回答。",
        "改正 default，或者删去。");
    BAD_QUESTION_BOUNDS = error("E0510", "问题的上下限不对",
        "下限高于上限，就没有可以填的数。",
        "改正 min 和 max。");
    ASKED_TOO_LATE = error("E0511", "问题的条件引用了后面才问的问题",
        "问到这里时还没有那个回答，问题要等下去才出现，申请人会来回跳。",
        "把被引用的问题移到前面。");
    DEAD_QUESTION = error("E0512", "问题永远不会出现",
        "怎样回答前面的问题，这个条件都不成立。",
        "改正条件，或者删去这个问题。");
    UNREAD_QUESTION = error("E0513", "问了没有用的问题",
        "没有条件依据它的回答，也没有表单要它的值；不得要求申请人提供无关的信息（行政许可法第三十一条）。",
        "删去这个问题，或者让条件、表单用到它。");
    NO_RESULT = error("E0514", "有一种回答没有结果",
        "每种回答都要有事项可办，或者明确告知不适用、到哪里办。",
        "补上事项，或者在 out_of_scope 里写明这种情形的去处。");
    NEVER_DECIDED = error("E0515", "有一种回答得不出结果",
        "这样回答以后，条件依据的问题不再出现，方案就一直定不下来。",
        "让条件先判断那个问题是否会问到，或者让问题总是出现。");
    NOBODY_ANSWERS = error("E0516", "条件依据的数没有来处",
        "没有问题问它，没有数据源提供，也不能推算，条件永远判断不了。",
        "加一个问题，或者给数据元登记来源。");
    DEAD_ITEM = error("E0517", "事项永远用不上",
        "怎样回答，这个条件都不成立。",
        "改正条件，或者从主题里删去这个事项。");
    NOWHERE_TO_GO = error("E0518", "不适用的情形没有写去处",
        "每次说“不”，都要告诉申请人下一步到哪里办。",
        "在 go 里写明办理的机关、窗口或者网址。");
    TRIPS_TOO_MANY = error("E0519", "一件事要跑的次数太多",
        "一件事最多跑一次。",
        "把 trips 改为 0 或者 1。");
    VISITS_ABOVE_TRIPS = warning("W0520", "事项的到现场次数多于主题承诺",
        "主题承诺的跑动次数做不到。",
        "改正主题的 trips，或者压减事项的到现场次数。");
    UNCHECKED = warning("W0521", "回答的组合太多，没有全部检查",
        "没有结果的回答和用不上的内容可能没有全部找出来。",
        "减少条件里同时引用的问题，或者拆成几个主题。");
    ITEM_ASKS_UNASKED = warning("W0522", "事项的条件依据的数，这个主题没有问",
        "出方案时还不知道这个数，这份材料或者这一栏要等填表后才能确定。",
        "在主题里加一个问题，或者给数据元登记来源。");
    NO_SAYINGS = warning("W0523", "主题没有写人们怎么说",
        "人们用日常的话找事，不用事项的名称。",
        "在 say 里写几句，例如：我要开理发店。");
    ELEMENT_NOT_ASKED = warning("W0524", "材料并入的一栏不在表单里",
        "材料的内容改为填写一栏，但事项的表单没有这一栏，内容就丢了。",
        "在事项的 fields 里加上这个数据元。");
    SCENARIO_ANSWER = error("E0525", "场景里的回答不对",
        "场景按申请人的回答检查方案，回答本身必须有效。",
        "改正问题的 id 或者回答。");
    SCENARIO_FAILS = error("E0526", "场景得出的方案与预期不符",
        "场景是主题的检验标准：要么主题改错了，要么预期写错了。",
        "核对事项、材料和表单，改正错的一方。");
    UNKNOWN_THEME = error("E0527", "窗口受理的主题不存在",
        "窗口上写着受理、实际没有这个主题，办事指南会把人领到办不了的窗口。",
        "改成 themes/ 里有的主题 id；什么都收的窗口写 themes: all。");
}

/// All codes of this crate, by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    ALL.iter().copied()
}

/// The code of that id, in full; None when it is not one of this crate.
pub fn explain(id: &str) -> Option<String> {
    explain_among(all(), id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_collide_with_no_code_of_the_catalogue() {
        let numbers: Vec<&str> = all().map(|code| &code.id[1..]).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b));
        assert!(all().all(|code| catalog::codes::explain(code.id).is_none()));
    }
}
