//! A disk of a few megabytes that can be filled: a memory file system in a mount namespace of its own, which only the
//! programs started inside it see. It is gone when its keeper is, however the test process ends.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// Mounts the disk over a folder, says so, and stays until its standard input closes.
const KEEPER: &str = r#"mount -t tmpfs -o "size=$2k,mode=0777" small "$1" && echo mounted && read -r _"#;
/// The file that fills it.
const BALLAST: &str = "ballast";

/// The disk.
pub struct SmallDisk {
    folder: TempDir,
    /// Its process number names the namespace; its standard input keeps it.
    keeper: Child,
}

impl SmallDisk {
    /// Makes one of so many kilobytes.
    ///
    /// # Errors
    /// When the system lets nobody mount anything, not even in a namespace of one's own.
    pub fn of_kilobytes(size: u64) -> Result<Self> {
        let folder = TempDir::with_prefix("yimen-disk-").context("a folder to mount over")?;
        let mut keeper = Command::new("unshare");
        keeper.args(if is_root()? { &["-m"][..] } else { &["-Um", "--map-current-user", "--keep-caps"] });
        keeper.args(["sh", "-c", KEEPER, "keeper"]).arg(folder.path()).arg(size.to_string());
        let mut keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("unshare (util-linux)")?;
        let mut said = String::new();
        BufReader::new(keeper.stdout.take().context("its output")?).read_line(&mut said)?;
        ensure!(
            said.trim() == "mounted",
            "the small disk could not be mounted; a test of a full disk needs namespaces"
        );
        Ok(Self { folder, keeper })
    }

    /// Where it lies, for whoever is inside.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program with its arguments and its environment as given, to be started inside. It keeps its process number.
    pub fn from_inside(&self, program: &Command) -> Command {
        let mut command = self.enter();
        command.arg(program.get_program()).args(program.get_args());
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Copies a file or a folder with all that is in it, from where either is: inside sees the machine's files too.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<()> {
        self.run(["cp", "-r", "--preserve=mode"].map(OsStr::new).into_iter().chain([from.as_os_str(), to.as_os_str()]))
    }

    /// Fills it to the last byte.
    pub fn fill(&self) -> Result<()> {
        let ballast = self.ballast();
        let filled =
            self.run(["sh", "-c", r#"cat /dev/zero >"$0""#].map(OsStr::new).into_iter().chain([ballast.as_os_str()]));
        ensure!(filled.is_err(), "a disk without an end");
        Ok(())
    }

    /// Takes away what filled it.
    pub fn clear(&self) -> Result<()> {
        self.run([OsStr::new("rm"), self.ballast().as_os_str()])
    }

    fn ballast(&self) -> PathBuf {
        self.folder().join(BALLAST)
    }

    fn enter(&self) -> Command {
        let mut command = Command::new("nsenter");
        command.arg("-t").arg(self.keeper.id().to_string());
        // Root enters the mounts alone; anybody else enters as the one who made them.
        if is_root().unwrap_or_default() {
            command.arg("-m");
        } else {
            command.args(["-U", "-m", "--preserve-credentials"]);
        }
        command.arg("--");
        command
    }

    fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a OsStr>) -> Result<()> {
        let ended = self.enter().args(arguments).stderr(Stdio::null()).status().context("nsenter (util-linux)")?;
        ensure!(ended.success(), "a command on the small disk failed: {ended}");
        Ok(())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // With its standard input its reading ends, and with it the namespace, once nobody is inside any more.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn is_root() -> Result<bool> {
    Ok(std::fs::metadata("/proc/self")?.uid() == 0)
}
