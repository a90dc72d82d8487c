//! Countries as ISO 3166-1 names them.

use std::collections::HashMap;
use std::sync::LazyLock;

use keshvar::{Country, CountryIterator};

use crate::mapping::problem::Problem;
use crate::mapping::text::folded;
use crate::mapping::transform::CountryForm;

/// A country in each form.
#[derive(Clone)]
struct Forms {
    name: &'static str,
    alpha2: String,
    alpha3: String,
}

impl Forms {
    fn of(country: &Country) -> Self {
        Self {
            name: country.iso_short_name(),
            alpha2: country.alpha2().to_string(),
            alpha3: country.alpha3().to_string(),
        }
    }
}

/// Every country by its codes and names in the form in which texts compare. A name in everyday use counts only
/// where it means one country, and never before a code or a name of ISO's.
static KNOWN: LazyLock<HashMap<String, Forms>> = LazyLock::new(|| {
    let countries: Vec<Country> = CountryIterator::new().collect();
    let mut everyday: HashMap<String, Option<Forms>> = HashMap::new();
    for country in &countries {
        let names: std::collections::HashSet<_> = country
            .unofficial_name_list()
            .iter()
            .map(|name| folded(name))
            .collect();
        for name in names {
            everyday
                .entry(name.into_owned())
                .and_modify(|known| *known = None)
                .or_insert_with(|| Some(Forms::of(country)));
        }
    }
    let mut known: HashMap<String, Forms> = everyday
        .into_iter()
        .filter_map(|(name, forms)| Some((name, forms?)))
        .collect();
    for country in &countries {
        let forms = Forms::of(country);
        for name in [
            country.iso_short_name(),
            country.iso_long_name(),
            &forms.alpha2,
            &forms.alpha3,
        ] {
            known.insert(folded(name).into_owned(), forms.clone());
        }
    }
    known
});

/// The country with this code or name, in the asked form.
pub(in crate::mapping) fn named(to: CountryForm, text: &str) -> Result<&'static str, Problem> {
    let forms = KNOWN.get(&*folded(text)).ok_or(Problem::NoCountry)?;
    Ok(match to {
        CountryForm::Name => forms.name,
        CountryForm::Alpha2 => &forms.alpha2,
        CountryForm::Alpha3 => &forms.alpha3,
    })
}

/// Whether ISO 3166-1 has this alpha-2 code.
pub(in crate::mapping) fn is_country(alpha2: &str) -> bool {
    let known = KNOWN.get(&*folded(alpha2));
    known.is_some_and(|forms| forms.alpha2.eq_ignore_ascii_case(alpha2.trim()))
}
