//! Short texts kept in one piece, so that a search reads memory in order and takes all of them in one go.

use std::ops::Range;

use memchr::memmem::Finder;

use super::BETWEEN;

/// Texts by number. What is searched for must not contain [`BETWEEN`]; a text may.
#[derive(Default)]
pub(super) struct Texts {
    /// One text after the other, each ended by [`BETWEEN`]. Replaced ones stay until they are half of it.
    all: String,
    /// Where each text in `all` ends, [`BETWEEN`] included, and its number.
    ends: Vec<(usize, u32)>,
    /// By number: the place of its text in `ends`.
    places: Vec<Option<usize>>,
    replaced_bytes: usize,
}

impl Texts {
    /// Keeps a text under a number, in the place of the one before.
    pub(super) fn set(&mut self, number: u32, text: &str) {
        let index = number as usize;
        if index >= self.places.len() {
            self.places.resize(index + 1, None);
        }
        if let Some(before) = self.places[index] {
            self.replaced_bytes += self.span(before).len();
        }
        self.append(number, text);
        if self.replaced_bytes > self.all.len() / 2 {
            self.forget_replaced();
        }
    }

    /// Whether each text contains what `finder` looks for, by number; that must not be empty.
    pub(super) fn containing(&self, finder: &Finder<'_>) -> Vec<bool> {
        let mut found = vec![false; self.places.len()];
        let (mut from, mut place) = (0, 0);
        while let Some(at) = finder.find(&self.all.as_bytes()[from..]) {
            while self.ends[place].0 <= from + at {
                place += 1;
            }
            let (end, number) = self.ends[place];
            if self.places[number as usize] == Some(place) {
                found[number as usize] = true;
            }
            from = end;
        }
        found
    }

    fn append(&mut self, number: u32, text: &str) {
        self.all.push_str(text);
        self.all.push(BETWEEN);
        self.places[number as usize] = Some(self.ends.len());
        self.ends.push((self.all.len(), number));
    }

    fn forget_replaced(&mut self) {
        let before = std::mem::take(self);
        self.places = vec![None; before.places.len()];
        for (place, (_, number)) in before.ends.iter().enumerate() {
            if before.places[*number as usize] == Some(place) {
                let text = &before.all[before.span(place)];
                self.append(*number, text.strip_suffix(BETWEEN).unwrap_or(text));
            }
        }
    }

    /// A text with its end.
    fn span(&self, place: usize) -> Range<usize> {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before].0);
        start..self.ends[place].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn containing(texts: &Texts, words: &str) -> Vec<usize> {
        let found = texts.containing(&Finder::new(words)).into_iter();
        let found = found.enumerate().filter(|(_, found)| *found);
        found.map(|(number, _)| number).collect()
    }

    #[test]
    fn a_replaced_text_is_not_found_and_in_the_end_not_kept() {
        let mut texts = Texts::default();
        for number in 0..10 {
            texts.set(number, "rosa");
        }
        texts.set(3, "ola");
        assert_eq!(containing(&texts, "rosa"), [0, 1, 2, 4, 5, 6, 7, 8, 9]);
        assert_eq!(containing(&texts, "ola"), [3]);
        assert!(containing(&texts, "aro").is_empty(), "across two texts");
        for round in 0..100 {
            texts.set(5, &format!("mei {round}"));
        }
        assert_eq!(containing(&texts, "mei 99"), [5]);
        assert!(containing(&texts, "mei 98").is_empty());
        assert!(texts.all.len() < 200);
    }
}
