//! A real server process that can be killed and started again over the same data.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use testkit::SmallDisk;

use crate::binary::bare;
use crate::http;

/// How long a start may take; in a debug build it takes a second or two.
const PATIENCE: Duration = Duration::from_secs(60);

/// `yimen serve --demo` on a port of its own.
pub struct Server {
    url: String,
    data: PathBuf,
    running: Option<Running>,
    /// Variables of the environment beside those every server gets.
    settings: Vec<(&'static str, String)>,
    log: PathBuf,
    /// The disk it runs on, unless that is the machine's.
    disk: Option<Arc<SmallDisk>>,
    /// Where its log lies, and the data unless they are another's or on such a disk.
    _folder: Arc<TempDir>,
    /// The folder of the server it stands beside.
    _shared: Option<Arc<TempDir>>,
}

struct Running {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts one over a loaded database, with a data folder of its own.
    pub fn start(url: &str) -> Self {
        Self::start_with(url, &[])
    }

    /// The same with settings of its own.
    pub fn start_with(url: &str, settings: &[(&'static str, &str)]) -> Self {
        let mut server = Self::stopped(url);
        server.settings = settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        server.begun()
    }

    /// A second one over the same database and data folder.
    pub fn beside(first: &Self) -> Self {
        let mut server = Self::stopped(&first.url);
        // Its own folder keeps its log, the first one's the data of both.
        server.data = first.data.clone();
        server.settings = first.settings.clone();
        server._shared = Some(first._folder.clone());
        server.begun()
    }

    /// One whose data folder lies on a small disk.
    pub fn on_disk(disk: Arc<SmallDisk>, url: &str) -> Self {
        let mut server = Self::stopped(url);
        server.data = disk.folder().join("data");
        server.disk = Some(disk);
        server.begun()
    }

    fn stopped(url: &str) -> Self {
        let folder = Arc::new(TempDir::with_prefix("yimen-serve-").expect("a folder"));
        Self {
            url: url.to_owned(),
            data: folder.path().join("data"),
            running: None,
            settings: Vec::new(),
            log: folder.path().join("log"),
            disk: None,
            _folder: folder,
            _shared: None,
        }
    }

    fn begun(mut self) -> Self {
        self.start_again();
        self
    }

    /// Where it listens; another port after each start.
    pub fn address(&self) -> SocketAddr {
        self.running.as_ref().expect("the server runs").address
    }

    /// Asks the process to stop and waits for its end; gives its exit code, or nothing when it had to be killed.
    pub fn stop(&mut self, patience: Duration) -> Option<i32> {
        let mut running = self.running.take().expect("the server runs");
        terminate(running.child.id());
        let since = Instant::now();
        while since.elapsed() < patience {
            if let Some(ended) = running.child.try_wait().expect("the process can be asked") {
                return ended.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        running.child.kill().expect("the server can be killed");
        running.child.wait().expect("the server is gone");
        None
    }

    /// Its number, to send it a signal while it goes on being used.
    pub fn process(&self) -> u32 {
        self.running.as_ref().expect("the server runs").child.id()
    }

    /// Ends the process as the machine would: at once, in the middle of whatever it does.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.child.kill().expect("the server can be killed");
            running.child.wait().expect("the server is gone");
        }
    }

    /// Starts it over the same database and folder, and waits until it answers.
    pub fn start_again(&mut self) {
        let log = std::fs::File::options().create(true).append(true).open(&self.log).expect("a log file");
        let mut command = match &self.disk {
            None => bare(),
            Some(disk) => disk.from_inside(&bare()),
        };
        command.args(["serve", "--demo"]);
        command.env("YIMEN_DATA", &self.data).env("YIMEN_DATABASE_URL", &self.url);
        // Inside a small disk the test cannot look; there the keys lie in the data folder, as they do by themselves.
        if self.disk.is_none() {
            command.env("YIMEN_KEYS", crate::district::keys_of(&self.url));
        }
        command.env("YIMEN_LISTEN", "127.0.0.1:0").envs(self.settings.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("the server starts");
        let output = child.stdout.take().expect("its output");
        let Some(address) = printed_address(output) else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the server printed no address; its log says:\n{}", self.log());
        };
        let running = Running { child, address };
        let since = Instant::now();
        while !http::ask(address, "GET", "/ready", &[], b"").is_ok_and(|answer| answer.status == 200) {
            assert!(since.elapsed() < PATIENCE, "the server is not ready; its log says:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.running = Some(running);
    }

    /// What it wrote to standard error since the first start.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.log());
        }
        if let Some(running) = &mut self.running {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }
}

/// Asks a process to stop, as a supervisor does.
pub fn terminate(process: u32) {
    let sent = std::process::Command::new("kill").args(["-TERM", &process.to_string()]).status();
    assert!(sent.expect("the signal is sent").success());
}

/// The address in the invitation of `serve --demo`; `None` when the process ends or says nothing for too long.
fn printed_address(output: ChildStdout) -> Option<SocketAddr> {
    let (send, receive) = mpsc::channel();
    // The thread reads on to the end, because a server whose output nobody reads would stop at a full pipe.
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse().ok());
            if let Some(address) = address {
                let _ = send.send(address);
            }
        }
    });
    receive.recv_timeout(PATIENCE).ok()
}
