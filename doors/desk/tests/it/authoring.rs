//! Keeping the catalogue at the desk: forms without scripts, conditions from choices, a dry run, signatures, requests.

use axum::http::StatusCode;
use uuid::Uuid;

use crate::house::{Answer, Browser, House};

const ITEM: &str = "sign-filing";

/// The revision that a page leads to.
fn revision(answer: &Answer) -> String {
    let rest = answer.to.strip_prefix("/desk/revisions/").unwrap_or_else(|| panic!("leads to {}", answer.to));
    rest.split('/').next().unwrap_or_default().to_owned()
}

async fn open(browser: &mut Browser<'_>) -> String {
    let answer = browser.send("/desk/revisions", &[("_key", "open"), ("item", ITEM)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    revision(&answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_edited_as_a_form_and_no_yaml_is_in_sight() {
    let house = House::build().await;
    let mut admin = house.officer("urban-item-admin").await;
    let list = admin.get("/desk/catalogue?q=招牌").await;
    assert!(list.text.contains("户外招牌设施设置备案") && list.text.contains("修订"), "{}", list.text);
    assert!(!admin.get("/desk/catalogue").await.text.contains("食品经营许可"), "other authorities' items are not here");
    let id = open(&mut admin).await;
    let home = format!("/desk/revisions/{id}");
    let item = admin.get(&format!("{home}/items/{ITEM}")).await;
    assert!(item.text.contains("申请材料") && item.text.contains("拆分成几个事项"), "{}", item.text);

    let papers = format!("{home}/items/{ITEM}/materials");
    let table = admin.get(&papers).await;
    assert!(
        table.text.contains("“场地来源”") || table.text.contains("不等于"),
        "conditions stand in words: {}",
        table.text
    );
    let one = admin.get(&format!("{papers}?row=3")).await;
    assert!(one.text.contains("name=\"basis.law\"") && one.text.contains("设置载体使用权证明"), "{}", one.text);
    let row = [
        ("row", "3"),
        ("seen", "S4"),
        ("id", "S4"),
        ("material", "site-proof"),
        ("name", "设置载体使用权证明"),
        ("holder", "premises"),
        ("need", "required"),
        ("copy", "copy"),
        ("media", "either"),
        ("copies", "两份"),
        ("when", "site_source != 'own'"),
        ("basis.law", "城市市容和环境卫生管理条例"),
        ("basis.article", "第十一条"),
    ];
    let wrong = admin.send(&papers, &row).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("请填写整数") && wrong.text.contains("两份"), "what was typed is kept: {}", wrong.text);
    let mut right = row;
    right[9] = ("copies", "2");
    let saved = admin.send(&papers, &right).await;
    assert_eq!((saved.status, saved.to.as_str()), (StatusCode::SEE_OTHER, papers.as_str()), "{}", saved.text);
    right[1] = ("seen", "S3");
    assert_eq!(admin.send(&papers, &right).await.status, StatusCode::CONFLICT, "another row was opened");

    right[1] = ("seen", "S4");
    let stale: Vec<(&str, &str)> = right.iter().copied().chain([("base", "0123456789abcdef")]).collect();
    let late = admin.send(&papers, &stale).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("这里刚被别人改过") && late.text.contains("再保存一次"), "{}", late.text);

    let run = admin.get(&format!("{home}/dry-run")).await;
    assert!(run.text.contains("申请材料 · 份数") && !run.text.contains("设定依据"), "{}", run.text);
    assert!(run.text.contains("第 1 版 → 第 2 版") && run.text.contains("开一家理发店"), "{}", run.text);
    assert!(!run.text.contains("按这次试算发布"), "an authority publishes nothing");

    let when = format!("{papers}/3/when");
    let page = admin.get(&when).await;
    assert!(
        page.text.contains("site_source != &#39;own&#39;") || page.text.contains("site_source != "),
        "{}",
        page.text
    );
    let choices = [
        ("join", "any"),
        ("fact-0", "site_source"),
        ("op-0", "one-of"),
        ("values-0", "lease、free"),
        ("fact-1", "has_board"),
        ("op-1", "holds"),
        ("do", "save"),
    ];
    let mut half = choices;
    half[3] = ("values-0", "");
    let incomplete = admin.send(&when, &half).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(incomplete.text.contains("第 1 行没有填完整"), "{}", incomplete.text);
    let mut look = choices;
    look[6] = ("do", "look");
    let looked = admin.send(&when, &look).await;
    assert!(looked.text.contains("has_board"), "the expression is in view: {}", looked.text);
    assert_eq!(admin.send(&when, &choices).await.status, StatusCode::SEE_OTHER);
    let text = admin.get(&format!("{home}/files?path=items/{ITEM}.yaml")).await.text;
    assert!(text.contains("copies: 2") && text.contains("|| has_board"), "{text}");

    for section in ["names", "basis", "conditions", "limits", "fields", "steps", "fees", "result", "faqs", "risks"] {
        let page = admin.get(&format!("{home}/items/{ITEM}/{section}")).await;
        assert_eq!(page.status, StatusCode::OK, "{section}");
        assert!(!page.text.contains("form-") || !page.text.contains("vocabulary."), "{section} lacks words");
    }
    assert_eq!(admin.get(&format!("{home}/items/{ITEM}/split")).await.status, StatusCode::OK);
    let mut other = house.officer("health-item-admin").await;
    assert_eq!(other.get(&home).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_goes_through_two_signatures_to_the_office() {
    let house = House::build().await;
    let mut admin = house.officer("urban-item-admin").await;
    let id = open(&mut admin).await;
    let home = format!("/desk/revisions/{id}");
    let early = admin.send(&format!("{home}/orders/submit"), &[("reason-submit", "")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("还没有改动任何内容") && early.text.contains("先改事项，再提交"), "{}", early.text);
    let faq = [("row", "new"), ("q", "要不要交效果图"), ("a", "要，一份就行。")];
    let saved = admin.send(&format!("{home}/items/{ITEM}/faqs"), &faq).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let sent = admin.send(&format!("{home}/orders/submit"), &[("reason-submit", "窗口常问")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(admin.get(&home).await.text.contains("已提交，等两位负责人签字"));
    let mut head = house.officer("urban-approver").await;
    let page = head.get(&home).await;
    assert!(page.text.contains("签字确认") && page.text.contains("待签字"), "{}", page.text);
    let blank = head.send(&format!("{home}/orders/return"), &[("reason-return", " ")]).await;
    assert!(blank.text.contains("没有写明理由"), "{}", blank.text);
    assert_eq!(head.send(&format!("{home}/orders/sign"), &[]).await.status, StatusCode::SEE_OTHER);
    let mut office = house.officer("standards1").await;
    let consult = office.send(&format!("{home}/orders/consult"), &[("reason-consult", "soon")]).await;
    assert!(consult.status.is_client_error(), "asked too late, and on no day: {}", consult.status);
    assert_eq!(office.send(&format!("{home}/orders/sign"), &[]).await.status, StatusCode::SEE_OTHER);
    let said = office.send(&format!("{home}/orders/remark"), &[("reason-remark", "可以发布")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    assert!(office.get(&home).await.text.contains("可以发布"));
    let run = office.get(&format!("{home}/dry-run")).await;
    let shown = crate::house::hidden(&run.text, &format!("{home}/orders/publish"), "shown");
    let done = office.send(&format!("{home}/orders/publish"), &[("shown", &shown)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = office.get(&home).await;
    assert!(page.text.contains("已发布，现在就生效") && page.text.contains("现在没有要您办的"), "{}", page.text);
    assert!(office.get("/desk/catalogue?q=招牌").await.text.contains("第 2 版"));
    assert!(office.get("/desk/catalogue/findings").await.text.contains("目录检查"));
    assert!(office.get("/desk/catalogue/findings/W0402").await.text.contains("W0402"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_asks_for_a_change_and_reads_the_answer() {
    let house = House::build().await;
    let mut clerk = house.officer("clerk1").await;
    let blank = clerk.send("/desk/requests", &[("item", ITEM)]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text.contains("请填写要改什么") && blank.text.contains("请填写为什么"), "{}", blank.text);
    let form = [("item", ITEM), ("what", "不收复印件"), ("why", "每件都要退回"), ("case", "")];
    let filed = clerk.send("/desk/requests", &form).await;
    let page = clerk.get(&filed.to).await;
    assert!(page.text.contains("10 个工作日内答复") && page.text.contains("时限内"), "{}", page.text);
    let id: Uuid = filed.to.rsplit('/').next().unwrap_or_default().parse().expect("an id");
    let mut admin = house.officer("urban-item-admin").await;
    assert!(admin.get("/desk/requests").await.text.contains("不收复印件"));
    let home = format!("/desk/requests/{id}");
    let blank = admin.send(&format!("{home}/orders/decline"), &[("reason-decline", "")]).await;
    assert!(blank.text.contains("没有写明理由"), "{}", blank.text);
    let taken = admin.send("/desk/revisions", &[("item", ITEM), ("request", &id.to_string())]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let page = clerk.get(&home).await;
    assert!(page.text.contains("已采纳，修订中"), "{}", page.text);
    let mut other = house.officer("health-item-admin").await;
    assert_eq!(other.get(&home).await.status, StatusCode::NOT_FOUND);
}
