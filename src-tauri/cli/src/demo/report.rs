//! What the demonstration says at its end.

use serde_json::json;

/// The outcome of a demonstration.
#[derive(Debug, Default)]
pub struct Report {
    /// Each step with its outcome.
    pub steps: Vec<(String, String)>,
    /// Hire events that Lever sent, by Lever's own record.
    pub events_sent: usize,
    /// People in the directory.
    pub people: usize,
    /// Hires without a person in the workflow.
    pub lost: usize,
    /// People who are there more than once.
    pub duplicates: usize,
    /// How long all of it took.
    pub seconds: f64,
}

impl Report {
    /// One JSON object.
    pub fn json(&self) -> String {
        json!({
            "events_sent": self.events_sent,
            "people": self.people,
            "lost": self.lost,
            "duplicates": self.duplicates,
            "seconds": (self.seconds * 1_000.0).round() / 1_000.0,
        })
        .to_string()
    }

    /// A table for people.
    pub fn table(&self) -> String {
        let counts = [
            ("Events sent by Lever", self.events_sent.to_string()),
            ("People imported", self.people.to_string()),
            ("Lost", self.lost.to_string()),
            ("Duplicates", self.duplicates.to_string()),
            ("Seconds", format!("{:.1}", self.seconds)),
        ];
        let rows = self
            .steps
            .iter()
            .map(|(title, outcome)| (title.as_str(), outcome.clone()));
        let rows: Vec<_> = rows.chain(counts).collect();
        let width = rows
            .iter()
            .map(|(title, _)| title.len())
            .max()
            .unwrap_or_default();
        let lines = rows
            .iter()
            .map(|(title, outcome)| format!("{title:width$}  {outcome}\n"));
        lines.collect()
    }
}
