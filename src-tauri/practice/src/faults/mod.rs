//! Failures that are asked for: the next requests of a kind go wrong in a chosen way.
//!
//! `fault` says which requests and how, `inject` makes it happen around every handler, and
//! `connection` lets it cut a connection without an answer.

mod connection;
mod fault;
mod inject;

pub(crate) use connection::{Listener, Peer};
pub(crate) use fault::{Fault, FaultKind, FaultRequest};
pub(crate) use inject::{Replaced, inject};

/// The faults in force, oldest first; the first that fits a request hits it.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    in_force: Vec<Fault>,
    asked_for: u64,
}

impl Faults {
    /// Puts a fault in force; returns its number, by which it can be lifted.
    pub(crate) fn add(&mut self, mut fault: Fault) -> u64 {
        self.asked_for += 1;
        fault.number = self.asked_for;
        self.in_force.push(fault);
        self.asked_for
    }

    pub(crate) fn in_force(&self) -> &[Fault] {
        &self.in_force
    }

    /// Lifts the fault with this number, or all of them without one. Returns whether there was one.
    pub(crate) fn lift(&mut self, number: Option<u64>) -> bool {
        let before = self.in_force.len();
        self.in_force
            .retain(|fault| number.is_some_and(|number| fault.number != number));
        self.in_force.len() < before
    }

    /// The fault that hits a request, which counts as one of its hits.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let hit = self
            .in_force
            .iter_mut()
            .find(|one| one.fits(method, path))?;
        hit.count_down();
        let taken = hit.clone();
        self.in_force.retain(|fault| !fault.is_spent());
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(requests: &[serde_json::Value]) -> Faults {
        let mut faults = Faults::default();
        for request in requests {
            let request: FaultRequest =
                serde_json::from_value(request.clone()).expect("known members");
            faults.add(Fault::try_from(request).expect("a usable fault"));
        }
        faults
    }

    #[test]
    fn a_fault_hits_its_method_and_path_so_many_times() {
        let mut faults = faults(&[json!({
            "method": "post", "path": "/v1/opportunities/*/notes", "kind": "drop", "count": 2
        })]);
        let notes = "/v1/opportunities/1/notes";
        assert!(faults.take("GET", notes).is_none());
        assert!(faults.take("POST", "/v1/opportunities/1/notes/2").is_none());
        assert!(faults.take("POST", "/v1/opportunities/1/2/notes").is_none());
        assert!(faults.take("POST", notes).is_some());
        assert!(faults.take("POST", "/v1/opportunities/2/notes").is_some());
        assert!(faults.take("POST", notes).is_none());
        assert!(faults.in_force().is_empty());
    }

    #[test]
    fn a_fault_without_a_count_hits_until_it_is_lifted() {
        let mut faults = faults(&[
            json!({"path_prefix": "/v1", "kind": "html", "count": null}),
            json!({"kind": "status"}),
        ]);
        assert!((0..100).all(|_| faults.take("GET", "/v1/stages").is_some()));
        assert!(faults.lift(Some(1)));
        assert!(!faults.lift(Some(1)));
        assert!(faults.take("GET", "/authorize").is_some());
        assert!(faults.take("GET", "/v1/stages").is_none());
    }
}
