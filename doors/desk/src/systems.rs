//! `/desk/systems`: systems outside and their tokens, for the system administrator. A token is shown on the page that
//! answers its making and nowhere else.

use std::collections::BTreeSet;

use access::{ActorKind, Role, Scope};
use access_service::acts::{
    DAYS_MAX, MadeToken, MakeSystem, MakeToken, make_system, make_token, revoke_token, rotate_token,
};
use access_service::systems::{self, SystemLine, TokenLine, TokenState};
use access_service::{DoorFault, Posted, StaffVisit, Visit, Words, door};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use platform::Fault;
use serde::Deserialize;
use ui::{ErrorSummary, Field, FieldKind, Opt, Shell};
use uuid::Uuid;

use crate::done::{self, Done};
use crate::frame;

const HOME: &str = "/desk/systems";
/// Days a token is made for unless somebody says otherwise.
const DAYS: u32 = 180;
/// Hours an old token stays good beside its follower.
const OVERLAP_HOURS: u32 = 24;

/// One system with its tokens.
struct Card {
    id: String,
    name: String,
    posts: String,
    place: String,
    tokens: Vec<Row>,
    scopes: Field,
    days: Field,
    key: String,
}

/// One token.
struct Row {
    id: String,
    state: String,
    good: bool,
    scopes: String,
    used: String,
    key: String,
}

#[derive(Template)]
#[template(path = "desk_systems.html")]
struct Page {
    shell: Shell,
    done: Option<Done>,
    errors: ErrorSummary,
    words: Heads,
    cards: Vec<Card>,
    /// A new system.
    fields: Vec<Field>,
    key: String,
}

#[derive(Template)]
#[template(path = "desk_token.html")]
struct TokenPage {
    shell: Shell,
    title: String,
    once: String,
    token: String,
    until: String,
    back: String,
}

/// Words of fixed places.
struct Heads {
    title: String,
    about: String,
    none: String,
    none_next: String,
    number: String,
    state: String,
    scopes: String,
    used: String,
    make: String,
    make_then: String,
    rotate: String,
    revoke: String,
    new: String,
    new_button: String,
    tokens: String,
    no_tokens: String,
}

/// `GET /desk/systems`
pub async fn list(StaffVisit(visit): StaffVisit, headers: HeaderMap) -> Result<Response, DoorFault> {
    let done = done::of(&visit, &headers, HOME).await?;
    Ok(done::shown(&visit, &headers, ui::page(page(&visit, done, None).await?)))
}

/// What somebody typed, and what was wrong with it; `None` for the system means the new one.
struct Kept {
    system: Option<Uuid>,
    form: Vec<(String, String)>,
    fault: Fault,
}

async fn page(visit: &Visit, done: Option<Done>, kept: Option<Kept>) -> Result<Page, Fault> {
    let words = visit.world.part::<Words>();
    let all = systems::list(visit).await?;
    let of = |system: Option<Uuid>| kept.as_ref().filter(|kept| kept.system == system);
    let cards: Vec<Card> = all.iter().map(|system| card(system, visit, &words, of(Some(system.id)))).collect();
    let fields = new_fields(visit, &words, of(None));
    let errors = ErrorSummary::of(fields.iter().chain(cards.iter().flat_map(|card| [&card.scopes, &card.days])));
    let heads = heads(&words);
    Ok(Page {
        shell: frame::desk(visit, heads.title.as_str()).faulty(!errors.is_empty()),
        done,
        errors,
        words: heads,
        cards,
        fields,
        key: frame::key(),
    })
}

fn heads(words: &Words) -> Heads {
    let word = |key: &str| words.get(&format!("desk.systems.{key}")).to_owned();
    Heads {
        title: word("title"),
        about: word("about"),
        none: word("none"),
        none_next: word("none-next"),
        number: word("number"),
        state: word("state"),
        scopes: word("scopes"),
        used: word("used"),
        make: word("make"),
        make_then: word("make-then"),
        rotate: word("rotate"),
        revoke: word("revoke"),
        new: word("new"),
        new_button: word("new-button"),
        tokens: word("tokens"),
        no_tokens: word("no-tokens"),
    }
}

fn card(system: &SystemLine, visit: &Visit, words: &Words, kept: Option<&Kept>) -> Card {
    let roles = match &system.actor.kind {
        ActorKind::Staff { roles, .. } => {
            roles.iter().map(|role| role_word(*role, words)).collect::<Vec<_>>().join("、")
        }
        _ => String::new(),
    };
    let shelf = visit.world.part::<catalog_service::Shelf>();
    let region = shelf.region_name(system.actor.region().unwrap_or_default()).to_owned();
    let authority = system.actor.authority().map(|id| shelf.authority_short(id).to_owned());
    let scope = |scope: &Scope| Opt::new(scope.name(), words.get(scope.text_key())).hint(scope.name());
    let scopes = Field::multi("scopes", words.get("desk.systems.scopes"), Scope::ALL.iter().map(scope).collect());
    let days = Field::new("days", words.get("desk.systems.days"), FieldKind::Number { unit: None })
        .bounds(Some("1".into()), Some(DAYS_MAX.to_string()))
        .value(DAYS.to_string());
    Card {
        id: system.id.to_string(),
        name: system.name.clone(),
        posts: roles,
        place: [Some(region), authority].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        tokens: system.tokens.iter().map(|token| row(token, visit, words)).collect(),
        scopes: with(scopes, words, kept),
        days: with(days, words, kept),
        key: frame::key(),
    }
}

fn row(token: &TokenLine, visit: &Visit, words: &Words) -> Row {
    let state = token.state(visit.world.clock.now_utc());
    let day = platform::clock::china_day(token.revoked_at.unwrap_or(token.expires_at));
    let day = ui::say::day_short(day, visit.today());
    Row {
        id: token.id.to_string(),
        state: words.fill(&format!("token.{}", state.word()), &[("day".to_owned(), day)].into()),
        good: state == TokenState::Good,
        scopes: token.scopes.iter().map(|scope| words.get(scope.text_key())).collect::<Vec<_>>().join("、"),
        used: token.last_used_at.map_or_else(|| "—".to_owned(), |at| ui::say::moment(at, visit.today())),
        key: frame::key(),
    }
}

fn role_word(role: Role, words: &Words) -> String {
    words.get(&format!("role.{}", role.name())).to_owned()
}

fn new_fields(visit: &Visit, words: &Words, kept: Option<&Kept>) -> Vec<Field> {
    let label = |key: &str| words.get(&format!("desk.systems.{key}")).to_owned();
    let role = |role: &Role| Opt::new(role.name(), role_word(*role, words));
    let roles = Role::ALL.iter().filter(|role| **role != Role::Admin).map(role).collect();
    let shelf = visit.world.part::<catalog_service::Shelf>();
    let authority = |(id, authority): (&catalog::ids::AuthorityId, &catalog::model::Authority)| {
        Opt::new(id.to_string(), authority.short.as_str())
    };
    let authorities = shelf.catalog().authorities.iter().map(authority).collect();
    let region = visit.actor.region().unwrap_or_default();
    let fields = [
        Field::text("name", label("name")),
        Field::multi("roles", label("posts"), roles),
        Field::text("region", label("region")).value(region),
        Field::choice("authority", label("authority"), authorities).optional(),
    ];
    fields.into_iter().map(|field| with(field, words, kept)).collect()
}

/// The field with what was typed into it and what is wrong with that.
fn with(field: Field, words: &Words, kept: Option<&Kept>) -> Field {
    let Some(kept) = kept else { return field };
    let typed = kept.form.iter().filter(|(name, _)| *name == field.name).map(|(_, value)| value.clone()).collect();
    let (name, label) = (field.name.clone(), field.label.clone());
    let field = field.values(typed);
    match &kept.fault {
        Fault::Invalid(faults) => faults
            .iter()
            .filter(|fault| fault.field == name)
            .fold(field, |field, fault| field.error(door::field_fault(&fault.clone().fact("label", &label), words))),
        _ => field,
    }
}

type Pairs = Vec<(String, String)>;

fn one<'f>(form: &'f Pairs, name: &str) -> &'f str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

fn all<T: Ord>(form: &Pairs, name: &str, parse: fn(&str) -> Option<T>) -> BTreeSet<T> {
    form.iter().filter(|(key, _)| key == name).filter_map(|(_, value)| parse(value)).collect()
}

/// `POST /desk/systems`: a new one.
pub async fn make(posted: Posted<Pairs>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let order = MakeSystem {
        name: one(&form, "name").to_owned(),
        roles: all(&form, "roles", Role::parse),
        region: one(&form, "region").to_owned(),
        authority: Some(one(&form, "authority").to_owned()).filter(|id| !id.is_empty()),
        hall: None,
    };
    match make_system(&visit, Some(&key), order).await {
        Ok(_) => Ok(done::redirect(HOME, "make-system")),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault @ Fault::Invalid(_)) => again(&visit, Kept { system: None, form, fault }).await,
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /desk/systems/{id}/tokens`
pub async fn token(Path(id): Path<String>, posted: Posted<Pairs>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form } = posted;
    frame::staff_only(&visit, HOME)?;
    let system: Uuid = frame::id(&id)?;
    let days = one(&form, "days").parse().unwrap_or(0);
    let order = MakeToken { system, scopes: all(&form, "scopes", Scope::parse), region: None, days };
    match make_token(&visit, Some(&key), order).await {
        Ok(made) => Ok(shown(&visit, &made)),
        // It was made and shown; it is not shown twice.
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault @ Fault::Invalid(_)) => again(&visit, Kept { system: Some(system), form, fault }).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn again(visit: &Visit, kept: Kept) -> Result<Response, DoorFault> {
    let page = page(visit, None, Some(kept)).await?;
    Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// Nothing is sent but the token and the key.
#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /desk/systems/tokens/{id}/rotate`
pub async fn rotate(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    match rotate_token(&visit, Some(&key), frame::id(&id)?, OVERLAP_HOURS).await {
        Ok(made) => Ok(shown(&visit, &made)),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /desk/systems/tokens/{id}/revoke`
pub async fn revoke(Path(id): Path<String>, posted: Posted<Nothing>) -> Result<Response, DoorFault> {
    let Posted { visit, key, .. } = posted;
    frame::staff_only(&visit, HOME)?;
    match revoke_token(&visit, Some(&key), frame::id(&id)?).await {
        Ok(()) => Ok(done::redirect(HOME, "revoke-token")),
        Err(Fault::Repeated(_)) => Ok(done::redirect(HOME, "repeated")),
        Err(fault) => Err(fault.into()),
    }
}

fn shown(visit: &Visit, made: &MadeToken) -> Response {
    let words = visit.world.part::<Words>();
    let word = |key: &str| words.get(&format!("desk.systems.{key}")).to_owned();
    let day = ui::say::day_short(platform::clock::china_day(made.expires_at), visit.today());
    let title = word("made");
    ui::page(TokenPage {
        shell: frame::desk(visit, title.as_str()).crumb(HOME, word("title")).crumb_here(title.as_str()),
        title,
        once: word("once"),
        token: made.text.clone(),
        until: words.fill("token.good", &[("day".to_owned(), day)].into()),
        back: word("back"),
    })
}
