//! The window, where a built `fulcrum` and Xvfb are there; otherwise there is no figure and a line says why.
//!
//! The program cannot tell from inside when a person could begin. So the screen is watched from outside: it is
//! interactive once it shows text and has taken its last change, the engine's answers included.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fulcrum_cli::output::{Failure, say};
use fulcrum_core::config::Flags;
use fulcrum_tests::bench::memory::proportional_mb;
use fulcrum_tests::bench::report::figure;
use fulcrum_tests::bench::timing::now;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// How often the screen is looked at: the error of the figure.
const LOOK: Duration = Duration::from_millis(10);

/// A screen that did not change for so long is done; the engine's start, with its passphrase, takes less.
const QUIET: Duration = Duration::from_secs(4);

/// How long the window may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long the window is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(10);

/// The screen's width and height in pixels, of four bytes each.
const SCREEN: (usize, usize) = (1280, 800);

/// Pixels at the right edge, where GTK fades its scroll bar out for seconds after all else is done.
const SCROLL_BAR: usize = 24;

/// A session bus that starts no other program, above all no keychain and no desktop portal of the user.
const BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#;

/// Smoothed text has more colours than this, an empty window fewer.
const COLOURS_OF_TEXT: usize = 64;

/// Prints `window.interactive` and `memory.window`.
///
/// # Errors
/// [`Failure`] if the temporary folder or standard output cannot be written.
pub async fn measure(flags: &Flags) -> Result<(), Failure> {
    let Some(app) = built_app() else {
        say("window.*: left out, because no `fulcrum` is built beside this benchmark.");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, "a passphrase for the benchmark")?;
    let size = format!("{}x{}x24", SCREEN.0, SCREEN.1);
    let mut xvfb = Command::new("Xvfb");
    xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &size])
        .arg("-fbdir")
        .arg(folder.path());
    let bus = folder.path().join("bus.conf");
    fs::write(&bus, BUS)?;
    let mut dbus = Command::new("dbus-daemon");
    dbus.args(["--nofork", "--print-address=1", "--config-file"])
        .arg(&bus);
    let (Ok((_xvfb, display)), Ok((_dbus, bus))) = (started(xvfb).await, started(dbus).await)
    else {
        say("window.*: left out, because Xvfb or dbus-daemon does not start.");
        return Ok(());
    };
    let mut window = Command::new(&app);
    window
        .arg("--data-dir")
        .arg(folder.path().join("laptop"))
        .arg("--passphrase-file")
        .arg(&passphrase)
        .args(["--relay", flags.relay.as_deref().unwrap_or_default()])
        .env("DISPLAY", format!(":{display}"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        // As `.ci/run-app.sh` sets it where there is no GPU.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", folder.path())
        .env("NO_AT_BRIDGE", "1")
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let began = now();
    let mut window = window.spawn()?;
    let shown = timeout(PATIENCE, settled(&folder.path().join("Xvfb_screen0"))).await;
    match (shown, window.id()) {
        (Ok(Ok(last_change)), Some(id)) => {
            let took = (last_change - began).as_secs_f64() * 1_000.0;
            figure("window.interactive", took, "ms", None)?;
            sleep(IDLE).await;
            let processes = with_descendants(id);
            let memory = processes.into_iter().filter_map(proportional_mb).sum();
            figure("memory.window", memory, "MB", None)?;
        }
        _ => say("window.*: left out, because the screen did not come to rest."),
    }
    Ok(window.kill().await?)
}

/// The program beside this one, `target/PROFILE/deps/hire-…`: the release build, else the debug build.
fn built_app() -> Option<PathBuf> {
    let me = std::env::current_exe().ok()?;
    let target = me.ancestors().nth(3)?;
    let places = ["release", "debug"].map(|profile| target.join(profile).join("fulcrum"));
    places.into_iter().find(|place| place.is_file())
}

/// Starts a program that says in its first line where it is to be found; it ends when the child is dropped.
async fn started(mut program: Command) -> std::io::Result<(Child, String)> {
    let program = program.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = program.kill_on_drop(true).spawn()?;
    let mut line = String::new();
    if let Some(out) = child.stdout.as_mut() {
        BufReader::new(out).read_line(&mut line).await?;
    }
    match line.trim() {
        "" => Err(std::io::ErrorKind::UnexpectedEof.into()),
        place => Ok((child, place.to_owned())),
    }
}

/// Waits until the screen shows text and rests; returns the moment of its last change.
async fn settled(screen: &Path) -> std::io::Result<std::time::Instant> {
    let mut last = pixels(&fs::read(screen)?);
    let mut last_change = now();
    loop {
        sleep(LOOK).await;
        let seen = pixels(&fs::read(screen)?);
        if seen != last {
            (last, last_change) = (seen, now());
        } else if last_change.elapsed() > QUIET && colours(&last) > COLOURS_OF_TEXT {
            return Ok(last_change);
        }
    }
}

/// What the screen shows beside the scroll bar. The pixels are the end of the file, after a header (XWD).
fn pixels(file: &[u8]) -> Vec<u8> {
    let header = file.len().saturating_sub(SCREEN.0 * SCREEN.1 * 4);
    let rows = file.split_at(header).1.chunks(SCREEN.0 * 4);
    let seen: Vec<_> = rows
        .map(|row| row.split_at(row.len().saturating_sub(SCROLL_BAR * 4)).0)
        .collect();
    seen.concat()
}

fn colours(pixels: &[u8]) -> usize {
    pixels.chunks_exact(4).collect::<HashSet<_>>().len()
}

/// The process and those it started, the web view's among them.
fn with_descendants(process: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let id = entry.file_name().to_string_lossy().parse();
        if let (Ok(id), Some(parent)) = (id, parent(&entry.path())) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![process];
    let mut next = 0;
    while let Some(one) = found.get(next) {
        found.extend(children.remove(one).into_iter().flatten());
        next += 1;
    }
    found
}

fn parent(process: &Path) -> Option<u32> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    value.trim().parse().ok()
}
