//! `yimen bench portal`: every page a visitor of the portal can open, over the wire at a steady pace: bytes as they are
//! sent, times of answers, and what the server needs to start and to idle.
//!
//! The server is a process of its own on the loopback, over the configured database; nothing else is ever asked. Times
//! are counted from the moment a request was due, not from when it was sent, so that a server that falls behind shows.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use super::Order;

/// Requests a second.
const PACE: u32 = 100;
/// Requests to each page when the order does not say.
const COUNT: usize = 500;
/// Requests to a page before it is measured.
const WARM: usize = 20;
/// Longest wait for the start and for one answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The server idles so long before its memory is read.
const IDLE: Duration = Duration::from_secs(5);
/// The promises: bytes over the wire, and the time 99 of 100 answers stay under.
const BYTES_MAX: usize = 60 * 1024;
const P99_MAX: Duration = Duration::from_millis(20);
const START_MAX: Duration = Duration::from_secs(1);
const IDLE_MAX_MB: u64 = 150;

/// Measures every page and prints a line for each; says whether all promises were kept.
pub async fn run(order: &Order) -> Result<bool> {
    let server = Server::start().await?;
    let pages = pages(server.address).await?;
    let bundle = bundle(server.address).await?;
    tokio::time::sleep(IDLE).await;
    let idle_mb = server.memory_mb();
    let mut kept = server.took < START_MAX && idle_mb < IDLE_MAX_MB;
    let start_ms = server.took.as_millis();
    if order.json {
        let line = serde_json::json!({
            "bench": "portal", "start_ms": start_ms, "idle_mb": idle_mb, "bundle_bytes": bundle, "pace": PACE,
        });
        println!("{line}");
    } else {
        println!("start {start_ms} ms, idle {idle_mb} MB, styles and script {bundle} bytes, {PACE} requests/s");
    }
    for path in pages {
        let measured = measure(server.address, &path, order.count.unwrap_or(COUNT).max(1)).await?;
        // What a first visit costs; later pages come without the bundle.
        let measured = Measured { first: measured.bytes + bundle, ..measured };
        kept &= measured.is_kept();
        measured.print(&path, order.json);
    }
    let loaded_mb = server.memory_mb();
    if order.json {
        println!("{}", serde_json::json!({ "bench": "portal", "loaded_mb": loaded_mb, "kept": kept }));
    } else {
        println!("afterwards {loaded_mb} MB; {}", if kept { "all promises kept" } else { "not all promises kept" });
    }
    Ok(kept)
}

/// The server under measurement; it ends with this value.
struct Server {
    child: Child,
    address: SocketAddr,
    took: Duration,
}

impl Server {
    /// Starts this very program over the configured database and waits until it is ready.
    async fn start() -> Result<Self> {
        let begun = Instant::now();
        let program = std::env::current_exe().context("finding this program")?;
        let mut command = Command::new(program);
        command.args(["serve", "--demo"]).env("YIMEN_LISTEN", "127.0.0.1:0").env("YIMEN_LOG", "warn");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("starting the server")?;
        let output = child.stdout.take().context("the server's output")?;
        let (send, receive) = mpsc::channel();
        // Reads on to the end, because a server whose output nobody reads would stop at a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(std::io::Result::ok) {
                let printed =
                    line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse().ok());
                if let Some(address) = printed {
                    let _ = send.send(address);
                }
            }
        });
        let address = tokio::task::spawn_blocking(move || receive.recv_timeout(PATIENCE)).await?;
        let Ok(address) = address else {
            let _ = child.kill();
            bail!("the server did not start; its messages stand above");
        };
        let mut server = Self { child, address, took: Duration::ZERO };
        while !matches!(Visitor::new(address).get("/ready").await, Ok(answer) if answer.status == 200) {
            ensure!(begun.elapsed() < PATIENCE, "the server is not ready");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.took = begun.elapsed();
        Ok(server)
    }

    /// Resident memory in megabytes.
    fn memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that is not in the database.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The pages: those that are always there, and those the home page and the lists lead to.
async fn pages(address: SocketAddr) -> Result<Vec<String>> {
    const FIXED: [&str; 8] =
        ["/", "/matters", "/items", "/help", "/about", "/sign-in", "/search?q=%E5%BC%80%E5%BA%97", "/desk/sign-in"];
    let mut pages: Vec<String> = FIXED.map(str::to_owned).into();
    for (list, leading, most) in [("/matters", "/matters/", 20), ("/items", "/items/", 5)] {
        let mut visitor = Visitor::plain(address);
        let text = String::from_utf8_lossy(&visitor.get(list).await?.body).into_owned();
        let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut found: Vec<&str> = links.filter(|link| link.starts_with(leading) && !link.contains('?')).collect();
        found.sort_unstable();
        found.dedup();
        for link in found.into_iter().take(most) {
            pages.push(link.to_owned());
            // The plan as somebody sees it who has not answered anything yet.
            if leading == "/matters/" {
                pages.push(format!("{link}/plan"));
            }
        }
    }
    let mut there = Vec::new();
    for path in pages {
        if Visitor::new(address).get(&path).await?.status == 200 {
            there.push(path);
        }
    }
    Ok(there)
}

/// Bytes of the files every page asks for, once.
async fn bundle(address: SocketAddr) -> Result<usize> {
    let text = String::from_utf8_lossy(&Visitor::plain(address).get("/").await?.body).into_owned();
    let mut files: Vec<&str> = text.split('"').filter(|part| part.starts_with("/assets/")).collect();
    files.sort_unstable();
    files.dedup();
    let mut bytes = 0;
    for file in files {
        bytes += Visitor::new(address).get(file).await?.sent;
    }
    Ok(bytes)
}

/// What one page costs.
struct Measured {
    bytes: usize,
    /// With styles and script.
    first: usize,
    middle: Duration,
    p99: Duration,
    worst: Duration,
}

impl Measured {
    fn is_kept(&self) -> bool {
        self.first <= BYTES_MAX && self.p99 < P99_MAX
    }

    fn print(&self, path: &str, json: bool) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (bytes, middle, p99, worst) = (self.bytes, ms(self.middle), ms(self.p99), ms(self.worst));
        if json {
            let line = serde_json::json!({
                "bench": "portal", "page": path, "bytes": bytes, "first_bytes": self.first, "p50_ms": middle, "p99_ms": p99, "max_ms": worst,
            });
            println!("{line}");
            return;
        }
        let broken = if self.is_kept() { "" } else { "  !" };
        let first = self.first;
        println!(
            "{path:<44} {bytes:>6} bytes, first visit {first:>6}   p50 {middle:>6.2}   p99 {p99:>6.2}   max {worst:>6.2} ms{broken}"
        );
    }
}

/// Asks for a page so many times at the pace, on as many connections as it takes.
async fn measure(address: SocketAddr, path: &str, count: usize) -> Result<Measured> {
    let mut visitor = Visitor::new(address);
    let mut bytes = 0;
    for _ in 0..WARM {
        bytes = bytes.max(visitor.get(path).await?.sent);
    }
    let idle = std::sync::Arc::new(std::sync::Mutex::new(vec![visitor]));
    let begun = Instant::now() + Duration::from_millis(20);
    let mut asked = Vec::with_capacity(count);
    for turn in 0..count {
        let due = begun + Duration::from_secs(1) / PACE * u32::try_from(turn)?;
        sleep_until(due).await;
        let (idle, path) = (idle.clone(), path.to_owned());
        asked.push(tokio::spawn(async move {
            // A connection is used again as a browser does; where all are busy another one is opened.
            let free = idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).pop();
            let mut visitor = free.unwrap_or_else(|| Visitor::new(address));
            let answer = tokio::time::timeout(PATIENCE, visitor.get(&path)).await.context("no answer in time")??;
            ensure!(answer.status == 200, "{path} was answered {}", answer.status);
            idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(visitor);
            Ok(due.elapsed())
        }));
    }
    let mut times = Vec::with_capacity(count);
    for one in asked {
        times.push(one.await??);
    }
    times.sort_unstable();
    let at = |part: f64| times[((times.len() as f64 * part).ceil() as usize).clamp(1, times.len()) - 1];
    Ok(Measured { bytes, first: bytes, middle: at(0.5), p99: at(0.99), worst: at(1.0) })
}

/// Somebody with a browser: one connection kept open.
struct Visitor {
    address: SocketAddr,
    packed: bool,
    socket: Option<TcpStream>,
}

/// An answer as it came.
struct Answer {
    status: u16,
    body: Vec<u8>,
    /// Bytes of head and body over the wire.
    sent: usize,
}

impl Visitor {
    /// Takes compressed answers, as browsers do.
    fn new(address: SocketAddr) -> Self {
        Self { address, packed: true, socket: None }
    }

    /// Takes answers as they are, to read in them.
    fn plain(address: SocketAddr) -> Self {
        Self { packed: false, ..Self::new(address) }
    }

    async fn get(&mut self, path: &str) -> Result<Answer> {
        let mut socket = match self.socket.take() {
            Some(socket) => socket,
            None => TcpStream::connect(self.address).await?,
        };
        socket.set_nodelay(true)?;
        let packed = if self.packed { "accept-encoding: gzip\r\n" } else { "" };
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\n{packed}\r\n", self.address);
        socket.write_all(head.as_bytes()).await?;
        let answer = read(&mut socket).await.with_context(|| format!("reading {path}"))?;
        self.socket = Some(socket);
        Ok(answer)
    }
}

/// Reads one answer, with a length or in chunks.
async fn read(socket: &mut TcpStream) -> Result<Answer> {
    let mut bytes = Vec::with_capacity(64 << 10);
    let head = loop {
        if let Some(at) = find(&bytes, b"\r\n\r\n") {
            break at + 4;
        }
        more(socket, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status")?;
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).map(str::to_owned);
    let end = if let Some(length) = value("content-length:") {
        head + length.parse::<usize>()?
    } else if value("transfer-encoding:").is_some_and(|coding| coding == "chunked") {
        loop {
            // The last chunk is empty; its mark cannot stand inside a chunk that announces its length, save by chance in
            // packed bytes, so the chunks are walked.
            match chunks_end(&bytes, head)? {
                Some(end) => break end,
                None => more(socket, &mut bytes).await?,
            }
        }
    } else {
        head
    };
    while bytes.len() < end {
        more(socket, &mut bytes).await?;
    }
    Ok(Answer { status, body: bytes[head..end].to_vec(), sent: end })
}

async fn more(socket: &mut TcpStream, bytes: &mut Vec<u8>) -> Result<()> {
    ensure!(socket.read_buf(bytes).await? > 0, "the server closed the connection");
    Ok(())
}

/// Where a chunked body ends, if all of it is there.
fn chunks_end(bytes: &[u8], from: usize) -> Result<Option<usize>> {
    let mut at = from;
    loop {
        let Some(line) = find(&bytes[at..], b"\r\n") else { return Ok(None) };
        let length = std::str::from_utf8(&bytes[at..at + line])?.split(';').next().unwrap_or_default();
        let length = usize::from_str_radix(length.trim(), 16)?;
        let next = at + line + 2 + length + 2;
        if bytes.len() < next {
            return Ok(None);
        }
        if length == 0 {
            return Ok(Some(next));
        }
        at = next;
    }
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_walked_to_their_end_and_not_beyond() {
        let body = b"4\r\n\r\n0\r\r\n3;x=y\r\nabc\r\n0\r\n\r\nnext";
        assert_eq!(chunks_end(body, 0).unwrap(), Some(body.len() - 4));
        assert_eq!(chunks_end(&body[..12], 0).unwrap(), None);
        assert!(chunks_end(b"zz\r\n", 0).is_err());
    }
}
