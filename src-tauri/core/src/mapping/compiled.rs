//! A mapping worked out once, to be applied to many candidates.

use super::evaluate::{Blocker, Evaluation, Outcome};
use super::fit::fit;
use super::problem::Problem;
use super::reading::Reading;
use super::record::Record;
use super::rule::{Rule, Rules};
use super::schema::{Schema, TargetField};
use super::steps::Step;

/// Rules and schema with templates read, value maps hashed, and what is the same for everyone worked out.
#[derive(Debug)]
pub struct Compiled {
    rules: Vec<CompiledRule>,
    /// What may hold an import, in the order in which it is said.
    checks: Vec<Check>,
}

/// One rule, ready to run.
#[derive(Debug)]
struct CompiledRule {
    target: String,
    field: Option<TargetField>,
    reading: Reading,
    steps: Vec<Step>,
    /// The outcome, where no record can change it.
    fixed: Option<Outcome>,
}

/// A field that must or may have a value, and the rules for it by their places.
#[derive(Debug)]
struct Check {
    target: String,
    label: String,
    required: bool,
    rules: Vec<usize>,
}

/// What the preview shows and the import has no use for.
struct Trace {
    raw: Option<String>,
    steps: Vec<Option<String>>,
}

impl Compiled {
    /// Works out what does not depend on the candidate. Rules that cannot work are kept with their problem.
    pub fn new(rules: &Rules, schema: &Schema) -> Self {
        Self {
            rules: rules
                .rules
                .iter()
                .map(|rule| CompiledRule::new(rule, schema))
                .collect(),
            checks: checks(rules, schema),
        }
    }

    /// The fields of one candidate, without raw values and steps. Total and deterministic: any record gives values
    /// or stated problems.
    pub fn run(&self, record: &Record) -> Run<'_> {
        let mut problems = Vec::new();
        let values = self
            .rules
            .iter()
            .enumerate()
            .map(|(place, rule)| match rule.value(record) {
                Ok(value) => value,
                Err(problem) => {
                    problems.push((place, problem));
                    None
                }
            });
        let values = values.collect();
        let blockers = self.blockers(|place| {
            let found = problems.iter().find(|(of, _)| *of == place);
            found.map(|(_, problem)| problem)
        });
        Run {
            mapping: self,
            values,
            problems,
            blockers,
        }
    }

    /// The same with the raw values and the steps in between.
    pub fn preview(&self, record: &Record) -> Evaluation {
        let outcomes: Vec<Outcome> = self.rules.iter().map(|rule| rule.outcome(record)).collect();
        let blockers = self.blockers(|place| outcomes[place].problem.as_ref());
        Evaluation { outcomes, blockers }
    }

    fn blockers<'a>(&self, problem_of: impl Fn(usize) -> Option<&'a Problem>) -> Vec<Blocker> {
        let mut blockers = Vec::new();
        for check in &self.checks {
            let blocker = |problem| Blocker {
                target: check.target.clone(),
                label: check.label.clone(),
                problem,
            };
            if check.rules.is_empty() {
                blockers.push(blocker(Problem::NotMapped));
            }
            let problems = check
                .rules
                .iter()
                .filter_map(|place| problem_of(*place))
                .filter(|problem| check.required || problem.holds_import());
            blockers.extend(problems.cloned().map(blocker));
        }
        blockers
    }
}

/// What a mapping gives for one candidate.
#[derive(Debug)]
pub struct Run<'m> {
    mapping: &'m Compiled,
    values: Vec<Option<String>>,
    problems: Vec<(usize, Problem)>,
    blockers: Vec<Blocker>,
}

impl Run<'_> {
    /// The fields with a usable value, as id and canonical text.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let rules = self.mapping.rules.iter().zip(&self.values);
        rules.filter_map(|(rule, value)| Some((rule.target.as_str(), value.as_deref()?)))
    }

    /// Why fields have no usable value, as id and reason; an optional field that is only empty is not among them.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &Problem)> {
        let problems = self.problems.iter();
        problems.map(|(place, problem)| (self.mapping.rules[*place].target.as_str(), problem))
    }

    /// Why the candidate cannot be imported as things stand, in the order of the fields; none means that they can.
    pub fn blockers(&self) -> &[Blocker] {
        &self.blockers
    }
}

/// Every required field and every field with a rule in the order of the schema, then rules for no field.
fn checks(rules: &Rules, schema: &Schema) -> Vec<Check> {
    let places = |target: &str| -> Vec<usize> {
        let rules = rules.rules.iter().enumerate();
        rules
            .filter(|(_, rule)| rule.target == target)
            .map(|(place, _)| place)
            .collect()
    };
    let known = schema.fields().iter().map(|field| Check {
        target: field.id.clone(),
        label: field.label.clone(),
        required: field.required,
        rules: places(&field.id),
    });
    let unknown = rules.rules.iter().enumerate();
    let unknown = unknown
        .filter(|(_, rule)| schema.get(&rule.target).is_none())
        .map(|(place, rule)| Check {
            target: rule.target.clone(),
            label: rule.target.clone(),
            required: true,
            rules: vec![place],
        });
    known
        .filter(|check| check.required || !check.rules.is_empty())
        .chain(unknown)
        .collect()
}

impl CompiledRule {
    fn new(rule: &Rule, schema: &Schema) -> Self {
        let mut compiled = Self {
            target: rule.target.clone(),
            field: schema.get(&rule.target).cloned(),
            reading: Reading::from(&rule.source),
            steps: rule.transforms.iter().map(Step::from).collect(),
            fixed: None,
        };
        let constant = matches!(compiled.reading, Reading::Constant(_) | Reading::Broken(_));
        if constant && !compiled.steps.iter().any(Step::needs_record) {
            compiled.fixed = Some(compiled.outcome(&Record::new()));
        }
        compiled
    }

    fn value(&self, record: &Record) -> Result<Option<String>, Problem> {
        match &self.fixed {
            None => self.fill(record, None),
            Some(fixed) => match &fixed.problem {
                None => Ok(fixed.value.clone()),
                Some(problem) => Err(problem.clone()),
            },
        }
    }

    fn outcome(&self, record: &Record) -> Outcome {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        let mut trace = Trace {
            raw: None,
            steps: vec![None; self.steps.len()],
        };
        let (value, problem) = match self.fill(record, Some(&mut trace)) {
            Ok(value) => (value, None),
            Err(problem) => (None, Some(problem)),
        };
        Outcome {
            target: self.target.clone(),
            raw: trace.raw,
            steps: trace.steps,
            value,
            problem,
        }
    }

    fn fill(
        &self,
        record: &Record,
        mut trace: Option<&mut Trace>,
    ) -> Result<Option<String>, Problem> {
        let mut value = self.reading.value(record)?;
        if let Some(trace) = &mut trace {
            trace.raw = self.reading.shown(record, &value);
        }
        for (place, step) in self.steps.iter().enumerate() {
            value = step.apply(value, record)?;
            if let Some(trace) = &mut trace {
                trace.steps[place] = value.text();
            }
        }
        let field = self.field.as_ref().ok_or_else(|| Problem::UnknownTarget {
            target: self.target.clone(),
        })?;
        let written = fit(field, value)?;
        if field.required && written.is_none() {
            return Err(Problem::NoValue);
        }
        Ok(written)
    }
}
