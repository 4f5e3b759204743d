//! The one correction notice: as a form, as a letter, and its answer over the counter.

use axum::http::StatusCode;

use crate::house::{House, hidden};

#[tokio::test]
async fn a_notice_says_what_and_how_once_and_is_answered_over_the_counter() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut clerk = house.officer("clerk1").await;
    let page = format!("/desk/applications/{}", filed.application);
    let action = format!("{page}/orders/notify-correction");
    let seen = hidden(&clerk.get(&page).await.text, &action, "_seen");

    let nothing = clerk.send(&action, &[("_seen", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text.contains("请勾选要补正的材料或表单项"));

    let (pick, reason, mend) = (
        format!("paper-{}", filed.paper),
        format!("reason.paper-{}", filed.paper),
        format!("mend.paper-{}", filed.paper),
    );
    let half = [("_seen", seen.as_str()), ("pick", &pick), (&reason, "看不清楚<b>")];
    let faulty = clerk.send(&action, &half).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text.contains("请填写“经营场所平面图”的改法") && faulty.text.contains("看不清楚&#60;b&#62;"));

    let mut form = half.to_vec();
    form.extend([(mend.as_str(), "重新拍照"), ("pick", "field-ent_name"), ("reason.field-ent_name", "有错别字")]);
    form.extend([("mend.field-ent_name", "改成核准的名称"), ("_key", "notice-1")]);
    let letter = clerk.send(&action, &form).await;
    assert_eq!(letter.status, StatusCode::OK, "{}", letter.text);
    assert!(letter.text.contains("一次性补正告知书") && letter.text.contains("下列2项需要补正"), "{}", letter.text);
    form.push(("_confirmed", "yes"));
    assert_eq!(clerk.send(&action, &form).await.to, page);
    let after = clerk.get(&page).await.text;
    assert!(after.contains("补正告知书已发给申请人。") && !after.contains("生成补正告知书"), "{after}");

    let answer = format!("{page}/orders/answer-correction");
    let seen = hidden(&after, &answer, "_seen");
    let paper = filed.paper.to_string();
    let empty = clerk.send(&answer, &[("_seen", &seen), ("got", &paper)]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = [("_seen", seen.as_str()), ("got", &paper), ("value.ent_name", "佛山市禅城区嘉怡美发店")];
    let answered = clerk.send(&answer, &whole).await;
    assert_eq!(answered.to, page, "{}", answered.text);
    assert!(clerk.get(&page).await.text.contains("佛山市禅城区嘉怡美发店"));
}

#[tokio::test]
async fn an_authority_that_accepts_its_own_cases_gives_the_notice_on_the_page_of_the_case() {
    let house = House::build().await;
    let filed = house.file().await;
    let mut handler = house.officer("health-handler").await;
    let page = format!("/desk/cases/{}", filed.case);
    let shown = handler.get(&page).await.text;
    assert!(!shown.contains(&format!("/desk/applications/{}", filed.application)), "the whole is not theirs to read");
    let action = format!("{page}/orders/notify-correction");
    let (pick, reason, mend) = (
        format!("paper-{}", filed.paper),
        format!("reason.paper-{}", filed.paper),
        format!("mend.paper-{}", filed.paper),
    );
    let seen = hidden(&shown, &action, "_seen");
    let mut form = vec![("_seen", seen.as_str()), ("pick", &pick), (&reason, "缺页"), (&mend, "补齐缺少的页")];
    let letter = handler.send(&action, &form).await;
    assert!(
        letter.text.contains("一次性补正告知书") && letter.text.contains("佛山市禅城区卫生健康局"),
        "{}",
        letter.text
    );
    form.push(("_confirmed", "yes"));
    assert_eq!(handler.send(&action, &form).await.to, page);
    let after = handler.get(&page).await.text;
    assert!(after.contains("补正告知书已发给申请人。") && after.contains("缺页；补齐缺少的页"), "{after}");
}
