//! The interface in the sample district.

use std::sync::Arc;

use access_service::{Words, door};
use axum::Router;
use axum::middleware::from_fn_with_state;
use district::Sample;
use documents::{Press, PressFault, Printer, Sheet};
use platform::{Clock, Config, World};

use crate::client::Client;

pub use access_service::accounts::FIRST_PASSWORD as PASSWORD;
pub use district::demo;

/// A press that knows one page: setting type is the business of the crate `press` and tested there.
struct OnePage;

impl Press for OnePage {
    fn pdf(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        Ok(format!("%PDF-1.4\n% {}\n%%EOF\n", sheet.number).into_bytes())
    }
}

/// A district of one's own.
pub struct District {
    pub world: World,
    router: Router,
    _sample: Sample,
}

impl District {
    /// A fresh one, on a Monday morning, a demonstration.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same under a configuration of the test's own.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let sample = Sample::open_with(&[api::TEXT_ZH], change).await;
        let world = sample.world.clone();
        world.parts.install(Printer(Arc::new(OnePage)));
        let router = api::routes().layer(from_fn_with_state(world.clone(), door::dress)).with_state(world.clone());
        Self { world, router, _sample: sample }
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A member of staff.
    pub async fn staff(&self, login: &str) -> Client {
        let mut client = self.visitor();
        client.sign_in(serde_json::json!({"kind": "staff", "login": login, "password": PASSWORD})).await;
        client
    }

    /// One of the demo people.
    pub async fn resident(&self, key: &str) -> Client {
        let (mut client, person) = (self.visitor(), demo(key));
        let order =
            serde_json::json!({"kind": "resident", "citizen_id": person.citizen_id.as_str(), "name": person.name});
        client.sign_in(order).await;
        client
    }

    /// A program with a token.
    pub fn bearer(&self, token: &str) -> Client {
        let mut client = self.visitor();
        client.token = Some(token.to_owned());
        client
    }

    /// Moves the clock on.
    pub fn time_passes(&self, by: chrono::TimeDelta) {
        let Clock::Fixed(clock) = &self.world.clock else { panic!("tests stand on a clock of their own") };
        clock.advance(by);
    }

    /// A day later, or several.
    pub fn days_pass(&self, days: u64) {
        let Clock::Fixed(clock) = &self.world.clock else { panic!("tests stand on a clock of their own") };
        clock.advance_days(days);
    }
}

/// The words of every module below this door, and its own.
pub fn words() -> Words {
    district::words(&[api::TEXT_ZH])
}
