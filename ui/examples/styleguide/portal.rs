//! Pages for residents, filled with one restaurant.

use askama::Template;
use axum::Router;
use axum::routing::get;
use ui::*;

pub fn pages() -> Router {
    Router::new()
        .route("/home", get(async |look: Look| page(home(look))))
        .route("/question", get(async |look: Look| page(question(look))))
        .route("/plan", get(async |look: Look| page(plan(look))))
        .route("/form", get(async |look: Look| page(form(look))))
        .route("/hand-in", get(async |look: Look| page(hand_in(look))))
        .route("/mine", get(async |look: Look| page(mine(look))))
        .route("/parts", get(async |look: Look| page(all_parts(look))))
        .route("/problem", get(async |look: Look| problem_page(shell("", "/problem", look), problem())))
}

fn site() -> Site {
    Site {
        name: "禅城区政务服务网".into(), host: "佛山市禅城区政务服务和数据管理局".into(), hotline: "12345".into()
    }
}

fn shell(title: &str, path: &str, look: Look) -> Shell {
    let who = Who { name: "陈**".into(), home: "/mine".into(), sign_out: "/sign-out".into(), ..Who::default() };
    let nav = vec![
        NavLink::new("/home", "首页"),
        NavLink::new("/find", "找事项"),
        NavLink::new("/mine", "我的办件").counting(2),
        NavLink::new("/halls", "大厅和窗口"),
    ];
    Shell::portal(title).site(&site()).who(Some(who)).csrf("token").look(look).nav(nav).at(path)
}

fn journey(now: usize) -> Progress {
    Progress::at(["答问题", "看方案", "填写信息", "交材料", "交给政府审核"], now)
}

#[derive(Template)]
#[template(path = "guide_home.html")]
struct Home {
    shell: Shell,
    mine: Vec<(&'static str, &'static str, Lamp)>,
}

fn home(look: Look) -> Home {
    let mine = vec![
        ("开一家餐饮店", "要您补 1 份材料，11月27日（周五）前", Lamp::Stopped),
        ("孩子出生了", "2 个部门正在审核，11月25日（周三）前办好", Lamp::Green),
    ];
    Home { shell: shell("", "/home", look), mine }
}

#[derive(Template)]
#[template(path = "guide_question.html")]
struct Question {
    shell: Shell,
    progress: Progress,
    question: Field,
    tally: Tally,
}

fn question(look: Look) -> Question {
    let options = vec![
        Opt::new("hot", "热菜、面食、小炒").hint("现场加热做熟再卖"),
        Opt::new("cold", "凉菜、卤味").hint("需要单独的冷食间"),
        Opt::new("cake", "裱花蛋糕").hint("需要单独的裱花间"),
        Opt::new("drink", "奶茶、咖啡等现做饮料"),
    ];
    let question = Field::multi("services", "店里打算做哪些吃的？", options)
        .values(vec!["hot".into()])
        .help("可以选多项，以后想加也可以再办变更。")
        .cards()
        .heading();
    let item = |name: &str, authority: &str, included, because: &str| TallyItem {
        name: name.into(),
        authority: authority.into(),
        included,
        because: because.into(),
    };
    let tally = Tally {
        figures: vec![
            Figure::plain("要办的事", 3, "件"),
            Figure::change("材料", 14, 9, "份"),
            Figure::change("用时", 20, 6, "个工作日"),
            Figure::change("跑动", 4, 1, "次"),
        ],
        items: vec![
            item("个体工商户设立登记", "区市场监管局", true, "您还没有营业执照"),
            item("食品经营许可", "区市场监管局", true, "您要现场做热食"),
            item("户外招牌设置备案", "区城管执法局", true, "您要挂招牌"),
            item("公众聚集场所消防检查", "区消防救援大队", false, "面积不到 300 平方米"),
        ],
        open: 3,
    };
    let shell = shell("店里打算做哪些吃的", "/question", look).crumb("/home", "首页").crumb_here("开一家餐饮店");
    Question {
        shell, progress: Progress::at(["身份", "店面", "吃的", "员工", "招牌", "取证"], 2), question, tally
    }
}

#[derive(Template)]
#[template(path = "guide_plan.html")]
struct Plan {
    shell: Shell,
    figures: Vec<Figure>,
    materials: Vec<MaterialRow>,
    timeline: Timeline,
}

fn plan(look: Look) -> Plan {
    let bars = vec![
        Bar::new("个体工商户设立登记", "区市场监管局", 0, 1).critical().when("11月24日"),
        Bar::new("食品经营许可（餐饮服务）", "区市场监管局", 1, 6).critical().after([0]).when("11月25日—12月1日"),
        Bar::new("户外招牌设置备案", "区城管执法局", 1, 3).after([0]).when("11月25日—11月26日"),
        Bar::new("社会保险登记", "区税务局", 1, 1).after([0]).when("11月24日"),
    ];
    let timeline = Timeline::new("timeline", "从受理起，最快 6 个工作日全部办好（原来 20 个）", bars)
        .ends("11月24日（周二）受理", "12月1日（周二）办好");
    let figures = vec![
        Figure::change("材料", 14, 9, "份").note("您只要准备 4 份"),
        Figure::change("填表", 51, 36, "项").note("已帮您填好 25 项"),
        Figure::change("用时", 20, 6, "个工作日"),
        Figure::change("跑动", 4, 1, "次").note("也可以全程网办"),
    ];
    let shell = shell("开一家餐饮店：您的办事方案", "/plan", look).crumb("/home", "首页").crumb_here("开一家餐饮店");
    Plan { shell, figures, materials: materials(), timeline }
}

fn materials() -> Vec<MaterialRow> {
    let exempt = |name: &str, why: &str| MaterialRow::new(name, Standing::Exempt(why.into()));
    vec![
        MaterialRow {
            form: "原件拍照".into(),
            asked_by: vec!["区市场监管局".into(), "区城管执法局".into()],
            help: Some("房东和您签的合同。自己的房子交不动产权证，登记在您名下的不用交。".into()),
            ..MaterialRow::new("房屋租赁合同", Standing::HandIn)
        },
        MaterialRow {
            holder: "厨房".into(),
            form: "自己画，标出洗、切、煮的位置".into(),
            sample: Some(("看样图".into(), "/samples/kitchen".into())),
            ..MaterialRow::new("操作间平面图", Standing::HandIn)
        },
        MaterialRow {
            form: "可以直接用我们的范本".into(), ..MaterialRow::new("食品安全管理制度", Standing::HandIn)
        },
        MaterialRow::new("招牌效果图", Standing::Deferred("可以先受理，12月10日（周四）前补上".into())),
        exempt("身份证", "已从公安人口库核对"),
        exempt("营业执照", "本次一起办，办好后自动共享给后面的部门"),
        exempt("从业人员健康证明", "系统里已有，陈小明、李阿妹两人均有效"),
        exempt("申请表（3 张）", "合成一张网上表格，填一次"),
        exempt("消防安全承诺书", "面积不到 300 平方米，不用交"),
    ]
}

#[derive(Template)]
#[template(path = "guide_form.html")]
struct Form {
    shell: Shell,
    progress: Progress,
    errors: ErrorSummary,
    person: Vec<Field>,
    place: Vec<Field>,
    business: Vec<Field>,
}

fn form(look: Look) -> Form {
    let person = vec![
        Field::text("op_name", "经营者姓名").value("陈小明").shown("陈**").from_source("公安人口库", "昨天"),
        Field::new("op_id", "身份证号", FieldKind::CitizenId)
            .value("44060419870512201X")
            .shown("440604********201X")
            .from_source("公安人口库", "昨天"),
        Field::choice("op_sex", "性别", vec![Opt::new("1", "男"), Opt::new("2", "女")])
            .value("1")
            .from_source("身份证号", "推算"),
        Field::new("op_phone", "手机号码", FieldKind::Phone)
            .value("1382345")
            .help("用来接收办理进度短信。")
            .error("手机号码应为 11 位，您填了 7 位"),
    ];
    let streets = [
        ("祖庙街道", "城门头社区"),
        ("祖庙街道", "升平社区"),
        ("石湾镇街道", "湾华社区"),
        ("石湾镇街道", "深村社区"),
        ("张槎街道", "大富社区"),
        ("张槎街道", "莲塘社区"),
        ("南庄镇", "吉利社区"),
        ("南庄镇", "紫南社区"),
    ];
    let communities = streets.iter().map(|(street, c)| Opt::new(*c, *c).group(*street)).collect();
    let place = vec![
        Field::new("addr", "店面地址", FieldKind::Address)
            .value("祖庙街道锦华路85号首层3号铺")
            .from_source("不动产登记", "11月20日"),
        Field::new("community", "所在社区", FieldKind::Region(communities)).value("升平社区"),
        Field::number("area", "经营面积", "平方米")
            .help("按租赁合同上的面积填。")
            .sample("86.5")
            .error("请填写经营面积")
            .asked_by(vec!["区市场监管局".into(), "区城管执法局".into()]),
        Field::new("own", "房子是您自己的吗", FieldKind::Bool).value("false"),
        Field::new("lease_end", "租到哪一天", FieldKind::Date).value("2029-10-31"),
    ];
    let business = vec![
        Field::text("shop_name", "店名").value("锦华小食店").help("已查过，这个名字可以用。"),
        Field::multi(
            "services",
            "经营项目",
            vec![
                Opt::new("hot", "热食类制售"),
                Opt::new("cold", "冷食类制售").hint("需要单独的冷食间"),
                Opt::new("drink", "自制饮品制售"),
            ],
        )
        .values(vec!["hot".into()]),
        Field::new("note", "其他要说明的", FieldKind::Long { max: Some(200) }).optional(),
    ];
    let errors = ErrorSummary::of(person.iter().chain(&place).chain(&business));
    let shell = shell("填写信息", "/form", look)
        .crumb("/home", "首页")
        .crumb("/plan", "开一家餐饮店")
        .crumb_here("填写信息")
        .faulty(!errors.is_empty());
    Form { shell, progress: journey(2), errors, person, place, business }
}

#[derive(Template)]
#[template(path = "guide_hand_in.html")]
struct HandIn {
    shell: Shell,
    progress: Progress,
    uploads: Vec<Upload>,
    pledge: Field,
}

fn hand_in(look: Look) -> HandIn {
    let upload = |id: &str, label: &str| Upload {
        id: id.into(),
        label: label.into(),
        action: "/apply/1/files".into(),
        csrf: "token".into(),
        limit: "10 MB".into(),
        limit_bytes: 10 << 20,
        ..Upload::default()
    };
    let there = UploadedFile {
        name: "租赁合同 2026.pdf".into(),
        size: say::bytes(2_520_000),
        href: "/b/1".into(),
        remove: Some("/b/1/remove".into()),
    };
    let uploads = vec![
        Upload {
            files: vec![there],
            help: Some("每一页都要拍清楚，四角完整。".into()),
            ..upload("m-lease", "房屋租赁合同")
        },
        Upload {
            error: Some("这个文件名叫“平面图.pdf”，里面却不是 PDF。请重新导出后再上传。".into()),
            ..upload("m-plan", "厨房操作间平面图")
        },
    ];
    let pledge = Field::multi(
        "pledge",
        "您的承诺",
        vec![
            Opt::new("1", "我已阅读食品安全管理要求，保证填写的内容真实").hint("承诺不实会被撤销许可，并记入信用记录"),
        ],
    );
    HandIn {
        shell: shell("交材料", "/hand-in", look).crumb("/home", "首页").crumb_here("交材料"),
        progress: journey(3),
        uploads,
        pledge,
    }
}

#[derive(Template)]
#[template(path = "guide_mine.html")]
struct Mine {
    shell: Shell,
    track: Track,
    journal: Journal,
}

fn stages(done: usize, dates: &[&str]) -> Vec<Stage> {
    let mut stages = Progress::at(["收件", "受理", "承办", "审核", "批准", "出证"], done).stages;
    for (stage, at) in stages.iter_mut().zip(dates) {
        stage.at = (*at).into();
    }
    stages
}

fn mine(look: Look) -> Mine {
    let row = |item: &str, authority: &str, state: &str, lamp, due: &str, stages| TrackRow {
        item: item.into(),
        authority: authority.into(),
        href: Some("/mine/1/cases/1".into()),
        state: state.into(),
        lamp,
        due: due.into(),
        phone: "0757-82345678".into(),
        stages,
    };
    let rows = vec![
        row(
            "个体工商户设立登记",
            "区市场监管局",
            "营业执照已签发",
            Lamp::Done,
            "用了 1 个工作日",
            stages(6, &["11月22日", "11月22日", "11月23日", "11月23日", "11月23日", "11月23日"]),
        ),
        row(
            "食品经营许可（餐饮服务）",
            "区市场监管局",
            "等您补材料",
            Lamp::Stopped,
            "补上后还剩 4 个工作日",
            stages(2, &["11月22日", "11月23日", "11月24日"]),
        ),
        row(
            "户外招牌设置备案",
            "区城管执法局",
            "正在审核",
            Lamp::Green,
            "11月26日（周四）前办结",
            stages(3, &["11月22日", "11月23日", "11月23日", "11月24日"]),
        ),
    ];
    let entry = |at: &str, did: &str, who: &str, official| JournalEntry {
        at: at.into(),
        iso: String::new(),
        who: who.into(),
        did: did.into(),
        detail: None,
        official,
    };
    let journal = Journal {
        entries: vec![
            JournalEntry {
                detail: Some("缺厨房操作间平面图。请标明清洗池的位置。".into()),
                ..entry("今天 10:32", "发出补正通知书", "区市场监管局 李敏", true)
            },
            entry("昨天 16:05", "签发营业执照", "区市场监管局 黄志强", true),
            entry("昨天 09:12", "受理了食品经营许可", "综合窗口 何婉仪", false),
            entry("11月22日 20:41", "提交了申请，3 件一起办", "您", false),
        ],
    };
    Mine {
        shell: shell("开一家餐饮店", "/mine/1", look)
            .crumb("/mine", "我的办件")
            .crumb_here("开一家餐饮店")
            .flash(FlashKind::Good, "已收到您的留言，最迟明天回复。"),
        track: Track { rows },
        journal,
    }
}

fn problem() -> Problem {
    Problem {
        status: 422,
        title: "这家店还不能受理".into(),
        said: vec![
            "申请的地址登记为住宅。按规定，餐饮店不能开在住宅楼内没有独立烟道的房子里。".into(),
            "您填的内容都保存着，换一个地址就可以继续。".into(),
        ],
        clause: Some("《中华人民共和国大气污染防治法》第八十一条".into()),
        next: vec![("换一个地址".into(), "/form".into()), ("回到方案".into(), "/plan".into())],
        ask: Some("佛山市生态环境局禅城分局 0757-82340000".into()),
        reference: None,
    }
}

#[derive(Template)]
#[template(path = "guide_parts.html")]
struct AllParts {
    shell: Shell,
    fields: Vec<Field>,
    pager: Pager,
}

fn all_parts(look: Look) -> AllParts {
    let fields = vec![
        Field::text("t", "店名").value("锦华小食店").optional(),
        Field::number("n", "从业人员", "人").help("包括您自己。"),
        Field::new("b", "是否委托他人代办", FieldKind::Bool),
        Field::new("d", "开业日期", FieldKind::Date),
        Field::choice(
            "c",
            "怎么取证",
            vec![
                Opt::new("1", "寄到店里").hint("政府付邮费"),
                Opt::new("2", "到大厅领"),
                Opt::new("3", "只要电子证照"),
            ],
        )
        .cards()
        .value("1"),
        Field::multi("m", "经营项目", vec![Opt::new("1", "热食"), Opt::new("2", "冷食")]),
        Field::new("i", "身份证号", FieldKind::CitizenId).error("身份证号最后一位不对，请核对"),
        Field::new("u", "统一社会信用代码", FieldKind::CreditCode),
        Field::new("p", "手机号码", FieldKind::Phone),
        Field::new("e", "电子邮箱", FieldKind::Email).optional(),
        Field::new("a", "详细地址", FieldKind::Address).sample("锦华路85号首层3号铺"),
        Field::new("l", "补充说明", FieldKind::Long { max: Some(200) }).optional(),
        Field::text("f", "经营者姓名").value("陈小明").from_source("公安人口库", "昨天"),
        Field::new("f2", "身份证号", FieldKind::CitizenId)
            .value("44060419870512201X")
            .shown("440604********201X")
            .from_source("公安人口库", "昨天"),
    ];
    let pager =
        Pager {
            back: Some("?before=1".into()), on: Some("?after=50".into()), shown: "本页 50 件，共 1,204 件".into()
        };
    AllParts { shell: shell("界面零件", "/parts", look), fields, pager }
}
