//! The frame around every page of both doors: whose site it is, who is signed in, the ways onward.

use access::{ActorKind, Role};
use access_service::{Visit, Words};
use catalog_service::Shelf;
use kernel::mask::mask_name;
use platform::World;
use ui::{NavLink, Shell, Site, Who};

/// The frame fit for whoever looks: the desk's for staff, the portal's for everybody else.
pub fn shell(visit: &Visit, title: impl Into<String>) -> Shell {
    if visit.actor.is_staff() { desk(visit, title) } else { portal(visit, title) }
}

/// The portal's frame.
pub fn portal(visit: &Visit, title: impl Into<String>) -> Shell {
    let mut nav = vec![
        NavLink::new("/", "首页"),
        NavLink::new("/matters", "一件事"),
        NavLink::new("/items", "办事指南"),
        NavLink::new("/mine", "我的"),
        NavLink::new("/help", "帮助"),
    ];
    if visit.actor.subject().is_some() {
        nav.insert(nav.len() - 1, NavLink::new("/messages", "消息").counting(visit.unread));
    }
    let who = match &visit.actor.kind {
        ActorKind::Resident { .. } => Some(Who {
            name: mask_name(&visit.actor.name),
            post: None,
            home: "/mine".into(),
            sign_out: "/sign-out".into(),
            password: None,
        }),
        ActorKind::Staff { .. } => Some(staff(visit)),
        ActorKind::Visitor | ActorKind::System => None,
    };
    let sign_in = format!("/sign-in?{}", access_service::door::pair("back", &visit.path));
    dressed(Shell::portal(title), visit).who(who).sign_in(sign_in).nav(nav).at(visit.path.clone())
}

/// The desk's frame.
pub fn desk(visit: &Visit, title: impl Into<String>) -> Shell {
    let mut nav = vec![NavLink::new("/desk", "待办")];
    if visit.actor.has_role(Role::Clerk) {
        nav.push(NavLink::new("/desk/window", "窗口受理"));
        if visit.actor.hall().is_some() {
            nav.push(NavLink::new("/desk/incoming", "来件清点"));
        }
    }
    if visit.actor.has_role(Role::Steward) {
        nav.push(NavLink::new("/desk/objections", "查看异议"));
    }
    if visit.actor.has_role(Role::Issuer) {
        nav.push(NavLink::new("/desk/parcels", "异常邮件"));
    }
    if visit.actor.has_role(Role::FeeKeeper) {
        nav.push(NavLink::new("/desk/fees", "缴费对账"));
    }
    if visit.actor.has_role(Role::Standards) || visit.actor.has_role(Role::ItemAdmin) {
        nav.push(NavLink::new("/desk/lists", "清单导入"));
        nav.push(NavLink::new("/desk/comparison", "各地比对"));
        nav.push(NavLink::new("/desk/proposals", "四免优化"));
        nav.push(NavLink::new("/desk/catalogue", "事项目录"));
    }
    let signs = [Role::Standards, Role::ItemAdmin, Role::Approver];
    if signs.into_iter().any(|role| visit.actor.has_role(role)) {
        nav.push(NavLink::new("/desk/revisions", "修订稿"));
    }
    let asks = [Role::Clerk, Role::Handler, Role::Reviewer, Role::Approver, Role::ItemAdmin, Role::Standards];
    if asks.into_iter().any(|role| visit.actor.has_role(role)) {
        nav.push(NavLink::new("/desk/requests", "修改请求"));
    }
    if visit.actor.has_role(Role::Standards) {
        nav.push(NavLink::new("/desk/reduction", "减负成效"));
    }
    if visit.actor.has_role(Role::Admin) {
        nav.push(NavLink::new("/desk/work", "后台任务"));
        nav.push(NavLink::new("/desk/messages", "消息发送"));
        nav.push(NavLink::new("/desk/systems", "外部系统"));
        nav.push(NavLink::new("/desk/webhooks", "事件推送"));
        nav.push(NavLink::new("/desk/connectors", "系统对接"));
    }
    if visit.actor.has_role(Role::Admin) || visit.actor.has_role(Role::Steward) {
        nav.push(NavLink::new("/desk/exchange", "数据上报"));
    }
    let who = visit.actor.is_staff().then(|| staff(visit));
    dressed(Shell::desk(title), visit).who(who).nav(nav).search("/desk/find", "").at(visit.path.clone())
}

/// Whose site it is, by the catalogue in force.
pub fn site(world: &World) -> Site {
    let Some(shelf) = world.parts.get::<Shelf>() else { return Site::default() };
    let district = &shelf.catalog().district;
    Site { name: district.title.clone(), host: format!("{}人民政府", district.name), ..Site::default() }
}

fn dressed(shell: Shell, visit: &Visit) -> Shell {
    shell.site(&site(&visit.world)).csrf(visit.csrf()).look(visit.look)
}

/// 陈蔼仪, 综合窗口 · 禅城区政务服务中心.
fn staff(visit: &Visit) -> Who {
    let words = visit.world.parts.get::<Words>();
    let shelf = visit.world.parts.get::<Shelf>();
    let ActorKind::Staff { roles, authority, hall, .. } = &visit.actor.kind else { return Who::default() };
    let role = roles.iter().next().map(|role| {
        let key = format!("role.{}", role.name());
        words.as_ref().map_or_else(String::new, |words| words.get(&key).to_owned())
    });
    let office = shelf.as_ref().and_then(|shelf| {
        let hall = hall.as_deref().and_then(|hall| shelf.catalog().halls.get(hall)).map(|hall| hall.name.clone());
        hall.or_else(|| authority.as_deref().map(|authority| shelf.authority_short(authority).to_owned()))
    });
    let post: Vec<String> = [role, office].into_iter().flatten().filter(|word| !word.is_empty()).collect();
    Who {
        name: visit.actor.name.clone(),
        post: (!post.is_empty()).then(|| post.join(" · ")),
        home: "/desk".into(),
        sign_out: "/desk/sign-out".into(),
        password: Some("/desk/password".into()),
    }
}
