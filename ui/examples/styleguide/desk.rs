//! Pages for staff, and signing in.

use askama::Template;
use axum::Router;
use axum::routing::get;
use ui::*;

pub fn pages() -> Router {
    Router::new()
        .route("/list", get(async |look: Look| page(list(look))))
        .route("/case", get(async |look: Look| page(case(look))))
        .route("/sign-in", get(async |look: Look| page(sign_in(look))))
}

fn shell(title: &str, path: &str, look: Look) -> Shell {
    let who = Who {
        name: "李敏".into(),
        post: Some("区市场监管局 审核".into()),
        home: "/desk".into(),
        sign_out: "/sign-out".into(),
        password: Some("/password".into()),
    };
    let site = Site { name: "禅城政务工作台".into(), ..Site::default() };
    let nav = vec![
        NavLink::new("/list", "待办").counting(128),
        NavLink::new("/window", "窗口"),
        NavLink::new("/cases", "办件"),
        NavLink::new("/items", "事项库"),
    ];
    Shell::desk(title).site(&site).who(Some(who)).csrf("token").look(look).nav(nav).search("/desk/search", "").at(path)
}

struct Row {
    due: &'static str,
    left: &'static str,
    lamp: Lamp,
    item: &'static str,
    who: &'static str,
    step: &'static str,
    last: &'static str,
    no: String,
}

#[derive(Template)]
#[template(path = "guide_list.html")]
struct List {
    shell: Shell,
    counts: Vec<(Lamp, u32, bool)>,
    rows: Vec<Row>,
    pager: Pager,
}

fn list(look: Look) -> List {
    let seen = [
        (
            "11月20日 周五",
            "超期2天",
            Lamp::Red,
            "食品经营许可（餐饮服务）",
            "梁** · 升平肠粉店",
            "审核",
            "承办：现场核查合格",
        ),
        (
            "11月23日 周一",
            "明天",
            Lamp::Yellow,
            "食品经营许可（餐饮服务）",
            "陈** · 锦华小食店",
            "审核",
            "承办：材料齐全，符合",
        ),
        (
            "11月23日 周一",
            "明天",
            Lamp::Yellow,
            "公共场所卫生许可（理发店）",
            "何** · 阿仪发廊",
            "审核",
            "申请人补了检测报告",
        ),
        ("11月24日 周二", "还有2天", Lamp::Yellow, "药品零售许可变更", "禅城康*大药房", "承办", "窗口：已收件"),
        ("11月27日 周五", "还有5天", Lamp::Green, "个体工商户设立登记", "黄** · 石湾陶艺坊", "审核", "窗口：已收件"),
        ("11月27日 周五", "还有5天", Lamp::Green, "食品小作坊登记", "李** · 南庄腊味", "审核", "承办：转审核"),
        (
            "11月30日 周一",
            "还有8天",
            Lamp::Green,
            "食品经营许可（食品销售）",
            "张** · 张槎便利店",
            "承办",
            "数据核对一致",
        ),
        ("12月2日 周三", "还有10天", Lamp::Green, "特种设备使用登记", "佛山市恒*物业公司", "审核", "承办：转审核"),
        ("—", "", Lamp::Stopped, "食品经营许可（餐饮服务）", "吴** · 季华茶餐厅", "承办", "等申请人补厨房平面图"),
        ("—", "", Lamp::Idle, "食品经营许可（餐饮服务）", "周** · 同济糖水铺", "承办", "等营业执照"),
    ];
    let rows = seen.into_iter().enumerate().map(|(i, (due, left, lamp, item, who, step, last))| Row {
        due,
        left,
        lamp,
        item,
        who,
        step,
        last,
        no: format!("2026-{:05}", 371 + i * 7),
    });
    let counts = vec![
        (Lamp::Red, 1, false),
        (Lamp::Yellow, 14, true),
        (Lamp::Green, 98, false),
        (Lamp::Stopped, 11, false),
        (Lamp::Idle, 4, false),
    ];
    let pager = Pager { back: None, on: Some("?after=x".into()), shown: "本页 50 件，共 128 件".into() };
    List { shell: shell("待办", "/list", look), counts, rows: rows.collect(), pager }
}

#[derive(Template)]
#[template(path = "guide_case.html")]
struct Case {
    shell: Shell,
    lamp: Lamp,
    done: Lamp,
    green: Lamp,
    opinion: Field,
    journal: Journal,
}

fn case(look: Look) -> Case {
    let entry = |at: &str, did: &str, who: &str, detail: Option<&str>, official| JournalEntry {
        at: at.into(),
        iso: String::new(),
        who: who.into(),
        did: did.into(),
        detail: detail.map(Into::into),
        official,
    };
    let journal = Journal {
        entries: vec![
            entry("今天 09:20", "承办完成", "李敏 承办", Some("材料齐全，面积与合同一致，操作间分区合理。"), false),
            entry("今天 09:16", "核对健康证明，一致", "数据核对", None, false),
            entry("昨天 09:12", "受理，出具受理通知书", "何婉仪 综合窗口", None, true),
            entry("11月22日 20:41", "提交申请", "陈** 申请人", None, false),
        ],
    };
    let opinion = Field::new("opinion", "审核意见", FieldKind::Long { max: Some(500) })
        .value("符合《食品经营许可和备案管理办法》第十二条规定的条件，拟同意。");
    let shell = shell("食品经营许可", "/list/371", look).crumb("/list", "待办").crumb_here("440604-2026-00371");
    Case { shell, lamp: Lamp::Yellow, done: Lamp::Done, green: Lamp::Green, opinion, journal }
}

#[derive(Template)]
#[template(path = "guide_sign_in.html")]
struct SignIn {
    shell: Shell,
    errors: ErrorSummary,
    login: Field,
}

fn sign_in(look: Look) -> SignIn {
    let errors = ErrorSummary { errors: vec![("f-login".into(), "账号或密码不对".into())] };
    let login = Field::text("login", "账号").value("limin");
    SignIn { shell: Shell::plain("工作人员登录").look(look).at("/sign-in").faulty(true), errors, login }
}
