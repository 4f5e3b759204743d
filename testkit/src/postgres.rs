//! A PostgreSQL server of one's own: in a folder of its own, on a socket in it, gone with the process that started it.

use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use tempfile::TempDir;

use crate::disk::SmallDisk;

/// Where Debian keeps the version we test on; `YIMEN_PG_BIN` names another.
const DEBIAN_BIN: &str = "/usr/lib/postgresql/15/bin";
/// How long starting may take; it takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps the server while its standard input is open. It ends with the test process however that ends,
/// because then the pipe closes; so it stops the server and clears the folder.
const KEEPER: &str = r#"
trap '' INT TERM
folder=$1; shift
cd "$folder" || exit 1
while read -r order; do
    case $order in
        start) "$@" >>"$folder/log" 2>&1 & server=$! ;;
        crash) kill -QUIT "$server"; wait "$server"; ;;
    esac
done
kill -QUIT "$server" 2>/dev/null; wait "$server" 2>/dev/null
cd / && rm -rf "$folder"
"#;

/// The tablespace on the disk of [`PrivatePostgres::start_beside`], once it is created there.
pub fn tablespace(disk: &SmallDisk) -> PathBuf {
    disk.folder().join("tablespace")
}

/// Whether commits survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// No: for tests.
    Forgetful,
    /// Yes: for measuring.
    Durable,
}

/// A running private server.
pub struct PrivatePostgres {
    folder: PathBuf,
    keeper: Mutex<Keeper>,
}

struct Keeper {
    child: Child,
    orders: Option<ChildStdin>,
}

impl PrivatePostgres {
    /// Makes a cluster and starts it. Takes about 0.7 s.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not start, saying what to do.
    pub fn start(durability: Durability) -> Result<Self> {
        Self::start_where(durability, None)
    }

    /// As [`PrivatePostgres::start`], with room for a [`tablespace`] on this disk. The log of what is to be written stays
    /// outside, because a server without room for that stops, which [`PrivatePostgres::crash`] shows.
    ///
    /// # Errors
    /// As there.
    pub fn start_beside(durability: Durability, disk: &SmallDisk) -> Result<Self> {
        Self::start_where(durability, Some(disk))
    }

    fn start_where(durability: Durability, disk: Option<&SmallDisk>) -> Result<Self> {
        let bin = find_bin()?;
        let user = user()?;
        // The socket's path may have 107 bytes, so the folder is not made inside a deep one.
        let folder = TempDir::with_prefix("yimen-pg-").context("a folder for PostgreSQL")?;
        if let Some((_, uid, gid)) = &user {
            chown(folder.path(), Some(*uid), Some(*gid))?;
        }
        initdb(&bin, folder.path(), user.as_ref())?;

        let mut keeper = command(user.as_ref(), "sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(folder.path()).arg(bin.join("postgres"));
        keeper.args(settings(folder.path(), durability)).stdin(Stdio::piped()).stdout(Stdio::null());
        if let Some(disk) = disk {
            let mut make = command(user.as_ref(), "mkdir");
            make.arg(tablespace(disk));
            ensure!(disk.from_inside(&make).status()?.success(), "no folder on the small disk");
            keeper = disk.from_inside(&keeper);
            keeper.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null());
        }
        let mut child = keeper.spawn().context("cannot start PostgreSQL")?;
        let orders = child.stdin.take();
        let folder = folder.keep();
        let server = Self { folder, keeper: Mutex::new(Keeper { child, orders }) };
        server.start_again()?;
        Ok(server)
    }

    /// The URL of a database on it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// The folder of the socket, for `psql -h` and `pgbench -h` with user `postgres`.
    pub fn socket_folder(&self) -> &Path {
        &self.folder
    }

    /// Ends the server as a power cut would, and waits until it is gone.
    pub fn crash(&self) -> Result<()> {
        self.order("crash")?;
        wait_until(|| !self.folder.join("data/postmaster.pid").exists())
            .context("PostgreSQL did not stop after a crash was ordered")
    }

    /// Starts it again after [`PrivatePostgres::crash`], and waits until it takes connections.
    pub fn start_again(&self) -> Result<()> {
        self.order("start")?;
        let ready = || {
            let status = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
            status.lines().nth(7).is_some_and(|line| line.trim() == "ready")
        };
        wait_until(ready).map_err(|_| {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            anyhow!("PostgreSQL did not start; its log says:\n{log}")
        })
    }

    fn order(&self, order: &str) -> Result<()> {
        let mut keeper = self.keeper.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let orders = keeper.orders.as_mut().context("PostgreSQL has been stopped")?;
        writeln!(orders, "{order}").context("the keeper of PostgreSQL is gone")
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        let keeper = self.keeper.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner());
        keeper.orders = None;
        // Waited for, so that the folder is gone when the next line runs.
        let _ = keeper.child.wait();
    }
}

fn find_bin() -> Result<PathBuf> {
    let named = std::env::var_os("YIMEN_PG_BIN").map(PathBuf::from);
    let bin = named.unwrap_or_else(|| PathBuf::from(DEBIAN_BIN));
    ensure!(
        bin.join("initdb").exists() && bin.join("postgres").exists(),
        "PostgreSQL 15 is needed for the tests and is not in {}.\n  \
         On Debian 12:  apt-get install postgresql-15\n  \
         Elsewhere:     set YIMEN_PG_BIN to the folder that holds initdb and postgres",
        bin.display()
    );
    Ok(bin)
}

/// The account to run as when we are root, because PostgreSQL refuses to be root's.
fn user() -> Result<Option<(String, u32, u32)>> {
    if std::fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let accounts = std::fs::read_to_string("/etc/passwd")?;
    for name in ["postgres", "nobody"] {
        let Some(line) = accounts.lines().find(|line| line.starts_with(&format!("{name}:"))) else { continue };
        let mut ids = line.split(':').skip(2).map(str::parse::<u32>);
        if let (Some(Ok(uid)), Some(Ok(gid))) = (ids.next(), ids.next()) {
            return Ok(Some((name.to_owned(), uid, gid)));
        }
    }
    bail!("PostgreSQL does not run as root, and there is no user postgres to run it as")
}

/// A command as that account.
fn command(user: Option<&(String, u32, u32)>, program: &str) -> Command {
    let mut command = match user {
        None => Command::new(program),
        Some((_, uid, gid)) => {
            let mut command = Command::new("setpriv");
            command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups").arg(program);
            command
        }
    };
    // The test's own folder may be closed to that account.
    command.current_dir("/");
    command
}

fn initdb(bin: &Path, folder: &Path, user: Option<&(String, u32, u32)>) -> Result<()> {
    let program = bin.join("initdb");
    let mut initdb = command(user, &program.display().to_string());
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
    let output = initdb.arg(folder.join("data")).stdin(Stdio::null()).output().context("cannot run initdb")?;
    ensure!(output.status.success(), "initdb failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Server settings. No TCP: two test runs on one machine must not meet.
fn settings(folder: &Path, durability: Durability) -> Vec<String> {
    let mut settings = vec!["-D".to_owned(), folder.join("data").display().to_string()];
    let mut set = |name: &str, value: &str| settings.extend(["-c".to_owned(), format!("{name}={value}")]);
    set("listen_addresses", "");
    set("unix_socket_directories", &folder.display().to_string());
    set("max_connections", "300");
    set("jit", "off");
    set("timezone", "UTC");
    match durability {
        Durability::Forgetful => {
            for name in ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"] {
                set(name, "off");
            }
            set("shared_buffers", "64MB");
        }
        Durability::Durable => {
            set("shared_buffers", "512MB");
            set("max_wal_size", "4GB");
        }
    }
    settings
}

fn wait_until(ready: impl Fn() -> bool) -> Result<()> {
    let since = Instant::now();
    while !ready() {
        ensure!(since.elapsed() < PATIENCE, "waited for {} seconds", PATIENCE.as_secs());
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}
