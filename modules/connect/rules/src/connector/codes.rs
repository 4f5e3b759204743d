//! E07: what can be wrong with a connector. A code never changes its meaning.
//!
//! What a connector has in common with the rest of a catalogue (unknown ids, wrong words) keeps the codes of the crate
//! `catalog`.

use catalog::code_table;
use catalog::codes::{Code, explain_among};

code_table! { ALL:
    WRONG_ID = error("E0701", "适配器的 id 与文件名不一致，或者写法不对",
        "适配器按文件名找到，id 还写进办件记录和运维配置。",
        "让 id 与文件同名，只用小写字母、数字和短横，最多 24 个字符。");
    NOT_ITS_ITEM = error("E0702", "事项不归适配器的部门办理",
        "对方系统以这个部门的名义报告办理结果，别的部门的事项它无权办理。",
        "从 items 里去掉它，或者改正 authority；有委托、划转的写进 delegations.yaml。");
    WAY_INCOMPLETE = error("E0703", "对接方式缺少要素",
        "文件交换要写明 form，数据库视图要写明 tables，否则不知道怎样读写。",
        "补上缺的要素，去掉别的方式才用的要素。");
    BAD_NAME = error("E0704", "列名不能用",
        "列名、表名要写进对方的数据库、文件或者报文，只能是字母、数字和下划线，以字母或者下划线开头。",
        "改正名称。");
    COLUMN_TWICE = error("E0705", "同一列写了两次",
        "两个值里只有一个会写进去。",
        "删去其中一个。");
    NO_SOURCE = error("E0706", "这一列没有来处，或者有几个来处",
        "每一列的值从且只从一处来。",
        "在 from、element、constant 里只写一个。");
    ELEMENT_NOT_ASKED = error("E0707", "推送的数据元不在事项的表单里",
        "只能提供办理这些事项所收集的信息（个人信息保护法第六条、第三十四条）。",
        "去掉这一列，或者改成表单里有的数据元。");
    REQUIRED_UNSURE = error("E0708", "必填的列有的办件给不出值",
        "事项的表单不一定填这一项，推送时就会卡住。",
        "去掉 required，或者改用每个事项都必填的数据元。");
    VALUE_UNKNOWN = error("E0709", "对照表里的值不存在",
        "我方没有这个值，这一行永远用不上，多半是写错了。",
        "改成数据元的选项或者规定的词。");
    VALUE_MISSING = error("E0710", "对照表缺少一个值",
        "遇到没有对照的值，推送就会卡住。",
        "给每个值都写上对方的代码。");
    BAD_DATES = error("E0711", "日期格式看不懂",
        "按这个格式写不出日期，也读不回日期。",
        "例如写 \"%Y-%m-%d\"、\"%Y%m%d\"。");
    NO_CASE_NUMBER = error("E0712", "没有推送办件编号",
        "对方报告结果时要用办件编号，没有推送过去，它就说不清是哪一件。",
        "加一列 from: project-no，required: true。");
    NEVER_PUSHED = error("E0713", "没有写什么时候推送",
        "on 是空的，什么也不会推送。",
        "写上 on: [accepted]，或者去掉 push。");
    NOTHING_TO_DO = error("E0714", "适配器什么也不做",
        "既不推送也不取回，登记它没有用处。",
        "写上 push 或者 pull。");
    STATE_TWICE = error("E0715", "同一状态写了两次",
        "对方的一个状态只能对应我方的一件事。",
        "删去其中一行。");
    STATE_STEP = error("E0716", "状态对应的环节不对",
        "事项没有这个环节，或者它就是作决定的环节，报告来了办不下去。",
        "改成决定以前的环节；作决定用 means: grant 或者 refuse。");
    STATE_KEYS = error("E0717", "这一行写了用不上的键，或者缺少要用的键",
        "step、opinion 只用于环节，steps 只用于决定；用不上的会被误以为起作用。",
        "去掉用不上的，补上缺的。");
    NO_POST = error("E0718", "缺少办理要用的岗位",
        "环节由规定的岗位办，对方的工作人员没有这个岗位，报告会被拒绝。",
        "在 posts 里加上这个岗位，或者去掉这一行。");
    NO_REASON_COLUMN = error("E0719", "取回“不予”或者“不同意”，却没有说明理由的列",
        "不予行政许可应当说明理由（行政许可法第三十八条第二款）。",
        "在 columns 里写上 words。");
    NO_HANDLER_COLUMN = error("E0720", "决定连带以前的环节，却没有说明谁承办",
        "承办和决定不能是同一人，没有承办人的编号就核不了。",
        "在 columns 里写上 handler 和 handler_name。");
    PULLS_TOO_OFTEN = error("E0721", "取回的间隔不对",
        "太密会压垮对方的系统，太疏办件会等过期限。",
        "every 写 5 到 86400 之间的秒数。");
    STEPS_NEVER_REPORTED = warning("W0722", "没有状态报告决定以前的环节",
        "决定以前的环节没有办完，对方的决定会成为冲突；除非这些环节都在本平台办。",
        "加一行 means: step，或者在决定那一行写 steps: true。");
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
