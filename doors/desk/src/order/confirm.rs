//! Before what cannot be undone: the same form once more, as the letter it will become, with and without JavaScript.

use access_service::Visit;
use askama::Template;
use axum::response::Response;
use ui::Shell;

use crate::form::Sheet;

/// The letter that will go out, as the applicant will read it.
pub struct Letter {
    pub title: String,
    pub to: String,
    pub body: Vec<String>,
    /// What is listed in it: name, what is wrong, how to mend it.
    pub lines: Vec<(String, String, String)>,
    pub remedy: Option<String>,
    pub from: String,
    pub day: String,
}

/// What is asked.
pub struct Confirm {
    pub title: String,
    pub about: String,
    /// What follows, in words.
    pub then: String,
    pub letter: Letter,
    pub action: String,
    pub button: String,
}

#[derive(Template)]
#[template(path = "desk_confirm.html")]
struct ConfirmPage {
    shell: Shell,
    asked: Confirm,
    key: String,
    fields: Vec<(String, String)>,
}

impl Confirm {
    /// The page that asks; what was entered travels on in it. It keeps the key of the form it came from.
    pub fn page(self, visit: &Visit, form: &Sheet, here: &str, crumb: String) -> Response {
        let shell = crate::frame::desk(visit, self.title.as_str()).crumb("/desk", "待办").crumb(here, crumb);
        let shell = shell.crumb_here(self.title.as_str());
        let key = match form.one("_key") {
            "" => crate::frame::key(),
            key => key.to_owned(),
        };
        ui::page(ConfirmPage { shell, asked: self, key, fields: form.entered() })
    }
}
