//! Policies answer by role, region and authority; a policy that names an unknown act does not compile.

use std::collections::BTreeSet;

use access::{Act, Actor, ActorKind, ModuleAccess, Policies, PolicyFault, Resource, Role, Scope, acts};

const READ: Act = Act::new("sample.read");

fn staff(role: Role, region: &str, authority: Option<&str>) -> Actor {
    Actor {
        id: "u1".into(),
        name: "李敏".into(),
        kind: ActorKind::Staff {
            roles: BTreeSet::from([role]),
            region: region.into(),
            authority: authority.map(Into::into),
            hall: None,
        },
    }
}

fn sample(policies: &'static str) -> Result<Policies, PolicyFault> {
    Policies::compile(&[acts::ACCESS, ModuleAccess { module: "sample", acts: &[READ], policies }])
}

#[test]
fn an_officer_acts_within_the_own_region_and_below() {
    let policies = sample("").unwrap();
    let street = Resource::of("accounts").in_region("440604012");
    for (region, expected) in [("440604", true), ("440604012", true), ("440604010", false), ("440605", false)] {
        let officer = staff(Role::Admin, region, None);
        assert_eq!(policies.allow(&officer, acts::READ_ACCOUNTS, &street), expected, "officer of {region}");
    }
}

#[test]
fn an_officer_of_another_authority_is_refused() {
    let policies = sample(
        r#"permit (principal is Staff, action == Action::"sample.read", resource)
           when { principal.roles.contains("handler") && resource.authorities.contains(principal.authority) };"#,
    )
    .unwrap();
    let case = Resource::of("case").of_authority("market");
    assert!(policies.allow(&staff(Role::Handler, "440604", Some("market")), READ, &case));
    assert!(!policies.allow(&staff(Role::Handler, "440604", Some("health")), READ, &case));
    assert!(!policies.allow(&staff(Role::Reviewer, "440604", Some("market")), READ, &case));
    assert!(!policies.allow(&staff(Role::Handler, "440604", None), READ, &case), "no authority is not every authority");
}

#[test]
fn what_no_policy_permits_is_forbidden_and_the_platform_itself_may_act() {
    let policies = sample("").unwrap();
    let thing = Resource::of("case").owned_by("p1");
    assert!(!policies.allow(&Actor::visitor(), READ, &thing));
    assert!(!policies.allow(&Actor::resident("p1", "张三"), READ, &thing));
    assert!(policies.allow(&Actor::system(), READ, &thing));
}

#[test]
fn a_policy_about_an_undeclared_act_or_attribute_does_not_compile() {
    for bad in [
        r#"permit (principal is Staff, action == Action::"sample.fly", resource);"#,
        r#"permit (principal is Staff, action == Action::"sample.read", resource) when { principal.shoe == "42" };"#,
    ] {
        assert!(matches!(sample(bad), Err(PolicyFault::Invalid(_))), "{bad}");
    }
    assert!(matches!(sample("permit ("), Err(PolicyFault::Syntax { module: "sample", .. })));
}

#[test]
fn a_token_lets_do_what_one_of_its_scopes_does_and_its_posts_do_too() {
    const CASE: Act = Act::new("casework.read");
    const DECIDE: Act = Act::new("casework.decide");
    const SECRET: Act = Act::new("casework.secret");
    let module = ModuleAccess {
        module: "casework",
        acts: &[CASE, DECIDE, SECRET],
        policies: r#"permit (principal is Staff, action, resource) when { principal.roles.contains("handler") };"#,
    };
    let policies = Policies::compile(&[module]).unwrap();
    let thing = Resource::of("case");
    let through = |role: Role, scopes: &[Scope], act: Act| {
        policies.allow_through(&staff(role, "440604", None), &scopes.iter().copied().collect(), act, &thing)
    };
    assert!(through(Role::Handler, &[Scope::CasesRead], CASE));
    assert!(!through(Role::Clerk, &[Scope::CasesRead], CASE), "the post is missing");
    assert!(!through(Role::Handler, &[Scope::CasesRead, Scope::CasesAct], DECIDE), "the scope is missing");
    assert!(through(Role::Handler, &[Scope::CasesDecide], DECIDE));
    assert!(!through(Role::Handler, &Scope::ALL, SECRET), "what stands in no scope no token may do");
    assert!(!through(Role::Handler, &[], CASE));
    assert!(policies.allow(&staff(Role::Handler, "440604", None), SECRET, &thing), "people are not bounded by scopes");
}

#[test]
fn scopes_are_known_by_their_names() {
    for scope in Scope::ALL {
        assert_eq!(Scope::parse(scope.name()), Some(scope));
    }
    assert_eq!(Scope::parse("everything"), None);
}
