//! E01: references between parts of a catalogue.

use super::code_table;

code_table! { REFERENCES:
    UNKNOWN_AUTHORITY = error("E0101", "找不到实施机关",
        "事项、证照和人员都要落到 authorities/ 里登记的实施机关。",
        "改正机关的 id，或者在 authorities/ 里登记它。");
    UNKNOWN_ELEMENT = error("E0102", "找不到数据元",
        "表单的每一项都要对应 elements/ 里登记的数据元，才能合并和预填。",
        "改正数据元代码，或者在 elements/ 里登记它。");
    UNKNOWN_MATERIAL = error("E0103", "找不到规范材料",
        "事项的每份材料都要对应 materials/ 里登记的规范材料，才能合并。",
        "改正材料的 id，或者在 materials/ 里登记它。");
    UNKNOWN_LICENCE = error("E0104", "找不到证照类型",
        "前置证照和结果证照都要在 licences/ 里登记。",
        "改正证照类型的 id，或者在 licences/ 里登记它。");
    UNKNOWN_ITEM = error("E0105", "找不到事项",
        "引用的事项不在目录里，就没有人能办它。",
        "改正事项的 id，或者在 items/ 里补上这个事项。");
    UNKNOWN_REGION = error("E0106", "找不到行政区划",
        "区划代码要在区划表里，数据范围和通办范围才有根据。",
        "改正区划代码，或者在区划表里补上这一行。");
    UNKNOWN_HALL = error("E0107", "找不到大厅",
        "窗口人员要属于 halls/ 里登记的大厅。",
        "改正大厅的 id，或者在 halls/ 里登记它。");
    DUPLICATE_ID = error("E0110", "id 重复",
        "其他文件用 id 引用它，重复就不知道指哪一个。",
        "改掉其中一个 id。");
    DUPLICATE_CODE = error("E0111", "编码重复",
        "编码在全国范围内唯一，两处相同必有一处是错的。",
        "核对编码，改正其中一处。");
    BAD_ID = error("E0112", "id 写法不对",
        "id 会出现在网址和其他文件里。",
        "只用小写字母、数字、连字符和下划线，以字母开头，不超过 64 个字符。");
    PREREQUISITE_CYCLE = error("E0113", "事项互为前置",
        "甲要先有乙，乙又要先有甲，申请人永远办不成。",
        "弄清哪一个在先，删去另一个方向的前置。");
    WRONG_PRODUCT = error("E0114", "内部流转的事项不产生这份材料",
        "只有事项的结果证照正是这份材料，才能由它流转、不再要求提交。",
        "改正产生它的事项，或者改正材料对应的证照类型。");
    WAIVER_WITHOUT_LICENCE = error("E0115", "按证照免提交，但材料没有对应的证照类型",
        "系统要凭证照类型查找电子证照，材料没有登记类型就查不到。",
        "在规范材料上填写 licence，或者换一种免提交方式。");
    WRONG_CHECK = error("E0116", "核验接口与规范材料登记的不一致",
        "一种材料只用一个核验接口，否则同一事实会有两种说法。",
        "改成规范材料登记的接口，或者改正规范材料。");
    WAIVER_WITHOUT_COMMITMENT = error("E0117", "按告知承诺免提交，但事项没有实行告知承诺",
        "告知承诺要先确定承诺内容和后补期限（国办发〔2020〕42号）。",
        "在事项上填写 commitment 并允许承诺，或者删去这种免提交方式。");
    DEFERRABLE_WITHOUT_TOLERANCE = error("E0118", "材料可以容缺，但事项没有实行容缺受理",
        "容缺受理要有补正期限，事项没有规定就无从掌握。",
        "在事项上填写 tolerance 并允许容缺，或者把材料改为必要。");
}
