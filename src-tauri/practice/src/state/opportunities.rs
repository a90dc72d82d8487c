//! All opportunities, kept in the order of their list and found by contact.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Deref, DerefMut};
use std::sync::Arc;

use super::listing::{Line, Listing};
use super::{Contact, Opportunity, Stage};

/// The place of an opportunity in `GET /opportunities`: stage rank, then the latest advance
/// first, then id (LEVER.md 2.3).
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) rank: f64,
    /// Milliseconds since 1970 UTC.
    pub(crate) last_advanced_at: i64,
    pub(crate) id: Arc<str>,
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank
            .total_cmp(&other.rank)
            .then_with(|| Reverse(self.last_advanced_at).cmp(&Reverse(other.last_advanced_at)))
            .then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place {}

/// The opportunities of a company with their indexes.
///
/// A record is changed only through [`OpportunityMut`], so that no index can go stale.
pub(crate) struct Opportunities {
    by_id: HashMap<Arc<str>, Opportunity>,
    index: Index,
}

struct Index {
    ranks: HashMap<String, f64>,
    /// The living, each with what it is searched by.
    in_order: BTreeMap<Place, Line>,
    deleted: BTreeSet<Arc<str>>,
    /// Living and deleted ones.
    by_contact: HashMap<String, Vec<Arc<str>>>,
    listing: Listing,
}

/// What the indexes hold of one record.
#[derive(PartialEq)]
struct Entry {
    contact: String,
    place: Place,
    line: Line,
    deleted: bool,
}

impl Opportunities {
    /// No opportunities, in a company with these stages.
    pub(crate) fn new(stages: &[Stage]) -> Self {
        let ranks = stages.iter().map(|stage| (stage.id.clone(), stage.rank));
        Self {
            by_id: HashMap::new(),
            index: Index {
                ranks: ranks.collect(),
                in_order: BTreeMap::new(),
                deleted: BTreeSet::new(),
                by_contact: HashMap::new(),
                listing: Listing::default(),
            },
        }
    }

    /// Makes a new stage known, in which nobody is yet.
    pub(crate) fn rank_stage(&mut self, stage: &str, rank: f64) {
        self.index.ranks.insert(stage.to_owned(), rank);
    }

    /// Makes the name and the addresses of a contact known to searches, who is new or changed.
    pub(super) fn rename_contact(&mut self, contact: &Contact) {
        self.index.listing.rename(contact);
    }

    /// What the lines of [`lines`](Self::lines) are read with.
    pub(super) fn listing(&self) -> &Listing {
        &self.index.listing
    }

    /// The living ones in the order of the list, as searches see them.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&Place, &Line)> {
        self.index.in_order.iter()
    }

    /// Adds an opportunity; one with the same id is replaced.
    pub(crate) fn insert(&mut self, opportunity: Opportunity) {
        let id: Arc<str> = opportunity.id.as_str().into();
        if let Some(replaced) = self.by_id.remove(&id) {
            let entry = self.index.entry(&id, &replaced);
            self.index.remove(&entry);
        }
        let entry = self.index.entry(&id, &opportunity);
        self.index.insert(entry);
        self.by_id.insert(id, opportunity);
    }

    /// One opportunity, living or deleted.
    pub(crate) fn get(&self, id: &str) -> Option<&Opportunity> {
        self.by_id.get(id)
    }

    /// One opportunity, living or deleted, for a change.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<OpportunityMut<'_>> {
        let (id, _) = self.by_id.get_key_value(id)?;
        let id = Arc::clone(id);
        let record = self.by_id.get_mut(&id)?;
        let before = self.index.entry(&id, record);
        Some(OpportunityMut {
            record,
            index: &mut self.index,
            before,
        })
    }

    /// The living ones in the order of the list, from the first place that is not before `from`.
    pub(crate) fn in_order(
        &self,
        from: Option<Place>,
    ) -> impl Iterator<Item = (&Place, &Opportunity)> {
        let start = from.map_or(Bound::Unbounded, Bound::Included);
        let places = self.index.in_order.range((start, Bound::Unbounded));
        places.filter_map(|(place, _)| Some((place, self.by_id.get(&place.id)?)))
    }

    /// The living ones of these contacts in the order of the list, from the first place that is not
    /// before `from`.
    pub(crate) fn of_contacts_in_order<'a>(
        &'a self,
        contacts: impl Iterator<Item = &'a str>,
        from: Option<&Place>,
    ) -> Vec<(Place, &'a Opportunity)> {
        let opportunities = contacts.flat_map(|contact| self.of_contact(contact));
        let placed = opportunities.map(|one| (self.index.place(&one.id.as_str().into(), one), one));
        let mut rows: Vec<_> = placed
            .filter(|(place, _)| from.is_none_or(|from| place >= from))
            .collect();
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.dedup_by(|(one, _), (other, _)| one == other);
        rows
    }

    /// The living ones in the order of the list.
    pub(crate) fn living(&self) -> impl Iterator<Item = &Opportunity> {
        self.in_order(None).map(|(_, opportunity)| opportunity)
    }

    /// The deleted ones, by id.
    pub(crate) fn deleted(&self) -> impl Iterator<Item = &Opportunity> {
        let deleted = self.index.deleted.iter();
        deleted.filter_map(|id| self.by_id.get(id))
    }

    /// The living ones of a contact, in the order in which they came in.
    pub(crate) fn of_contact(&self, contact: &str) -> impl Iterator<Item = &Opportunity> {
        let ids = self.index.by_contact.get(contact).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get(id))
            .filter(|opportunity| opportunity.deleted.is_none())
    }
}

impl Index {
    fn place(&self, id: &Arc<str>, opportunity: &Opportunity) -> Place {
        Place {
            rank: self.rank(&opportunity.stage),
            last_advanced_at: opportunity.last_advanced_at,
            id: Arc::clone(id),
        }
    }

    fn entry(&mut self, id: &Arc<str>, opportunity: &Opportunity) -> Entry {
        Entry {
            contact: opportunity.contact.clone(),
            place: self.place(id, opportunity),
            line: self.listing.line(opportunity),
            deleted: opportunity.deleted.is_some(),
        }
    }

    fn rank(&self, stage: &str) -> f64 {
        self.ranks.get(stage).copied().unwrap_or(f64::MAX)
    }

    fn insert(&mut self, entry: Entry) {
        let siblings = self.by_contact.entry(entry.contact.clone()).or_default();
        siblings.push(Arc::clone(&entry.place.id));
        self.insert_place(entry);
    }

    fn insert_place(&mut self, entry: Entry) {
        if entry.deleted {
            self.deleted.insert(entry.place.id);
        } else {
            self.in_order.insert(entry.place, entry.line);
        }
    }

    fn remove(&mut self, entry: &Entry) {
        if let Some(siblings) = self.by_contact.get_mut(&entry.contact) {
            siblings.retain(|id| *id != entry.place.id);
        }
        self.remove_place(&entry.place, entry.deleted);
    }

    fn remove_place(&mut self, place: &Place, deleted: bool) {
        if deleted {
            self.deleted.remove(&place.id);
        } else {
            self.in_order.remove(place);
        }
    }
}

/// An opportunity that is being changed; the indexes follow when it goes out of scope.
pub(crate) struct OpportunityMut<'a> {
    record: &'a mut Opportunity,
    index: &'a mut Index,
    before: Entry,
}

impl Deref for OpportunityMut<'_> {
    type Target = Opportunity;

    fn deref(&self) -> &Opportunity {
        self.record
    }
}

impl DerefMut for OpportunityMut<'_> {
    fn deref_mut(&mut self) -> &mut Opportunity {
        self.record
    }
}

impl Drop for OpportunityMut<'_> {
    fn drop(&mut self) {
        let after = self.index.entry(&self.before.place.id, self.record);
        if after.contact != self.before.contact {
            self.index.remove(&self.before);
            self.index.insert(after);
        } else if after != self.before {
            self.index
                .remove_place(&self.before.place, self.before.deleted);
            self.index.insert_place(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Deleted;
    use super::*;

    fn stages() -> Vec<Stage> {
        let stage = |(id, rank): (&str, f64)| Stage {
            id: id.to_owned(),
            text: id.to_owned(),
            pipeline: "screen".to_owned(),
            rank,
            has_interview: false,
        };
        [("new", 1.0), ("screen", 105.5), ("offer", 261.0)]
            .map(stage)
            .into()
    }

    fn opportunities(rows: &[(&str, &str, i64)]) -> Opportunities {
        let mut all = Opportunities::new(&stages());
        for (id, stage, advanced) in rows {
            let mut one = Opportunity::new((*id).to_owned(), format!("contact-of-{id}"), *advanced);
            one.stage = (*stage).to_owned();
            all.insert(one);
        }
        all
    }

    fn ids<'a>(found: impl Iterator<Item = &'a Opportunity>) -> Vec<&'a str> {
        found.map(|one| one.id.as_str()).collect()
    }

    #[test]
    fn the_order_is_stage_rank_then_latest_advance_then_id() {
        let all = opportunities(&[
            ("d", "offer", 9),
            ("c", "screen", 1),
            ("b", "new", 5),
            ("a", "new", 5),
            ("e", "new", 7),
        ]);
        assert_eq!(ids(all.living()), ["e", "a", "b", "c", "d"]);
    }

    #[test]
    fn the_list_goes_on_at_the_named_place_or_at_the_next_one_when_it_is_gone() {
        let all = opportunities(&[("a", "new", 1), ("b", "screen", 1), ("c", "offer", 1)]);
        let from = |rank, id: &str| {
            let place = Place {
                rank,
                last_advanced_at: 1,
                id: id.into(),
            };
            all.in_order(Some(place))
                .next()
                .map(|(place, _)| &*place.id)
        };
        assert_eq!(from(105.5, "b"), Some("b"));
        assert_eq!(from(105.5, "bb"), Some("c"));
        assert_eq!(from(300.0, "a"), None);
    }

    #[test]
    fn a_changed_opportunity_is_found_at_its_new_place_and_under_its_new_contact() {
        let mut all = opportunities(&[("a", "new", 1), ("b", "new", 1)]);
        if let Some(mut one) = all.get_mut("a") {
            one.stage = "offer".to_owned();
            one.contact = "contact-of-b".to_owned();
        }
        assert_eq!(ids(all.living()), ["b", "a"]);
        assert_eq!(ids(all.of_contact("contact-of-b")), ["b", "a"]);
        assert_eq!(all.of_contact("contact-of-a").count(), 0);
    }

    #[test]
    fn a_deleted_opportunity_is_only_in_the_deleted_list() {
        let mut all = opportunities(&[("a", "new", 1), ("b", "new", 1)]);
        if let Some(mut one) = all.get_mut("a") {
            one.deleted = Some(Deleted {
                by: "user".to_owned(),
                at: 2,
            });
        }
        assert_eq!(ids(all.living()), ["b"]);
        assert_eq!(ids(all.deleted()), ["a"]);
        assert_eq!(all.of_contact("contact-of-a").count(), 0);
        assert!(all.get("a").is_some());
    }
}
