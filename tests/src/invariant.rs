//! How the test of an invariant reports (RELIABILITY.md 3.0): one line with its figures, whether enough happened
//! for them to mean something, and the verdict.

use std::fmt::{Display, Write as _};
use std::io::{Write as _, stdout};

/// How many times to try something: all of `full` for `make soak`, else the share that every run of the tests
/// affords.
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the tests, not of the product"
)]
pub fn tries(full: usize, share: usize) -> usize {
    if std::env::var_os("FULCRUM_SOAK").is_some() {
        full
    } else {
        share
    }
}

/// The line of one invariant, while its figures are collected.
#[must_use = "a line that is not concluded judges nothing"]
pub struct Invariant {
    line: String,
    enough: bool,
    holds: bool,
}

impl Invariant {
    /// A line without figures, for example of `I17`.
    pub fn new(id: &str) -> Self {
        Self {
            line: id.to_owned(),
            enough: true,
            holds: true,
        }
    }

    /// Something that had to happen so often at least; else the verdict is VOID.
    pub fn at_least(mut self, name: &str, count: usize, floor: usize) -> Self {
        self.enough &= count >= floor;
        self.figure(name, count)
    }

    /// Something that must have this value.
    pub fn exactly(mut self, name: &str, value: usize, wanted: usize) -> Self {
        self.holds &= value == wanted;
        self.figure(name, value)
    }

    /// Something of which all of `total` must have gone well.
    pub fn all(mut self, name: &str, well: usize, total: usize) -> Self {
        self.holds &= well == total;
        self.figure(name, format_args!("{well}/{total}"))
    }

    /// Something that is told and not judged.
    pub fn figure(mut self, name: &str, value: impl Display) -> Self {
        // Writing to a string cannot fail.
        let _ = write!(self.line, " {name}={value}");
        self
    }

    /// Prints the line.
    ///
    /// # Panics
    /// Unless enough happened and all of it is as it must be.
    pub fn conclude(self) {
        let floor = if self.enough { "PASS" } else { "FAIL" };
        let verdict = match (self.enough, self.holds) {
            (true, true) => "PASS",
            (true, false) => "FAIL",
            (false, _) => "VOID",
        };
        let line = format!("{} floor={floor} verdict={verdict}", self.line);
        writeln!(stdout(), "{line}").expect("a test can print");
        assert_eq!(verdict, "PASS", "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panics(line: Invariant) -> bool {
        std::panic::catch_unwind(|| line.conclude()).is_err()
    }

    #[test]
    fn a_figure_below_its_floor_fails_even_if_nothing_bad_was_seen() {
        assert!(panics(
            Invariant::new("I0")
                .at_least("tries", 9, 10)
                .exactly("lost", 0, 0)
        ));
    }

    #[test]
    fn a_figure_that_is_not_as_it_must_be_fails() {
        assert!(panics(
            Invariant::new("I0")
                .at_least("tries", 10, 10)
                .exactly("lost", 1, 0)
        ));
        assert!(panics(Invariant::new("I0").all("true_ok", 9, 10)));
        assert!(!panics(
            Invariant::new("I0")
                .at_least("tries", 10, 10)
                .all("true_ok", 10, 10)
        ));
    }
}
