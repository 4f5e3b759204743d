//! The public address of the servers of a test: what outside systems call goes through here, and may meet a dying server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use crate::http;

/// Longest life of a server after a call has reached it, in milliseconds.
const LAST_MS: std::ops::Range<u64> = 0..40;
/// Bytes of a call's head, and of its body.
const BYTES_MAX: usize = 64 << 10;

/// What becomes of a call from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Every server gets it, all at the same moment.
    Arrives,
    /// The server dies before it has heard of it.
    DiesBefore,
    /// The server dies while it works on it.
    DiesDuring,
}

/// The address, and who is behind it.
pub struct Gate {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// The address whose calls meet the fate.
    path: &'static str,
    fate: Mutex<Fate>,
    /// Addresses and process numbers.
    servers: Mutex<Vec<(SocketAddr, u32)>>,
    calls: AtomicU32,
    /// Answers of the servers that took a call.
    answers: Mutex<Vec<u16>>,
}

impl Gate {
    /// Opens one for the calls of this address; it stays open as long as the process.
    pub fn open(path: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("an address");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared {
            path,
            fate: Mutex::new(Fate::Arrives),
            servers: Mutex::default(),
            calls: AtomicU32::new(0),
            answers: Mutex::default(),
        });
        let kept = shared.clone();
        std::thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                let shared = kept.clone();
                std::thread::spawn(move || shared.meet(caller));
            }
        });
        Self { address, shared }
    }

    /// Who is behind it from now on, and what the next calls meet.
    pub fn leads_to(&self, servers: &[(SocketAddr, u32)], fate: Fate) {
        *self.shared.servers.lock().expect("no caller panicked") = servers.to_vec();
        *self.shared.fate.lock().expect("no caller panicked") = fate;
    }

    /// Calls so far, whatever became of them.
    pub fn calls(&self) -> u32 {
        self.shared.calls.load(Ordering::SeqCst)
    }

    /// What the servers answered since this was asked last.
    pub fn answers(&self) -> Vec<u16> {
        std::mem::take(&mut self.shared.answers.lock().expect("no caller panicked"))
    }
}

impl Shared {
    fn meet(&self, mut caller: TcpStream) {
        let Some(call) = Call::read(&mut caller) else { return };
        if call.path != self.path {
            // Reports about messages come through here as well, and are not what the test is about.
            answer(&mut caller, 204);
            return;
        }
        let servers = self.servers.lock().expect("no caller panicked").clone();
        let fate = *self.fate.lock().expect("no caller panicked");
        match fate {
            Fate::DiesBefore => servers.iter().for_each(|(_, process)| kill(*process)),
            Fate::DiesDuring => std::thread::scope(|scope| {
                for (server, process) in &servers {
                    scope.spawn(|| call.send(*server));
                    std::thread::sleep(Duration::from_millis(rand::random_range(LAST_MS)));
                    kill(*process);
                }
            }),
            Fate::Arrives => {
                let answered = self.to_all(&servers, &call);
                let status = answered.iter().copied().min().unwrap_or(503);
                self.answers.lock().expect("no caller panicked").extend(answered);
                answer(&mut caller, status);
            }
        }
        self.calls.fetch_add(1, Ordering::SeqCst);
    }

    fn to_all(&self, servers: &[(SocketAddr, u32)], call: &Call) -> Vec<u16> {
        let together = Barrier::new(servers.len());
        std::thread::scope(|scope| {
            let callers: Vec<_> = servers
                .iter()
                .map(|(server, _)| {
                    let together = &together;
                    scope.spawn(move || {
                        together.wait();
                        call.send(*server)
                    })
                })
                .collect();
            callers.into_iter().filter_map(|caller| caller.join().ok().flatten()).collect()
        })
    }
}

/// A call from outside, as it came.
struct Call {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    fn read(caller: &mut TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        let split = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            more(caller, &mut bytes)?;
        };
        let head = std::str::from_utf8(&bytes[..split]).ok()?.to_owned();
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ').map(str::to_owned);
        let (method, path) = (first.next()?, first.next()?);
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse::<usize>().ok()?;
        while bytes.len() < split + 4 + length {
            more(caller, &mut bytes)?;
        }
        Some(Self { method, path, headers, body: bytes[split + 4..].to_vec() })
    }

    /// Passes it on; `None` where no whole answer came.
    fn send(&self, server: SocketAddr) -> Option<u16> {
        let own = ["host", "content-length", "connection"];
        let headers = self.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
        let headers: Vec<(&str, &str)> = headers.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        http::ask(server, &self.method, &self.path, &headers, &self.body).ok().map(|answer| answer.status)
    }
}

fn answer(caller: &mut TcpStream, status: u16) {
    let answer = format!("HTTP/1.1 {status} said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    // Who called may be gone already.
    let _ = caller.write_all(answer.as_bytes());
}

fn more(caller: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 4096];
    let read = caller.read(&mut piece).ok()?;
    bytes.extend_from_slice(&piece[..read]);
    (read > 0 && bytes.len() <= BYTES_MAX).then_some(())
}

/// Ends a process as the machine would; one that is gone stays gone.
fn kill(process: u32) {
    let sent = Command::new("kill").args(["-KILL", &process.to_string()]).stderr(Stdio::null()).status();
    sent.expect("the signal is sent");
}
