//! The frame around a page: whose site it is, who is looking, where they are, what just happened.

use crate::look::Look;

/// Whose site it is; the doors fill it once from the district's catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name in the top line: 禅城区政务服务网.
    pub name: String,
    /// Who runs it: 佛山市禅城区政务服务数据管理局.
    pub host: String,
    /// Phone for everything: 12345.
    pub hotline: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { name: "一门政务服务".into(), host: String::new(), hotline: "12345".into() }
    }
}

/// The person signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Name as it may be shown: 陈** on the portal, the full name on the desk.
    pub name: String,
    /// On the desk: post and office, 综合窗口 · 祖庙街道.
    pub post: Option<String>,
    /// Where the name leads.
    pub home: String,
    /// Address that signs out (POST).
    pub sign_out: String,
    /// Where the password is changed; none for those who have none here.
    pub password: Option<String>,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NavLink {
    /// Address.
    pub href: String,
    /// Words.
    pub label: String,
    /// A number beside it, as 12 open cases; none at zero.
    pub count: Option<u64>,
    /// Whether the person is in this part now; [`Shell::at`] sets it.
    pub current: bool,
}

impl NavLink {
    /// A link without a number.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), ..Self::default() }
    }

    /// The same with a number beside it.
    #[must_use]
    pub fn counting(mut self, count: u64) -> Self {
        self.count = (count > 0).then_some(count);
        self
    }
}

/// One step of the way here (面包屑). The last one is the page itself and has no address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crumb {
    /// Address; none for the page itself.
    pub href: Option<String>,
    /// Words.
    pub label: String,
}

/// What kind of message: decides colour, sign and how it is read out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FlashKind {
    /// 提示
    #[default]
    Info,
    /// 已完成
    Good,
    /// 请注意
    Warn,
    /// 没有办成
    Bad,
}

impl FlashKind {
    /// The word the style sheet and the macros know it by.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One message on top of the page about what the person just did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flash {
    /// Kind.
    pub kind: FlashKind,
    /// The sentence.
    pub text: String,
}

/// Behind which door a page stands: it decides the frame that `either.html` draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Door {
    /// Residents.
    #[default]
    Portal,
    /// Staff.
    Desk,
    /// Nothing around it.
    Plain,
}

impl Door {
    /// The word the style sheet knows it by.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Desk => "desk",
            Self::Plain => "plain",
        }
    }
}

/// The frame; every page struct has it as its field `shell`.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// Behind which door.
    pub door: Door,
    /// Title of the page, without the site's name.
    pub title: String,
    /// Whose site.
    pub site: Site,
    /// Who is signed in, if anybody.
    pub who: Option<Who>,
    /// Where signing in begins; empty hides the link.
    pub sign_in: String,
    /// CSRF token of the session, for forms; empty for visitors.
    pub csrf: String,
    /// Large text, dark desk.
    pub look: Look,
    /// Main navigation.
    pub nav: Vec<NavLink>,
    /// The way here.
    pub crumbs: Vec<Crumb>,
    /// What just happened.
    pub flash: Option<Flash>,
    /// Address of this page with its query, to come back to.
    pub path: String,
    /// Where the search box sends (GET `q`); empty hides it.
    pub search: String,
    /// What stands in the search box.
    pub query: String,
    /// Whether the page has field errors; the title then says so first, as screen readers begin there.
    pub faulty: bool,
}

impl Shell {
    /// A page for residents: `{% extends "portal.html" %}`.
    pub fn portal(title: impl Into<String>) -> Self {
        Self { door: Door::Portal, title: title.into(), ..Self::default() }
    }

    /// A page for staff: `{% extends "desk.html" %}`.
    pub fn desk(title: impl Into<String>) -> Self {
        Self { door: Door::Desk, title: title.into(), ..Self::default() }
    }

    /// A page with nothing around it (sign-in, errors): `{% extends "plain.html" %}`.
    pub fn plain(title: impl Into<String>) -> Self {
        Self { door: Door::Plain, title: title.into(), ..Self::default() }
    }

    /// Whose site it is.
    #[must_use]
    pub fn site(mut self, site: &Site) -> Self {
        self.site = site.clone();
        self
    }

    /// Who is signed in.
    #[must_use]
    pub fn who(mut self, who: Option<Who>) -> Self {
        self.who = who;
        self
    }

    /// Where visitors sign in.
    #[must_use]
    pub fn sign_in(mut self, href: impl Into<String>) -> Self {
        self.sign_in = href.into();
        self
    }

    /// The session's CSRF token.
    #[must_use]
    pub fn csrf(mut self, token: impl Into<String>) -> Self {
        self.csrf = token.into();
        self
    }

    /// Large text, dark desk.
    #[must_use]
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// Main navigation.
    #[must_use]
    pub fn nav(mut self, nav: Vec<NavLink>) -> Self {
        self.nav = nav;
        self.mark_current();
        self
    }

    /// Address of this page; marks the navigation link that leads here.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self.mark_current();
        self
    }

    /// One more step of the way here.
    #[must_use]
    pub fn crumb(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { href: Some(href.into()), label: label.into() });
        self
    }

    /// The last step of the way: this page.
    #[must_use]
    pub fn crumb_here(mut self, label: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { href: None, label: label.into() });
        self
    }

    /// What just happened.
    #[must_use]
    pub fn flash(mut self, kind: FlashKind, text: impl Into<String>) -> Self {
        self.flash = Some(Flash { kind, text: text.into() });
        self
    }

    /// Where the search box in the top line sends, and what stands in it.
    #[must_use]
    pub fn search(mut self, href: impl Into<String>, query: impl Into<String>) -> Self {
        self.search = href.into();
        self.query = query.into();
        self
    }

    /// The page shows field errors.
    #[must_use]
    pub fn faulty(mut self, faulty: bool) -> Self {
        self.faulty = faulty;
        self
    }

    /// Whether staff look at it.
    #[must_use]
    pub fn is_desk(&self) -> bool {
        self.door == Door::Desk
    }

    /// The title as the browser shows it: 有错误：填写信息 · 禅城区政务服务网.
    #[must_use]
    pub fn full_title(&self) -> String {
        let fault = if self.faulty { "有错误：" } else { "" };
        if self.title.is_empty() || self.title == self.site.name {
            return format!("{fault}{}", self.site.name);
        }
        format!("{fault}{} · {}", self.title, self.site.name)
    }

    /// The longest address that this page's address begins with is where the person is.
    fn mark_current(&mut self) {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        let leads = |href: &str| {
            href == path || path.strip_prefix(href).is_some_and(|rest| href.len() > 1 && rest.starts_with('/'))
        };
        let here = self.nav.iter().map(|l| l.href.as_str()).filter(|h| leads(h)).max_by_key(|h| h.len());
        let here = here.map(str::to_owned);
        for link in &mut self.nav {
            link.current = here.as_deref() == Some(link.href.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_is_the_current_one() {
        let nav = vec![NavLink::new("/", "首页"), NavLink::new("/mine", "我的"), NavLink::new("/mine/drafts", "草稿")];
        let here = |path: &str| {
            let shell = Shell::portal("x").nav(nav.clone()).at(path);
            shell.nav.iter().filter(|l| l.current).map(|l| l.href.clone()).collect::<Vec<_>>()
        };
        assert_eq!(here("/"), ["/"]);
        assert_eq!(here("/mine/drafts/7?x=1"), ["/mine/drafts"]);
        assert_eq!(here("/mine"), ["/mine"]);
        assert!(here("/minecraft").is_empty());
    }

    #[test]
    fn errors_come_first_in_the_title() {
        let title = Shell::portal("填写信息").faulty(true).full_title();
        assert_eq!(title, "有错误：填写信息 · 一门政务服务");
    }
}
