//! E02: conditions.

use super::code_table;

code_table! { CONDITIONS:
    CONDITION_TOO_LARGE = error("E0201", "条件太长或者嵌套太深",
        "太复杂的条件没有人能核对。",
        "拆成几个条件。");
    CONDITION_SYNTAX = error("E0202", "条件写法有误",
        "读不懂的条件不能判断，也不能当作“否”。",
        "按表达式的写法改正。");
    CONDITION_UNSUPPORTED = error("E0203", "条件里不支持的写法",
        "条件只用比较、逻辑、包含和加减乘，才能逐条说明理由。",
        "换成支持的写法。");
    CONDITION_UNKNOWN_ELEMENT = error("E0204", "条件里的数据元不存在",
        "条件只能依据 elements/ 里登记的数据元判断。",
        "改正数据元代码，或者登记它。");
    CONDITION_WRONG_TYPE = error("E0205", "条件里的类型不合",
        "不同类型的值无法比较，条件永远判断不了。",
        "两边用同一种值；文字加引号，数值不加。");
    CONDITION_NO_SUCH_OPTION = error("E0206", "条件里的选项不存在",
        "申请人选不到这个值，条件永远不会成立。",
        "改成数据元登记的选项。");
    CONDITION_NOT_YES_OR_NO = error("E0207", "条件得不出“是”或“否”",
        "条件要回答是、否或者无法判断。",
        "加上比较。");
    CONDITION_CONSTANT = warning("W0208", "条件的结果总是一样",
        "不看任何事实就有结果的条件没有意义，多半是写漏了。",
        "总是适用就删去这个条件；总不适用就删去它管的内容。");
}
