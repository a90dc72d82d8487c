//! Figures of several passes, each beside the limit of its own pass, and what they are to be.

use std::fmt::{Display, Formatter, Result as Written};

use fulcrum_cli::output::{Failure, print};

/// What a ratio is to be.
#[derive(Debug, Clone, Copy)]
pub enum Aim {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Display for Aim {
    fn fmt(&self, out: &mut Formatter<'_>) -> Written {
        match self {
            Self::AtLeast(aim) => write!(out, "at-least-{aim}"),
            Self::AtMost(aim) => write!(out, "at-most-{aim}"),
        }
    }
}

/// One figure, as often as it was taken.
struct Figure {
    name: String,
    unit: &'static str,
    aim: Option<Aim>,
    values: Vec<f64>,
    ratios: Vec<f64>,
}

/// All figures of a run.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Notes a value; `limit` is what it stands beside, and the aim is that of their ratio, or of the value itself
    /// where there is no limit.
    ///
    /// # Errors
    /// [`Failure`] if standard output cannot be written.
    pub fn note(
        &mut self,
        name: &str,
        (value, unit): (f64, &'static str),
        limit: Option<f64>,
        aim: Option<Aim>,
    ) -> Result<(), Failure> {
        let figure = match self.0.iter_mut().find(|known| known.name == name) {
            Some(known) => known,
            None => {
                self.0.push(Figure {
                    name: name.to_owned(),
                    unit,
                    aim,
                    values: Vec::new(),
                    ratios: Vec::new(),
                });
                self.0.last_mut().expect("one was just pushed")
            }
        };
        figure.values.push(value);
        figure.ratios.extend(limit.map(|limit| value / limit));
        fulcrum_tests::bench::report::figure(name, value, unit, limit)
    }

    /// Prints a row of Markdown for each figure: least, median and most of the values and of the ratios.
    ///
    /// # Errors
    /// As [`Figures::note`].
    pub fn table(&self) -> Result<(), Failure> {
        print("| figure | unit | least / median / most | ratio | aim |")?;
        print("|---|---|---|---|---|")?;
        for figure in &self.0 {
            let aim = figure.aim.map_or("-".to_owned(), |aim| aim.to_string());
            let (name, unit) = (&figure.name, figure.unit);
            let (values, ratios) = (spread(&figure.values), spread(&figure.ratios));
            print(&format!(
                "| {name} | {unit} | {values} | {ratios} | {aim} |"
            ))?;
        }
        Ok(())
    }
}

fn spread(values: &[f64]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let digits = if sorted.iter().all(|value| *value >= 100.0) {
        0
    } else {
        2
    };
    match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(least), Some(median), Some(most)) => {
            format!("{least:.digits$} / {median:.digits$} / {most:.digits$}")
        }
        _ => "-".to_owned(),
    }
}
