//! Somebody with a browser and without JavaScript.

use access_service::acts::{sign_in_resident, sign_in_staff};
use access_service::session;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::middleware::from_fn_with_state;
use platform::World;
use records_service::sample::DemoPerson;
use tower::ServiceExt;

use crate::house::PASSWORD;

/// A browser, signed in or not.
pub struct Browser {
    router: Router,
    cookie: String,
    pub csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    /// Where it leads, for redirects.
    pub to: String,
    pub html: String,
}

impl Browser {
    /// Nobody signed in.
    pub fn visitor(world: &World) -> Self {
        let router = themes_service::routes()
            .layer(from_fn_with_state(world.clone(), access_service::door::dress))
            .with_state(world.clone());
        Self { router, cookie: String::new(), csrf: String::new() }
    }

    /// A resident who has signed in.
    pub async fn resident(world: &World, person: &DemoPerson) -> Self {
        let opened = sign_in_resident(world, &person.subject.to_string(), person.name).await.expect("a session");
        Self::visitor(world).with(world, &opened.token).await
    }

    /// The clerk who has signed in.
    pub async fn clerk(world: &World) -> Self {
        Self::staff(world, "clerk1").await
    }

    /// A member of staff who has signed in.
    pub async fn staff(world: &World, login: &str) -> Self {
        let opened = sign_in_staff(world, login, PASSWORD).await.expect("a session");
        Self::visitor(world).with(world, &opened.token).await
    }

    async fn with(mut self, world: &World, token: &str) -> Self {
        let found = session::find(world, token).await.expect("a database").expect("a session");
        self.cookie = format!("{}={token}", session::COOKIE);
        self.csrf = found.csrf;
        self
    }

    /// The session is over, and the browser does not know.
    pub fn forget_session(&mut self) {
        self.cookie.clear();
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &[(String, String)]) -> Page {
        self.post_with(path, form, None).await
    }

    /// Sends a form by itself, as the script does while somebody types.
    pub async fn autosave(&self, path: &str, form: &[(String, String)]) -> Page {
        self.post_with(path, form, Some("X-Autosave")).await
    }

    /// Sends a form for a part of the page to be drawn again, as the script does when an answer changes.
    pub async fn change(&self, path: &str, form: &[(String, String)]) -> Page {
        self.post_with(path, form, Some("HX-Request")).await
    }

    async fn post_with(&self, path: &str, form: &[(String, String)], script: Option<&str>) -> Page {
        let body = serde_urlencoded::to_string(form).expect("a form");
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(header) = script {
            request = request.header(header, "true");
        }
        self.send(request, Body::from(body)).await
    }

    /// Uploads a file for a paper of a draft.
    pub async fn upload(&self, draft: &str, paper: &str, name: &str, content: &[u8]) -> Page {
        let mut body = self.before_file(name).into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.upload_body(draft, paper, Body::from(body)).await
    }

    /// The beginning of a multipart body up to the first byte of the file.
    pub fn before_file(&self, name: &str) -> String {
        let csrf = &self.csrf;
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
    }

    /// Uploads whatever body.
    pub async fn upload_body(&self, draft: &str, paper: &str, body: Body) -> Page {
        let query = serde_urlencoded::to_string([("paper", paper)]).expect("a query");
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post(format!("{draft}/papers?{query}")).header(header::CONTENT_TYPE, kind);
        self.send(request, body).await
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Page {
        let request = request.header(header::COOKIE, &self.cookie).body(body).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let to = answer.headers().get(header::LOCATION).map_or("", |to| to.to_str().expect("an address")).to_owned();
        let bytes = to_bytes(answer.into_body(), 64 << 20).await.expect("a body");
        Page { status, to, html: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

const BOUNDARY: &str = "yimen-boundary";

impl Page {
    /// The page, which must be there.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.html);
        self
    }

    /// Where it leads, which must be somewhere.
    #[track_caller]
    pub fn leads(self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        self.to
    }

    /// Whether the words stand on the page.
    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.html.contains(words), "“{words}” is not on the page:\n{}", self.html);
    }
}
