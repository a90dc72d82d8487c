//! Keeps the layering of `fulcrum-core`, what each package may be built on, and the size of what is
//! written by hand.

mod lock;
mod paths;
mod secrets;

use std::fs;
use std::path::{Path, PathBuf};

use lock::Lock;

/// The layers from left to right: a module uses its own layer and those to the right of it.
const LAYERS: [&[&str]; 5] = [
    &["api"],
    DOMAIN,
    &["jobs", "oauth", "lever", "destinations"],
    &["store", "vault", "http"],
    &[
        "clock",
        "config",
        "crash",
        "downloads",
        "feed",
        "redact",
        "standing",
    ],
];

/// The parts of the domain. They meet through the change feed and the jobs table, never directly.
const DOMAIN: &[&str] = &[
    "workflows",
    "offers",
    "letters",
    "people",
    "listeners",
    "connections",
    "tunnel",
];

/// Pure rules: used from anywhere, and using nothing but each other.
const ISLANDS: [&[&str]; 7] = [
    &["mapping"],
    &["listeners", "admission"],
    &["listeners", "signature"],
    &["workflows", "engine"],
    &["offers", "rules"],
    &["letters", "model"],
    &["people", "plan"],
];

/// Where a module stands.
#[derive(PartialEq, Eq)]
enum Place {
    Island,
    Layer { index: usize, part: &'static str },
}

impl Place {
    /// The place of a module or of an item in it; none if the tables above do not name it.
    fn of(path: &[String]) -> Option<Self> {
        if ISLANDS.iter().any(|island| starts_with(path, island)) {
            return Some(Self::Island);
        }
        LAYERS.iter().enumerate().find_map(|(index, layer)| {
            let part = layer.iter().find(|part| starts_with(path, &[part]))?;
            Some(Self::Layer { index, part })
        })
    }

    /// Whether code here may name what is there.
    fn may_use(&self, there: &Self) -> bool {
        match (self, there) {
            (_, Self::Island) => true,
            (Self::Island, Self::Layer { .. }) => false,
            (
                Self::Layer { index, part },
                Self::Layer {
                    index: to,
                    part: other,
                },
            ) => index < to || (index == to && (part == other || !DOMAIN.contains(part))),
        }
    }
}

fn starts_with(path: &[String], prefix: &[&str]) -> bool {
    path.len() >= prefix.len() && path.iter().zip(prefix).all(|(name, wanted)| name == wanted)
}

/// What the file of `module` uses against the layering, one sentence each. The crate's root wires all
/// parts together and is free; nobody uses what it offers to other packages.
fn violations(module: &[String], text: &str) -> Vec<String> {
    if module.is_empty() {
        return Vec::new();
    }
    let here = module.join("::");
    let Some(place) = Place::of(module) else {
        return vec![format!("{here} has no place in the layers")];
    };
    let mut found = Vec::new();
    for used in paths::used(module, text) {
        let there = used.join("::");
        match Place::of(&used) {
            Some(other) if place.may_use(&other) => {}
            Some(_) => found.push(format!("{here} uses {there}")),
            None => found.push(format!(
                "{here} uses {there}, which has no place in the layers"
            )),
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

/// The hand-written files below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    const NOT_OURS: [&str; 5] = ["target", "node_modules", "dist", "gen", "generated"];
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("the folders of a checkout can be read");
    for entry in entries {
        let path = entry.expect("the folders of a checkout can be read").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && !name.starts_with('.') && !NOT_OURS.contains(&name) {
            found.extend(files(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

/// `store/people.rs` and `store/people/mod.rs` are both the module `store::people`.
fn module_of(file: &Path) -> Vec<String> {
    let mut names: Vec<_> = file
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if matches!(names.last().map(String::as_str), Some("mod" | "lib")) {
        names.pop();
    }
    names
}

#[test]
fn each_layer_of_the_core_uses_only_those_to_its_right() {
    let source = root().join("src-tauri/core/src");
    let files = files(&source, &[".rs"]);
    assert!(files.len() > 10, "the core's sources were not found");
    let found: Vec<_> = files
        .iter()
        .flat_map(|file| {
            let module = module_of(file.strip_prefix(&source).expect("the walk began there"));
            violations(&module, &read(file))
        })
        .collect();
    assert!(
        found.is_empty(),
        "against the layers of ARCHITECTURE.md:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_layer_check_names_what_is_wrong_and_passes_what_is_right() {
    let cases = [
        (
            "store::people",
            "use crate::api::error::AppError;",
            Some("store::people uses api::error::AppError"),
        ),
        (
            "people",
            "use crate::{feed::Feed, offers::Offer};",
            Some("people uses offers::Offer"),
        ),
        (
            "people::apply",
            "fn f() { crate::workflows::enter() }",
            Some("people::apply uses workflows::enter"),
        ),
        (
            "people::plan",
            "use super::Person;",
            Some("people::plan uses people::Person"),
        ),
        (
            "mapping",
            "use crate::clock::{self, Clock};",
            Some("mapping uses clock"),
        ),
        (
            "lever::page",
            "use super::super::jobs::{Job, queue::*}; use crate::people;",
            Some("lever::page uses people"),
        ),
        (
            "store",
            "mod inner { use super::super::tunnel::Client; }",
            Some("store uses tunnel::Client"),
        ),
        (
            "vault",
            "use crate::Engine;",
            Some("vault uses Engine, which has no place in the layers"),
        ),
        ("misc", "", Some("misc has no place in the layers")),
        (
            "api",
            "use crate::people::Person; use crate::clock::Clock;",
            None,
        ),
        (
            "offers",
            "use crate::mapping::Rule; use crate::people::plan::Plan;",
            None,
        ),
        (
            "oauth",
            "use crate::lever::Error; use self::state::State;",
            None,
        ),
        (
            "people",
            "// crate::offers\n/// [`crate::offers`]\nconst A: &str = \"crate::offers\";",
            None,
        ),
        (
            "people",
            "#[cfg(test)] mod tests { use crate::offers::Offer; }",
            None,
        ),
    ];
    for (module, text, expected) in cases {
        let module: Vec<_> = module.split("::").map(str::to_owned).collect();
        assert_eq!(
            violations(&module, text).first().map(String::as_str),
            expected,
            "{text}"
        );
    }
}

#[test]
fn the_core_and_the_servers_are_built_without_a_window() {
    let lock = Lock::parse(&read(&root().join("Cargo.lock")));
    let window = |name: &&String| name.starts_with("tauri") || *name == "wry" || *name == "tao";
    assert!(
        lock.built_on("fulcrum").iter().any(|name| window(&name)),
        "the app has a window"
    );
    for package in [
        "fulcrum-core",
        "fulcrum-relay",
        "fulcrum-practice",
        "fulcrum-cli",
    ] {
        let built_on = lock.built_on(package);
        let found: Vec<_> = built_on.iter().filter(window).collect();
        assert!(found.is_empty(), "{package} is built on {found:?}");
    }
}

#[test]
fn the_practice_lever_shares_no_code_with_the_core() {
    let lock = Lock::parse(&read(&root().join("Cargo.lock")));
    let practice = lock.built_on("fulcrum-practice");
    assert!(
        practice.contains("axum"),
        "the practice Lever is a web server"
    );
    let shared: Vec<_> = practice
        .iter()
        .filter(|name| name.starts_with("fulcrum"))
        .collect();
    assert!(
        shared.is_empty(),
        "the practice Lever is built on {shared:?}"
    );
    assert!(
        !lock.built_on("fulcrum-core").contains("fulcrum-practice"),
        "the core knows the practice Lever"
    );
}

#[test]
fn what_is_written_by_hand_stays_small() {
    let lines = |path: &PathBuf| read(path).lines().count();
    for file in files(&root(), &[".rs", ".ts", ".tsx"]) {
        assert!(
            lines(&file) <= 600,
            "{} has {} lines",
            file.display(),
            lines(&file)
        );
    }
    let shell: usize = files(&root().join("src-tauri/src"), &[".rs"])
        .iter()
        .map(lines)
        .sum();
    assert!(
        (1..600).contains(&shell),
        "the Tauri shell has {shell} lines"
    );
    assert!(
        lines(&root().join("AGENTS.md")) < 60,
        "AGENTS.md no longer fits on a page"
    );
}
