//! Reads from `Cargo.lock` what a package is built on, for all platforms and with its tests.

use std::collections::{BTreeMap, BTreeSet};

/// The packages by name, with the names of what they need. Versions of one name count as one.
pub struct Lock {
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Lock {
    /// Reads the file's text; its layout is Cargo's own and stable.
    pub fn parse(text: &str) -> Self {
        let mut needs = BTreeMap::<String, BTreeSet<String>>::new();
        for package in text.split("[[package]]").skip(1) {
            let name = package
                .lines()
                .find_map(|line| line.strip_prefix("name = "));
            let name = name.expect("every package has a name").trim_matches('"');
            let dependencies = package
                .lines()
                .filter_map(|line| line.strip_prefix(" \""))
                .filter_map(|line| line.split(['"', ' ']).next());
            needs
                .entry(name.to_owned())
                .or_default()
                .extend(dependencies.map(str::to_owned));
        }
        Self { needs }
    }

    /// Everything below a package.
    pub fn built_on(&self, package: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![package.to_owned()];
        while let Some(name) = open.pop() {
            let needs = self.needs.get(&name);
            for need in needs.unwrap_or_else(|| panic!("{name} is not in Cargo.lock")) {
                if found.insert(need.clone()) {
                    open.push(need.clone());
                }
            }
        }
        found
    }
}
