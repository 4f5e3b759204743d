//! E06: delegations (授权、委托、划转).

use super::code_table;

code_table! { DELEGATIONS:
    DELEGATIONS_OVERLAP = error("E0601", "两个委托互相重叠",
        "同一项权力同一时间只能由一个机关行使，否则申请人不知道找谁，决定也不知道是谁的。",
        "把其中一个的 items、regions 或者起止日期改开。");
    DELEGATES_WHAT_IT_LACKS = error("E0602", "委托了自己没有的权力",
        "只能在法定职权范围内委托；划转以后原机关不再行使，受委托的不得再委托（行政许可法第二十四条、第二十五条）。",
        "改正 from，或者从 items、regions 里去掉它。");
    DELEGATION_PERIOD = error("E0603", "委托的起止日期颠倒",
        "结束在开始之前，等于没有委托。",
        "改正 starts 或者 until。");
    DECISION_TO_THE_WINDOW = error("E0604", "把决定权交给了窗口",
        "综合窗口只受理、不审批（受审分离）；没有批准岗位的机关也作不了决定。",
        "改为 scope: acceptance（只受理），或者委托给有批准岗位的机关。");
    ENTRUSTED_TO_NO_AUTHORITY = error("E0605", "委托给了不是行政机关的组织",
        "行政许可只能委托其他行政机关实施（行政许可法第二十四条）；法律、法规授权的组织以自己的名义实施（第二十三条）。",
        "有法律、法规授权的，kind 改为 authorisation；没有的，不能委托。");
    DELEGATION_WITHOUT_BASIS = error("E0606", "委托没有依据",
        "委托要依照法律、法规、规章，并且公告（行政许可法第二十四条）。",
        "填写 basis。");
}
