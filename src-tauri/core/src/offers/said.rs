//! What a letter says after a look at Lever, and what is said about it.

use super::rules::{Blocking, Filled, LetterField, LetterFields, Out};
use crate::store::letters::LetterRow;

/// What a letter says now: what a person set stays; a letter that could not be shown with the new values keeps the old
/// ones, and says why.
pub(super) fn merged(old: &LetterFields, filled: &Filled) -> (LetterFields, Vec<Blocking>) {
    let mut fields = filled.fields.clone();
    let mut blockers = filled.blockers.clone();
    for (id, field) in &mut fields {
        field.kept = old.get(id).and_then(|old| old.kept.clone());
        blockers.retain(|blocking| blocking.field != *id || field.kept.is_none());
    }
    if blockers.is_empty() || old.values().all(|field| field.shown().is_none()) {
        return (fields, blockers);
    }
    let mut kept = old.clone();
    for (id, field) in &mut kept {
        let now = fields.get(id);
        if id == "status" {
            field.clone_from(now.unwrap_or(&LetterField::default()));
        } else if blockers.iter().any(|blocking| blocking.field == *id) {
            field.problem = now.and_then(|field| field.problem.clone());
            field.raw = now.and_then(|field| field.raw.clone());
        }
    }
    (kept, blockers)
}

/// Names a letter by what it says.
pub(super) fn name(letter: &mut LetterRow) {
    let shown = |id: &str| {
        let field = letter.fields.get(id);
        field.and_then(LetterField::shown).map(str::to_owned)
    };
    let parts = ["candidate_first_name", "candidate_last_name"].map(shown);
    let name: Vec<_> = parts.into_iter().flatten().collect();
    let (job, status, expires_on) = (shown("job_title"), shown("status"), shown("expires"));
    letter.candidate = match name.is_empty() {
        true => letter.stands.name.clone(),
        false => name.join(" "),
    };
    letter.starts_on = shown("start_date");
    letter.pay = pay(&shown);
    letter.job = job.unwrap_or_default();
    letter.status = status.unwrap_or_default();
    letter.expires_on = expires_on;
}

/// The pay with its currency and period, as `EUR 64000 annual`.
fn pay(shown: &impl Fn(&str) -> Option<String>) -> String {
    let Some(salary) = shown("base_salary") else {
        return String::new();
    };
    let period = shown("base_salary_pay_period").map(|period| period.to_lowercase());
    let parts = [shown("currency"), Some(salary), period];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What a person should put right; none if there is nothing.
pub(super) fn attention(blockers: &[Blocking]) -> Option<String> {
    let words: Vec<_> = blockers.iter().map(|one| one.words.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// That a letter cannot be shown yet, in a line of the log.
pub(super) fn held(letter: &LetterRow) -> String {
    let reasons = letter.attention.as_deref().unwrap_or_default();
    format!("The letter of {} waits. {reasons}", letter.candidate)
}

/// Where the candidate of a letter stands now, in a line of the log.
pub(super) fn moved(letter: &LetterRow) -> String {
    match (&letter.stands.out, &letter.stands.stage) {
        (Some(Out::Hired), _) => "The candidate was hired.".to_owned(),
        (Some(_), _) => "The candidate was archived.".to_owned(),
        (None, Some((_, stage))) => format!("The candidate is in the stage “{stage}”."),
        (None, None) => "The candidate is in no stage.".to_owned(),
    }
}
