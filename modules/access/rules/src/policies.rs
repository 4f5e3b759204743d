//! Policies: the answer to "may this actor do this to that?", from Cedar files the modules carry.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::{Act, Actor, ActorKind, ModuleAccess, Resource, Scope};

/// What is wrong with the policies of a module. Policies are files; a wrong one stops the start, never a request.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFault {
    /// The schema made from the declared acts is not valid: an act's name has a character it may not have.
    #[error("the acts do not make a schema: {0}")]
    Schema(String),
    /// The file is not Cedar.
    #[error("policies of module {module} cannot be read: {text}")]
    Syntax { module: &'static str, text: String },
    /// The policies name an act nobody declares, or ask for an attribute that is not there.
    #[error("policies do not fit the acts and attributes: {0}")]
    Invalid(String),
}

/// All modules' policies, validated together.
#[derive(Debug)]
pub struct Policies {
    acts: Vec<Act>,
    set: PolicySet,
    authorizer: Authorizer,
}

/// What policies may ask of those who act and of what they act on.
const SHAPES: &str = r#"
entity Visitor, System;
entity Resident = { subject: String };
entity Staff = { account: String, roles: Set<String>, region: String, authority: String, hall: String };
entity Thing = { kind: String, regions: Set<String>, authorities: Set<String>, owners: Set<String>, opened_by: String, hall: String };
"#;

/// The platform itself may do whatever an act's rules allow: timers and listeners are not persons.
const SYSTEM: &str = "permit (principal is System, action, resource);";

impl Policies {
    /// Joins and validates the policies of all modules.
    pub fn compile(modules: &[ModuleAccess]) -> Result<Self, PolicyFault> {
        let acts: Vec<Act> = modules.iter().flat_map(|module| module.acts.iter().copied()).collect();
        let mut text = String::from(SYSTEM);
        for module in modules {
            PolicySet::from_str(module.policies)
                .map_err(|fault| PolicyFault::Syntax { module: module.module, text: fault.to_string() })?;
            text.push('\n');
            text.push_str(module.policies);
        }
        text.extend(acts.iter().map(|act| scope_policy(*act)));
        let set = PolicySet::from_str(&text).map_err(|fault| PolicyFault::Invalid(fault.to_string()))?;
        let result = Validator::new(schema(&acts)?).validate(&set, ValidationMode::Strict);
        if !result.validation_passed() {
            let faults: Vec<String> = result.validation_errors().map(ToString::to_string).collect();
            return Err(PolicyFault::Invalid(faults.join("; ")));
        }
        Ok(Self { acts, set, authorizer: Authorizer::new() })
    }

    /// Every act some module declares, in the order of the modules.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Whether `actor` may do `act` to `resource`. What no policy permits is forbidden, and so is what cannot be judged.
    pub fn allow(&self, actor: &Actor, act: Act, resource: &Resource) -> bool {
        self.judge(actor, None, act, resource).unwrap_or(false)
    }

    /// The same for an actor who comes with a token: only what its scopes let through is asked further.
    pub fn allow_through(&self, actor: &Actor, scopes: &BTreeSet<Scope>, act: Act, resource: &Resource) -> bool {
        self.judge(actor, Some(scopes), act, resource).unwrap_or(false)
    }

    fn judge(&self, actor: &Actor, scopes: Option<&BTreeSet<Scope>>, act: Act, resource: &Resource) -> Option<bool> {
        let principal = principal(actor)?;
        let thing = thing(resource)?;
        let request =
            Request::new(principal.uid(), uid("Action", act.name())?, thing.uid(), context(scopes)?, None).ok()?;
        let entities = Entities::from_entities([principal, thing], None).ok()?;
        let response = self.authorizer.is_authorized(&request, &self.set, &entities);
        let failed = response.diagnostics().errors().next().is_some();
        Some(response.decision() == Decision::Allow && !failed)
    }
}

fn schema(acts: &[Act]) -> Result<Schema, PolicyFault> {
    let mut text = String::from(SHAPES);
    for act in acts {
        text.push_str(&format!(
            "action \"{act}\" appliesTo {{ principal: [Visitor, Resident, Staff, System], resource: [Thing], \
             context: {{ token: Bool, scopes: Set<String> }} }};\n"
        ));
    }
    Schema::from_str(&text).map_err(|fault| PolicyFault::Schema(fault.to_string()))
}

/// What a token may not do is forbidden, whatever else permits it; what stands in no scope no token may do.
fn scope_policy(act: Act) -> String {
    let scopes: Vec<String> = Scope::of_act(act).map(|scope| format!("{:?}", scope.name())).collect();
    let lacking = match scopes.as_slice() {
        [] => String::new(),
        scopes => format!(" && !context.scopes.containsAny([{}])", scopes.join(", ")),
    };
    format!("\nforbid (principal, action == Action::\"{act}\", resource) when {{ context.token{lacking} }};")
}

fn context(scopes: Option<&BTreeSet<Scope>>) -> Option<Context> {
    let names = scopes.into_iter().flatten().map(|scope| scope.name());
    let pairs =
        [("token".to_owned(), RestrictedExpression::new_bool(scopes.is_some())), ("scopes".to_owned(), texts(names))];
    Context::from_pairs(pairs).ok()
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    Some(EntityUid::from_type_name_and_id(EntityTypeName::from_str(kind).ok()?, EntityId::new(id)))
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.map(text))
}

fn principal(actor: &Actor) -> Option<Entity> {
    let (kind, attributes) = match &actor.kind {
        ActorKind::Visitor => ("Visitor", HashMap::new()),
        ActorKind::System => ("System", HashMap::new()),
        ActorKind::Resident { subject } => ("Resident", HashMap::from([("subject".to_owned(), text(subject))])),
        ActorKind::Staff { roles, region, authority, hall } => (
            "Staff",
            HashMap::from([
                ("account".to_owned(), text(&actor.id)),
                ("roles".to_owned(), texts(roles.iter().map(|role| role.name()))),
                ("region".to_owned(), text(region)),
                ("authority".to_owned(), text(authority.as_deref().unwrap_or("-"))),
                ("hall".to_owned(), text(hall.as_deref().unwrap_or("-"))),
            ]),
        ),
    };
    Entity::new(uid(kind, &actor.id)?, attributes, HashSet::new()).ok()
}

fn thing(resource: &Resource) -> Option<Entity> {
    let attributes = HashMap::from([
        ("kind".to_owned(), text(resource.kind)),
        ("regions".to_owned(), texts(resource.regions.iter().map(String::as_str))),
        ("authorities".to_owned(), texts(resource.authorities.iter().map(String::as_str))),
        ("owners".to_owned(), texts(resource.owners.iter().map(String::as_str))),
        ("opened_by".to_owned(), text(resource.opened_by.as_deref().unwrap_or(""))),
        ("hall".to_owned(), text(resource.hall.as_deref().unwrap_or(""))),
    ]);
    Entity::new(uid("Thing", resource.kind)?, attributes, HashSet::new()).ok()
}
