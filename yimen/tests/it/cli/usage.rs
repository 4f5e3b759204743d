//! What every script relies on: help, exit codes for wrong arguments and for surroundings that fail.

use std::process::Stdio;

use crate::binary::{bare, yimen};
use crate::district::sample;

#[test]
fn every_command_of_the_contract_is_there() {
    let help = yimen(["--help"]).run().ends_with(0).out;
    for command in [
        "serve",
        "load",
        "check",
        "generate",
        "verify",
        "receipt",
        "export",
        "exchange",
        "key",
        "bench",
        "plan",
        "questions",
        "calendar",
        "code",
    ] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "no {command} in\n{help}");
        let own = yimen([command, "--help"]).run().ends_with(0).out;
        assert!(own.contains("--json"), "{command} has no --json:\n{own}");
    }
}

#[test]
fn wrong_arguments_end_with_two() {
    for wrong in [
        &["fly"][..],
        &[],
        &["load"],
        &["check"],
        &["calendar", "add"],
        &["calendar", "add", "2026-10-09"],
        &["calendar", "add", "2026-10-09", "-1"],
        &["calendar", "add", "2026-10-09", "1", "--unit", "fortnight"],
        &["plan", "open-hair-salon"],
    ] {
        let ran = yimen(wrong.iter().copied()).run().ends_with(2);
        assert!(!ran.err.is_empty(), "{wrong:?} says nothing");
    }
}

#[test]
fn surroundings_that_fail_end_with_three_and_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().to_str().expect("a path");
    let cases: [(&[&str], &str); 4] = [
        (&["check", "/nowhere/at/all"], "/nowhere/at/all"),
        (&["check", empty], "no catalogue"),
        (&["plan", "open-hair-salon", "--catalog", "/nowhere/at/all"], "/nowhere/at/all"),
        (&["load", "/nowhere/at/all"], "/nowhere/at/all"),
    ];
    for (arguments, named) in cases {
        let ran = yimen(arguments.iter().copied()).data(folder.path()).run().ends_with(3);
        assert!(ran.err.contains(named), "{arguments:?} should name {named}: {}", ran.err);
    }
}

#[test]
fn a_database_that_cannot_be_used_is_told_without_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = sample();
    let load = ["load", path.to_str().expect("a path"), "--residents", "0"];
    for url in ["postgres://yimen:geheim@127.0.0.1:1/none", "mysql://yimen:geheim@127.0.0.1/none"] {
        let ran = yimen(load).data(folder.path()).database(url).run().ends_with(3);
        assert!(!ran.err.is_empty() && !ran.err.contains("geheim") && !ran.out.contains("geheim"), "{}", ran.err);
    }
}

#[test]
fn serving_an_empty_database_says_what_to_do_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = yimen(["serve"]).data(folder.path()).run().ends_with(3);
    assert!(ran.err.contains("yimen load"), "{}", ran.err);
}

/// `yimen openapi | head` is not a failure.
#[test]
fn a_reader_who_has_seen_enough_ends_the_command_quietly() {
    let mut command = bare();
    let mut child = command.arg("openapi").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // Closed before anything is read; the document is larger than any pipe.
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
