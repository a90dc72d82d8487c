//! Searching the candidates: what a list asks of each stands beside its place in the order, so that
//! neither counting nor finding opens a record.

mod texts;

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use self::texts::Texts;
use super::{Confidentiality, Contact, Opportunity, ReasonType, User, World};

/// The tab on which a candidate is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tab {
    #[default]
    Active,
    Hired,
    Archived,
}

/// Which candidates a list shows; what is `None` or empty asks nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) tab: Tab,
    pub(crate) stage: Option<&'a str>,
    pub(crate) owner: Option<&'a str>,
    pub(crate) posting: Option<&'a str>,
    /// What the name, an e-mail address, a tag or the posting's title contains, in any case.
    pub(crate) words: &'a str,
}

/// A candidate who was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    pub(crate) opportunity: &'a str,
    pub(crate) stage: &'a str,
}

/// Stands between two fields of a text, so that no word is found across them.
const BETWEEN: char = '\0';

/// Texts as small numbers. None is forgotten: stages, users, postings, reasons and sets of tags are few.
#[derive(Default)]
struct Numbered {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Numbered {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("memory ends before the numbers do");
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}

/// An opportunity as the lists search it, with a number for each text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    contact: u32,
    stage: u32,
    owner: Option<u32>,
    posting: Option<u32>,
    /// The archive reason.
    archived: Option<u32>,
    tags: u32,
    is_confidential: bool,
}

/// What the numbers in the lines stand for.
#[derive(Default)]
pub(super) struct Listing {
    /// Ids of stages, users, postings and archive reasons.
    ids: Numbered,
    /// All tags of an opportunity as one text.
    tags: Numbered,
    /// Ids of contacts.
    contacts: Numbered,
    /// Name and addresses by the number of their contact.
    names: Texts,
}

/// A filter in the numbers of the lines; an id that is in none of them is `Some(None)`.
struct Wanted {
    tab: Tab,
    hired: Vec<u32>,
    stage: Option<Option<u32>>,
    owner: Option<Option<u32>>,
    posting: Option<Option<u32>>,
    words: Option<Mentions>,
}

/// Where the words stand.
struct Mentions {
    /// By number of the contact.
    names: Vec<bool>,
    /// By number of the tags.
    tags: Vec<bool>,
    postings: Vec<u32>,
}

impl Listing {
    pub(super) fn line(&mut self, opportunity: &Opportunity) -> Line {
        let Self {
            ids,
            tags,
            contacts,
            ..
        } = self;
        let application = opportunity.application.as_ref();
        let archived = opportunity.archived.as_ref();
        let owner = opportunity.owner.as_deref();
        Line {
            contact: contacts.number(&opportunity.contact),
            stage: ids.number(&opportunity.stage),
            owner: owner.map(|owner| ids.number(owner)),
            posting: application.map(|one| ids.number(&one.posting)),
            archived: archived.map(|one| ids.number(&one.reason)),
            tags: tags.number(&searched(&opportunity.tags)),
            is_confidential: opportunity.confidentiality == Confidentiality::Confidential,
        }
    }

    /// Takes over name and addresses of a contact that is new or changed.
    pub(super) fn rename(&mut self, contact: &Contact) {
        let number = self.contacts.number(&contact.id);
        let fields = std::iter::once(&contact.name).chain(&contact.emails);
        self.names.set(number, &searched(fields));
    }

    fn known(&self, id: &str) -> Option<u32> {
        self.ids.numbers.get(id).copied()
    }

    /// `words` are folded; `hired` and `mentioned` are ids: of the reasons that mark a hire, and of the
    /// postings whose title contains the words.
    fn wanted<'a>(
        &self,
        filter: &Filter<'_>,
        words: &str,
        hired: impl Iterator<Item = &'a str>,
        mentioned: impl Iterator<Item = &'a str>,
    ) -> Wanted {
        let words = (!words.is_empty()).then(|| {
            let finder = Finder::new(words);
            let has = |text: &str| finder.find(text.as_bytes()).is_some();
            Mentions {
                names: self.names.containing(&finder),
                tags: self.tags.texts.iter().map(|tags| has(tags)).collect(),
                postings: mentioned.filter_map(|id| self.known(id)).collect(),
            }
        });
        Wanted {
            tab: filter.tab,
            hired: hired.filter_map(|id| self.known(id)).collect(),
            stage: filter.stage.map(|id| self.known(id)),
            owner: filter.owner.map(|id| self.known(id)),
            posting: filter.posting.map(|id| self.known(id)),
            words,
        }
    }
}

impl Wanted {
    fn takes(&self, line: &Line) -> bool {
        let tab = match &line.archived {
            None => Tab::Active,
            Some(reason) if self.hired.contains(reason) => Tab::Hired,
            Some(_) => Tab::Archived,
        };
        tab == self.tab
            && self.stage.is_none_or(|stage| stage == Some(line.stage))
            && self
                .owner
                .is_none_or(|owner| owner.is_some() && owner == line.owner)
            && self
                .posting
                .is_none_or(|posting| posting.is_some() && posting == line.posting)
            && self.words.as_ref().is_none_or(|words| words.are_in(line))
    }
}

impl Mentions {
    fn are_in(&self, line: &Line) -> bool {
        self.names.get(line.contact as usize) == Some(&true)
            || self.tags.get(line.tags as usize) == Some(&true)
            || line.posting.is_some_and(|one| self.postings.contains(&one))
    }
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace(BETWEEN, " ")
}

fn searched<'a>(fields: impl IntoIterator<Item = &'a String>) -> String {
    let fields: Vec<String> = fields.into_iter().map(|field| folded(field)).collect();
    fields.join(BETWEEN.encode_utf8(&mut [0; 4]))
}

impl World {
    /// The living opportunities that fit `filter` and of which `user` may know, in the order of the list.
    pub(crate) fn search<'a>(
        &'a self,
        user: &'a User,
        filter: &Filter<'_>,
    ) -> impl Iterator<Item = Hit<'a>> {
        let reasons = self.company.archive_reasons.iter();
        let hired = reasons.filter(|reason| reason.kind == ReasonType::Hired);
        let words = folded(filter.words.trim());
        let postings = self.company.postings.iter();
        let mentioned = postings.filter(|posting| folded(&posting.text).contains(&words));
        let listing = self.opportunities.listing();
        let wanted = listing.wanted(
            filter,
            &words,
            hired.map(|reason| reason.id.as_str()),
            mentioned.map(|posting| posting.id.as_str()),
        );
        let may_see = move |id: &str| {
            let opportunity = self.opportunity(id);
            opportunity.is_some_and(|one| self.may_see(user, one))
        };
        let lines = self.opportunities.lines();
        let found = lines.filter(move |(place, line)| {
            wanted.takes(line) && (!line.is_confidential || may_see(&place.id))
        });
        found.map(|(place, line)| Hit {
            opportunity: &place.id,
            stage: listing.ids.text(line.stage),
        })
    }
}

#[cfg(test)]
mod tests;
