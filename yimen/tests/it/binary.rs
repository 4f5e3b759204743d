//! The program as a process, as scripts meet it: arguments and input in, output and exit code out.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::district;

/// A command that is being put together. Nothing of the surroundings reaches it: no configuration, no other database.
pub struct Yimen {
    command: Command,
    said: String,
    input: String,
}

/// What a command left behind.
pub struct Ran {
    said: String,
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// `yimen` with these arguments, in a folder where no configuration file lies.
pub fn yimen<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Yimen {
    let arguments: Vec<&str> = arguments.into_iter().collect();
    let mut command = bare();
    command.args(&arguments);
    Yimen { command, said: format!("yimen {}", arguments.join(" ")), input: String::new() }
}

/// The program without arguments and without surroundings.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yimen"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("YIMEN_") {
            command.env_remove(name);
        }
    }
    command.current_dir(std::env::temp_dir()).env("YIMEN_LOG", "warn");
    command
}

impl Yimen {
    /// Uses this data folder, and the database in it.
    pub fn data(mut self, folder: &Path) -> Self {
        self.command.env("YIMEN_DATA", folder);
        self
    }

    /// Uses the database at this address.
    pub fn database(mut self, url: &str) -> Self {
        self.command.env("YIMEN_DATABASE_URL", url).env("YIMEN_KEYS", district::keys_of(url));
        self
    }

    /// Uses this configuration file.
    pub fn configured(mut self, file: &Path) -> Self {
        self.command.env("YIMEN_CONFIG", file);
        self
    }

    /// Gives it these lines on standard input.
    pub fn input(mut self, lines: &str) -> Self {
        self.input = lines.to_owned();
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Ran {
        let command = self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a standard input");
        let input = self.input;
        // Beside the reading, because a program that answers line by line fills its output before the input is through.
        let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        // One that does not read its input closes it; that is not this test's question.
        let _ = writing.join().expect("the writing thread");
        Ran {
            said: self.said,
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("output is text"),
            err: String::from_utf8(output.stderr).expect("errors are text"),
        }
    }
}

impl Ran {
    /// Fails with everything it said when it did not end with this code.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code of `{}`\n--- out\n{}--- err\n{}", self.said, self.out, self.err);
        self
    }

    /// Its output read as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|fault| panic!("`{}` printed no JSON: {fault}\n{}{}", self.said, self.out, self.err))
    }

    /// Its output, line by line.
    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}
