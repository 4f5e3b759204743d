//! `yimen account`: who is there, passwords, locks; the exit codes are those of the other commands.

use crate::binary::{Ran, yimen};
use crate::district::loaded_folder;

fn account(folder: &std::path::Path, arguments: &[&str]) -> Ran {
    yimen(std::iter::once("account").chain(arguments.iter().copied())).data(folder).run()
}

fn state(folder: &std::path::Path, login: &str) -> (String, bool) {
    let all = account(folder, &["list", "--json"]).ends_with(0).json();
    let line =
        all.as_array().expect("a list").iter().find(|line| line["account"] == login).expect("the account").clone();
    (line["state"].as_str().unwrap_or_default().to_owned(), line["first_password"] == true)
}

#[test]
fn accounts_are_listed_locked_and_unlocked() {
    let folder = loaded_folder();
    let listed = account(folder.path(), &["list"]).ends_with(0);
    let clerk = listed.lines().into_iter().find(|line| line.starts_with("clerk1\t")).expect("the clerk").to_owned();
    assert!(clerk.contains("陈蔼仪") && clerk.contains("综合窗口") && clerk.contains("还没有改过密码"), "{clerk}");
    assert_eq!(state(folder.path(), "clerk1"), ("active".into(), true));
    account(folder.path(), &["lock", "clerk1"]).ends_with(0);
    assert_eq!(state(folder.path(), "clerk1").0, "locked");
    let unlocked = account(folder.path(), &["unlock", "clerk1", "--json"]).ends_with(0).json();
    assert_eq!(unlocked, serde_json::json!({"account": "clerk1", "state": "active"}));
    assert_eq!(state(folder.path(), "clerk1").0, "active");
}

#[test]
fn a_password_is_read_from_standard_input_or_made() {
    let folder = loaded_folder();
    let given = |password: &str| {
        yimen(["account", "password", "clerk1"]).data(folder.path()).input(&format!("{password}\n")).run()
    };
    let weak = given("yimen-2026").ends_with(1);
    assert!(weak.err.contains("这是初始密码"), "{}", weak.err);
    assert!(given("Zumiao-Bridge-7").ends_with(0).out.is_empty(), "what was given is not printed");
    let made = account(folder.path(), &["password", "clerk2", "--generate"]).ends_with(0);
    let password = made.out.trim_end();
    assert!(access::password::weakness(password, "clerk2", "yimen-2026").is_none(), "{password}");
    let made = account(folder.path(), &["password", "clerk2", "--generate", "--json"]).ends_with(0).json();
    assert_ne!(made["password"].as_str(), Some(password));
}

#[test]
fn an_account_that_is_not_there_and_a_database_that_is_not_there_are_told_apart() {
    let folder = loaded_folder();
    for arguments in [["lock", "nobody"], ["unlock", "nobody"]] {
        let ran = account(folder.path(), &arguments).ends_with(2);
        assert!(ran.err.contains("no account nobody"), "{}", ran.err);
    }
    account(folder.path(), &["password", "nobody", "--generate"]).ends_with(2);
    account(folder.path(), &["lock"]).ends_with(2);
    let empty = tempfile::tempdir().expect("a folder");
    let ran = account(empty.path(), &["list"]).ends_with(3);
    assert!(ran.err.contains("there is no database"), "{}", ran.err);
}
