//! Our words that need a code of theirs, beside those of the catalogue (办理形式, 服务对象, 办件类型).

use catalog::words;

words! {
    /// What a number of a person or an organisation is (证件类型).
    IdKind {
        CitizenId = "citizen-id" "公民身份号码",
        CreditCode = "credit-code" "统一社会信用代码",
    }
}

words! {
    /// What stops or stretches the limit (特别程序种类).
    SpecialWord {
        Extension = "extension" "延长审批",
        Procedure = "procedure" "特别程序",
        Hearing = "hearing" "听证",
    }
}

words! {
    /// How a paper came (收取方式).
    GetWay {
        Paper = "paper" "纸质收取",
        File = "file" "电子文件",
        Shared = "shared" "数据共享，免提交",
    }
}

words! {
    /// What was done at a step (业务动作).
    Deed {
        Accept = "accept" "受理",
        Agree = "agree" "同意",
        Disagree = "disagree" "不同意",
        Grant = "grant" "准予",
        Refuse = "refuse" "不予",
        Issue = "issue" "制发结果",
    }
}

words! {
    /// How a case ended (办理结果).
    ResultWord {
        Grant = "grant" "准予",
        Refuse = "refuse" "不予",
        Withdrawn = "withdrawn" "申请人撤回",
        Terminated = "terminated" "终止办理",
        Lapsed = "lapsed" "逾期未补齐，视为撤回",
    }
}

words! {
    /// 是否.
    Answer {
        Yes = "yes" "是",
        No = "no" "否",
    }
}
