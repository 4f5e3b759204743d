//! `GET /desk/catalogue`: the items in force, their versions, and which revisions are under way.

use access::Role;
use access_service::{DoorFault, StaffVisit, door};
use askama::Template;
use authoring_service::reads::catalogue::{self as reads, Asked, ItemLine};
use axum::extract::Query;
use axum::response::Response;
use catalog::model::ItemStatus;
use catalog_service::Shelf;
use serde::Deserialize;
use ui::{Opt, Pager, Select, Shell};

use super::REVISIONS;
use crate::frame;

const HOME: &str = "/desk/catalogue";

/// One item.
struct Line {
    guide: String,
    name: String,
    code: String,
    authority: String,
    version: String,
    status: &'static str,
    under_way: Vec<(String, String)>,
    id: String,
}

#[derive(Template)]
#[template(path = "desk_catalogue.html")]
struct Page {
    shell: Shell,
    words: String,
    selects: Vec<Select>,
    filtered: bool,
    total: String,
    lines: Vec<Line>,
    pager: Pager,
    may_edit: bool,
    key: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    q: String,
    authority: String,
    status: String,
    after: String,
}

impl Address {
    fn to(&self, after: &str) -> String {
        let pairs = [("q", self.q.trim()), ("authority", &self.authority), ("status", &self.status), ("after", after)];
        format!("{HOME}{}", door::query(pairs))
    }
}

/// The page.
pub async fn list(StaffVisit(visit): StaffVisit, Query(address): Query<Address>) -> Result<Response, DoorFault> {
    let asked =
        Asked { words: address.q.clone(), authority: address.authority.clone(), status: address.status.clone() };
    let after = Some(address.after.as_str()).filter(|after| !after.is_empty());
    let page = reads::page(&visit, &asked, after).await?;
    let shelf = visit.world.part::<Shelf>();
    let is_office = visit.actor.has_role(Role::Standards);
    let line = |line: ItemLine| Line {
        guide: format!("/items/{}", line.item.id),
        code: line.item.code.clone(),
        authority: shelf.authority_short(line.item.authority.as_str()).to_owned(),
        version: format!("第 {} 版", line.item.version),
        status: line.item.status.label(),
        under_way: line.under_way.into_iter().map(|(id, title)| (format!("{REVISIONS}/{id}"), title)).collect(),
        id: line.item.id.to_string(),
        name: line.item.name,
    };
    let mut selects = Vec::new();
    if is_office {
        let authorities = shelf.catalog().authorities.values().map(|one| Opt::new(one.id.as_str(), one.short.as_str()));
        selects.push(Select::new(("items", "authority"), "部门", "全部部门", authorities, &address.authority));
    }
    let statuses = ItemStatus::ALL.iter().map(|status| Opt::new(status.word(), status.label()));
    selects.push(Select::new(("items", "status"), "状态", "全部状态", statuses, &address.status));
    let back = after.map(|_| address.to(""));
    let answer = Page {
        shell: frame::desk(&visit, "事项目录"),
        words: address.q.trim().to_owned(),
        selects,
        filtered: address.to("") != format!("{HOME}?"),
        total: ui::say::count(page.total as u64),
        lines: page.rows.into_iter().map(line).collect(),
        pager: Pager { back, on: page.next.map(|next| address.to(&next)), shown: String::new() },
        may_edit: is_office || visit.actor.has_role(Role::ItemAdmin),
        key: frame::key(),
    };
    Ok(ui::page(answer))
}
