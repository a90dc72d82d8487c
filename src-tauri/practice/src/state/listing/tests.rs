//! A search finds what opening every record finds, whatever happened before.

use proptest::prelude::*;

use super::*;
use crate::state::{CandidateIds, Deleted, NewCandidate};

const NOW: i64 = 1_790_000_000_000;

/// Letters of which some change their length in lower case.
const TEXT: &str = "[abAÄßİ .@]{0,4}";

#[derive(Clone, Debug)]
enum Change {
    Add {
        name: String,
        email: String,
        posting: usize,
    },
    Name(usize, String),
    Emails(usize, Vec<String>),
    Tags(usize, Vec<String>),
    Stage(usize, usize),
    Archive(usize, Option<usize>),
    Owner(usize, Option<usize>),
    Hide(usize),
    Delete(usize),
    OtherPosting(usize, usize),
    Retitle(usize, String),
}

fn change() -> impl Strategy<Value = Change> {
    let any = || 0..50_usize;
    let texts = || prop::collection::vec(TEXT, 0..3);
    prop_oneof![
        3 => (TEXT, TEXT, any())
            .prop_map(|(name, email, posting)| Change::Add { name, email, posting }),
        1 => (any(), TEXT).prop_map(|(who, name)| Change::Name(who, name)),
        1 => (any(), texts()).prop_map(|(who, emails)| Change::Emails(who, emails)),
        1 => (any(), texts()).prop_map(|(who, tags)| Change::Tags(who, tags)),
        1 => (any(), any()).prop_map(|(who, stage)| Change::Stage(who, stage)),
        1 => (any(), prop::option::of(any())).prop_map(|(who, why)| Change::Archive(who, why)),
        1 => (any(), prop::option::of(any())).prop_map(|(who, owner)| Change::Owner(who, owner)),
        1 => any().prop_map(Change::Hide),
        1 => any().prop_map(Change::Delete),
        1 => (any(), any()).prop_map(|(who, posting)| Change::OtherPosting(who, posting)),
        1 => (any(), TEXT).prop_map(|(posting, text)| Change::Retitle(posting, text)),
    ]
}

/// One of the items, going round.
fn one_of<T>(items: &[T], number: usize) -> &T {
    &items[number % items.len()]
}

fn add(world: &mut World, name: String, email: String, posting: usize) {
    let posting = one_of(&world.company.postings, posting).id.clone();
    let new = NewCandidate {
        name,
        emails: vec![email],
        posting: Some(posting),
        ..NewCandidate::default()
    };
    world.add_candidate(new, CandidateIds::random(), NOW);
}

type Edit = Box<dyn FnOnce(&mut Opportunity)>;

fn apply(world: &mut World, change: Change) {
    let ids: Vec<String> = world
        .opportunities
        .living()
        .map(|one| one.id.clone())
        .collect();
    let (who, change): (usize, Edit) = match change {
        Change::Add {
            name,
            email,
            posting,
        } => return add(world, name, email, posting),
        Change::Retitle(posting, text) => {
            let place = posting % world.company.postings.len();
            world.company.postings[place].text = text;
            return;
        }
        Change::Name(who, name) => {
            return edit_contact(world, &ids, who, |contact| contact.name = name);
        }
        Change::Emails(who, emails) => {
            return edit_contact(world, &ids, who, |contact| contact.emails = emails);
        }
        Change::Tags(who, tags) => (who, Box::new(|one| one.tags = tags)),
        Change::Stage(who, stage) => {
            let stage = one_of(&world.company.stages, stage).id.clone();
            (who, Box::new(|one| one.stage = stage))
        }
        Change::Archive(who, why) => {
            let archived = why.map(|why| super::super::Archived {
                reason: one_of(&world.company.archive_reasons, why).id.clone(),
                archived_at: NOW,
            });
            (who, Box::new(|one| one.archived = archived))
        }
        Change::Owner(who, owner) => {
            let owner = owner.map(|owner| one_of(&world.company.users, owner).id.clone());
            (who, Box::new(|one| one.owner = owner))
        }
        Change::Hide(who) => (
            who,
            Box::new(|one| one.confidentiality = Confidentiality::Confidential),
        ),
        Change::Delete(who) => (
            who,
            Box::new(|one| {
                let by = String::new();
                one.deleted = Some(Deleted { by, at: NOW });
            }),
        ),
        Change::OtherPosting(who, posting) => {
            let posting = one_of(&world.company.postings, posting).id.clone();
            let change = |one: &mut Opportunity| {
                if let Some(application) = &mut one.application {
                    application.posting = posting;
                }
            };
            (who, Box::new(change))
        }
    };
    let id = ids.get(who % ids.len().max(1));
    if let Some(mut one) = id.and_then(|id| world.opportunity_mut(id)) {
        change(&mut one);
    }
}

fn edit_contact(world: &mut World, ids: &[String], who: usize, change: impl FnOnce(&mut Contact)) {
    let id = ids.get(who % ids.len().max(1));
    let contact = id.and_then(|id| world.opportunity(id));
    let contact = contact.map(|one| one.contact.clone());
    world.edit_contact(&contact.unwrap_or_default(), change, NOW);
}

/// The same question, answered by opening every record.
fn scan<'a>(world: &'a World, user: &User, filter: &Filter<'_>) -> Vec<&'a str> {
    let fits = |one: &&Opportunity| {
        let reason = one.archived.as_ref();
        let reason = reason.and_then(|archived| world.company.reason(&archived.reason));
        let tab = match reason {
            None => Tab::Active,
            Some(reason) if reason.kind == ReasonType::Hired => Tab::Hired,
            Some(_) => Tab::Archived,
        };
        let words = filter.words.trim().to_lowercase();
        let has = |text: &String| text.to_lowercase().contains(&words);
        let contact = world.contact_of(one);
        let posting = one.application.as_ref().map(|one| one.posting.as_str());
        let title = posting.and_then(|id| world.company.posting(id));
        tab == filter.tab
            && filter.stage.is_none_or(|stage| stage == one.stage)
            && filter
                .owner
                .is_none_or(|owner| one.owner.as_deref() == Some(owner))
            && filter.posting.is_none_or(|wanted| posting == Some(wanted))
            && (words.is_empty()
                || has(&contact.name)
                || contact.emails.iter().any(has)
                || one.tags.iter().any(has)
                || title.is_some_and(|posting| has(&posting.text)))
            && world.may_see(user, one)
    };
    let found = world.opportunities.living().filter(fits);
    found.map(|one| one.id.as_str()).collect()
}

fn check(world: &World, words: &str, number: usize) {
    let stage = one_of(&world.company.stages, number).id.as_str();
    let owner = one_of(&world.company.users, number).id.as_str();
    let posting = one_of(&world.company.postings, number).id.as_str();
    let all = Filter {
        words,
        ..Filter::default()
    };
    for user in &world.company.users {
        for tab in [Tab::Active, Tab::Hired, Tab::Archived] {
            for filter in [
                Filter { tab, ..all },
                Filter {
                    tab,
                    stage: Some(stage),
                    ..all
                },
                Filter {
                    tab,
                    owner: Some(owner),
                    ..all
                },
                Filter {
                    tab,
                    posting: Some(posting),
                    ..all
                },
                Filter {
                    tab,
                    owner: Some("nobody"),
                    ..all
                },
            ] {
                let found: Vec<&str> = world
                    .search(user, &filter)
                    .map(|hit| {
                        let record = world
                            .opportunity(hit.opportunity)
                            .map(|one| one.stage.as_str());
                        assert_eq!(record, Some(hit.stage));
                        hit.opportunity
                    })
                    .collect();
                assert_eq!(found, scan(world, user, &filter), "{filter:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_search_finds_what_opening_every_record_finds(
        steps in prop::collection::vec((prop::collection::vec(change(), 1..8), TEXT, 0..50_usize), 1..8)
    ) {
        let mut world = crate::seed::tests::seeded();
        world.clear_candidates();
        for (changes, words, number) in steps {
            for change in changes {
                apply(&mut world, change);
            }
            check(&world, &words, number);
            check(&world, "", number);
        }
    }
}
