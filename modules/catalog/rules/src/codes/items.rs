//! E03: items, and the elements, people and halls around them.

use super::code_table;

code_table! { ITEMS:
    PROMISE_ABOVE_STATUTORY = error("E0301", "承诺时限长于法定时限",
        "承诺时限只能比法定时限短或者相等（行政许可法第四十二条、第四十三条）。",
        "缩短承诺时限，或者核对法定时限。");
    LIMITS_HARD_TO_COMPARE = warning("W0302", "承诺时限换算后可能长于法定时限",
        "两个时限单位或起算点不同，按一周五个工作日折算后，承诺时限更长。",
        "改用同一单位和起算点，或者缩短承诺时限。");
    INSTANT_MISMATCH = error("E0303", "办件类型与承诺时限不一致",
        "承诺时限为即办的是即办件，即办件的承诺时限是即办，两者必须同时成立。",
        "改正 handling，或者把 promise 改为 {unit: at-once}。");
    VISITS_WITHOUT_REASON = error("E0304", "到现场次数与原因不一致",
        "要申请人到现场，就要写明必须到现场的原因；不用到现场，原因写“无”。",
        "改正 visits 的次数或者原因。");
    NO_WAY_WITHOUT_VISIT = warning("W0305", "不用到现场，但没有网上、移动端或快递的办理形式",
        "到现场次数为 0 而只能在窗口申请，申请人实际上办不了。",
        "在 apply_via 里加上 online、mobile 或 mail，或者改正到现场次数。");
    RESULT_MISMATCH = error("E0306", "结果类型与结果证照不一致",
        "结果是证照的事项要写明产生哪种证照；没有结果的事项不能产生证照。",
        "改正 result.kind 或者 provides。");
    NO_DECIDING_STEP = error("E0307", "没有作出决定的环节",
        "每个事项都要有人批准，最后要有一个 approver 的环节。",
        "加上批准环节，例如 {id: decide, name: 批准, role: approver}。");
    STEP_ROLE = error("E0308", "这个角色不能承担办理环节",
        "受审分离：综合窗口只收件、受理，不参与审查和决定；管理和监察的角色也不办件。",
        "环节的角色只能是 handler、reviewer、approver 或 issuer。");
    NO_STEPS_BEFORE_DECISION = warning("W0309", "承诺件只有一个环节",
        "承诺件通常有承办、审核、批准，一个人包办就没有制约。",
        "加上承办或者审核环节；能够当场办结的，改为即办件。");
    CATCH_ALL_MATERIAL = error("E0310", "兜底材料",
        "不得以“其他材料”“有关材料”等兜底性表述要求申请人提供材料（行政许可法第三十条、优化营商环境条例）。",
        "写明到底是哪一份材料；写不出来的就删去。");
    BAD_OPTIONS = error("E0311", "选项设置不对",
        "选择类数据元要有选项，其他数据元不能有，选项的值不能重复或为空。",
        "改正 options。");
    BAD_BOUNDS = error("E0312", "上下限设置不对",
        "下限高于上限，或者字数上限不是正整数，就填不进任何值。",
        "改正 min 和 max。");
    BAD_SOURCE = error("E0313", "数据元的来源不对",
        "来源要写明取自人口库、法人库还是某种证照，才能一数一源地预填。",
        "resource 写 resident、organisation，或者 licence:证照类型。");
    DERIVATION_CYCLE = error("E0314", "数据元互相推算",
        "一个数据元绕了一圈又由自己推算，永远得不到值。",
        "去掉其中一个 derived。");
    UNKNOWN_TOPIC = error("E0315", "没有这个主题编码",
        "事项主题编码是 01 到 24。",
        "改成规定的编码，并加引号，例如 topic: \"17\"。");
    CLERK_DECIDES = warning("W0316", "同一人既受理又批准",
        "受审分离：同一件事受理的人不得作决定。一人兼任两岗，遇到自己受理的件会被拒绝。",
        "由不同的人担任，或者确认人手确实不够。");
    STAFF_WITHOUT_AUTHORITY = error("E0317", "办件人员没有所属机关",
        "承办、审核、批准和事项管理都以机关的名义进行。",
        "填写 authority。");
    STAFF_WITHOUT_HALL = error("E0318", "窗口人员没有所属大厅",
        "综合窗口人员和大厅管理员要属于一个大厅。",
        "填写 hall。");
    COMMITMENT_INCOMPLETE = error("E0319", "告知承诺不完整",
        "实行告知承诺要写明承诺的内容，申请人才知道承诺了什么。",
        "填写 commitment.clauses。");
    FEE_INCOMPLETE = error("E0320", "收费项目不完整",
        "收费要有标准和依据，二者都要公开（行政许可法第五十八条、第五十九条）。",
        "填写 amount_fen 或者 standard，并填写 basis。");
    NO_FAQ = warning("W0321", "行政许可没有常见问题",
        "行政许可事项的指南至少要有一个常见问题。",
        "在 faqs 里补上申请人常问的问题和答复。");
    SAME_TELEPHONE = warning("W0322", "咨询和投诉是同一个电话",
        "投诉由被投诉的人接听，投诉就没有意义。",
        "填写不同的电话。");
    NO_REMEDY = warning("W0323", "没有写明救济途径",
        "不予许可的决定要告知申请人复议机关和诉讼法院（行政许可法第三十八条）。",
        "填写 remedy。");
    RESULT_NAME = warning("W0324", "结果名称与结果类型不一致",
        "名称以“证”“照”结尾的通常是证照，以“批复”“决定书”结尾的通常是批文。",
        "核对 result.kind 和 result.name。");
    NO_AUDIENCE = error("E0325", "没有服务对象",
        "不知道谁能申请，就不能推荐给任何人。",
        "在 audience 里写明自然人、企业法人等。");
    FIELD_OF_FORM_MISSING = warning("W0326", "有申请表却没有表单项",
        "申请表要变成一张表单，表单项却一个也没有列出。",
        "在 fields 里列出申请表的各项。");
    CATCH_ALL_CONDITION = warning("W0327", "兜底条件",
        "“其他条件”没有说是什么，给了想怎么掌握就怎么掌握的余地（行政许可法第十六条）。",
        "写明是哪部法律规定的哪个条件；写不出来的就删去。");
    VAGUE_MATERIAL = warning("W0328", "材料名称含糊",
        "“某某有关材料”说了关于什么，没有说是哪一份，窗口可以一再要求补充。",
        "写明具体是哪一份，例如“隔油设施施工图”。");
    RESULT_BESIDE_LICENCE = warning("W0329", "产生证照，结果类型却不是证照",
        "产生的证照会进入证照库、供别的事项免提交，结果类型通常应当是证照。",
        "核对 result.kind；确实以批文、回执流转的可以不改。");
    UNKNOWN_SOURCE_FIELD = error("E0330", "来源里没有这个字段",
        "按一数一源预填，要写明取来源的哪个字段；写错了就永远取不到，这一栏只能让申请人自己填。",
        "改正 source.field；证照上确有这一项的，在证照类型的 fields 里登记它。");
    LAST_STEP_NOT_DECIDING = error("E0331", "最后一个环节不是作出决定",
        "最后一个环节作出的就是决定。由承办、审核的人收尾，等于没有批准权的人作了决定；制证、发证不是审批环节，决定以后由出件岗位办。",
        "把 approver 的环节移到最后；决定以后的制证、发证不要列为环节。");
    LIMIT_FROM_ITS_END = error("E0332", "办结时限从作出决定起算",
        "办结时限管的是多久以内作出决定，从决定起算就永远不会开始，也永远不会到期。",
        "改为 acceptance（自受理之日起）或者 receipt（自收到申请之日起）；decision 只用于决定以后补交证明。");
    PRE_REVIEW_LIMIT = error("E0333", "网上预审的期限过长",
        "法定的五个工作日从提交之日起算，预审不占用、不延长（行政许可法第三十二条第一款第四项）；预审之后还要留出完善和告知的时间。",
        "写一至三个工作日；不写的是一个工作日。");
    PRE_REVIEW_OFFLINE = error("E0334", "不能网上申请，却提供网上预审",
        "预审的是网上提交的申请；窗口交来的当面看。",
        "在 apply_via 里加上 online，或者去掉 pre_review。");
    PRELIMINARY_LIMIT = error("E0335", "初审期限不对",
        "下级行政机关应当自受理之日起二十日内审查完毕并报送（行政许可法第四十三条）。",
        "写一至二十个工作日；不写的是二十个工作日。");
    PRELIMINARY_OF_ITSELF = error("E0336", "初审机关就是决定机关",
        "初审由下级行政机关进行，审完直接报送上级（行政许可法第三十五条）；自己的审查写在 steps 里。",
        "从 preliminary.authorities 里去掉它。");
    UNKNOWN_PRINT_FIELD = error("E0337", "证照样式要印的项目不存在",
        "证照上的每一项都要有出处：证照自己的照面信息、场所地址，或者人口库、法人库的字段；写错了，证上这一栏就永远是空的。",
        "改正 print.rows 里的 field；证照上确有这一项的，在证照类型的 fields 里登记它。");
    FEE_WITHOUT_STATUTE = error("E0340", "许可收费没有法律、行政法规依据",
        "实施行政许可不得收取任何费用，只有法律、行政法规可以另作规定（行政许可法第五十八条）。",
        "改引规定收费的法律、行政法规；找不到的就取消这项收费。");
    FEE_EXEMPTION_INCOMPLETE = error("E0341", "减免不完整",
        "减免和收费一样要有依据，减多少要写明，才不会因人而异。",
        "填写 exemptions 里的 basis，percent 写 1 到 100 之间的整数，100 为免收。");
    FEE_COUNTS_NO_NUMBER = error("E0342", "计件的不是数字",
        "按件、按本收费，件数要从表单里的数字来。",
        "把 count 改成数字类型的数据元；一律按一件收的，删去 count。");
    FEE_BEFORE_NOTHING = error("E0343", "没有结果却要在制发结果前缴费",
        "没有证照、批文可发，就没有“制发前”，这笔费用永远不会催缴。",
        "改为 collect: before-decision，或者取消这项收费。");
    FEE_READS_UNASKED = error("E0344", "计费要看的数据元表单不问",
        "表单不问，就算不出应缴多少。",
        "在 fields 里加上这个数据元，或者改 count。");
    EARLIER_LICENCE = error("E0345", "延续、变更、注销写得自相矛盾",
        "一个办理项只做一件事：延续和变更换发同一种证照，注销不再发证。写混了，旧证照就不知道该换、该留还是该注销。",
        "renews、changes、cancels 只写一个；延续、变更的，provides 写同一种证照；注销的，provides 写 null。");
}
