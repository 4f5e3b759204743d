//! All addresses: of the pages from the sources of their routers, of the REST interface from its document.

use std::collections::BTreeSet;

use crate::chart;

/// Behind which door an address lies; the order of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    Portal,
    Drafts,
    Messages,
    Desk,
    Rest,
    House,
}

impl Door {
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Drafts => "themes",
            Self::Messages => "messages",
            Self::Desk => "desk",
            Self::Rest => "api",
            Self::House => "house",
        }
    }
}

/// One method at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub door: Door,
    pub method: String,
    /// With its parameters in braces.
    pub path: String,
}

impl Route {
    /// Ending a session changes who asks; such routes come last and with a session of their own.
    pub fn ends_session(&self) -> bool {
        self.path.ends_with("/sign-out") || (self.method != "GET" && self.path == "/api/v1/session")
    }

    /// Whether the stage has the thing this address names; of bundled files it has none, nothing waits in its queue,
    /// nobody has been looked at or was told anything, no system subscribes, no licence stands for its paper, nobody made
    /// a copy of one, and it has no code; nothing was to be paid, no parcel was sent or came, no batch was made, no
    /// office brought in a list, no place was brought in, nothing was proposed, revised or asked for, and the public was asked about nothing.
    pub fn exists(&self) -> bool {
        const NONE: [&str; 30] = [
            "/desk/exchange/{batch}/file",
            "/desk/lists/{batch}",
            "/desk/lists/{batch}/sent-back",
            "/desk/proposals/{id}",
            "/desk/comparison/places/{code}/drop",
            "/desk/revisions/{id}",
            "/desk/revisions/{id}/{subject}",
            "/desk/revisions/{id}/{subject}/{record}",
            "/desk/revisions/{id}/{subject}/{record}/split",
            "/desk/revisions/{id}/{subject}/{record}/{section}",
            "/desk/revisions/{id}/{subject}/{record}/{section}/{row}/when",
            "/desk/revisions/{id}/files",
            "/desk/revisions/{id}/dry-run",
            "/desk/revisions/{id}/comments",
            "/desk/requests/{id}",
            "/consultations/{id}",
            "/assets/{file}",
            "/desk/work/{id}",
            "/records/looks/{id}/object",
            "/desk/papers/{id}/licence",
            "/licences/copies/{id}",
            "/licences/copies/{id}/pdf",
            "/api/v1/licences/verification",
            "/messages/{id}",
            "/desk/webhooks/{id}",
            "/api/v1/webhooks/{id}",
            "/api/v1/webhooks/{id}/deliveries",
            "/applications/{id}/fees/{order}",
            "/desk/parcels/{id}/label",
            "/desk/incoming/{id}",
        ];
        !NONE.contains(&self.path.as_str())
    }
}

/// Every route of the house.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    for (door, folder) in [
        (Door::Portal, "doors/portal/src"),
        (Door::Drafts, "modules/themes/service/src"),
        (Door::Desk, "doors/desk/src"),
        (Door::House, "ui/src"),
        (Door::House, "yimen/src"),
        (Door::House, "modules/access/service/src"),
        (Door::House, "modules/catalog/service/src"),
        (Door::House, "modules/records/service/src"),
        (Door::House, "modules/casework/service/src"),
        (Door::Messages, "modules/messages/service/src"),
        (Door::House, "modules/connect/service/src"),
        (Door::House, "modules/fees/service/src"),
        (Door::House, "modules/courier/service/src"),
    ] {
        for path in written(folder) {
            // Which methods a page takes is its router's to say; what it does not take it answers with 405.
            for method in ["GET", "POST"] {
                routes.push(Route { door, method: method.to_owned(), path: path.clone() });
            }
        }
    }
    assert!(routes.len() > 60, "only {} routes were found: has the way of writing them changed?", routes.len());
    routes.extend(documented());
    routes
}

/// The addresses in `.route("…", …)` of all sources below a folder, tests left out.
fn written(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![chart::root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).unwrap_or_default();
                let source = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                let calls = source.split(".route(").skip(1);
                let written =
                    calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned));
                found.extend(written);
            }
        }
    }
    found
}

fn documented() -> Vec<Route> {
    let document = serde_json::to_value(api::openapi()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("it has paths");
    let mut routes =
        vec![Route { door: Door::Rest, method: "GET".into(), path: format!("{}/openapi.json", api::PREFIX) }];
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let method = method.to_ascii_uppercase();
            if ["GET", "POST", "PUT", "DELETE", "PATCH"].contains(&method.as_str()) {
                routes.push(Route { door: Door::Rest, method, path: format!("{}{path}", api::PREFIX) });
            }
        }
    }
    routes
}
