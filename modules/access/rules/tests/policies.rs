//! Policies answer by role, region and authority; a policy that names an unknown act does not compile.

use std::collections::BTreeSet;

use access::{Act, Actor, ActorKind, ModuleAccess, Policies, PolicyFault, Resource, Role, acts};

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
