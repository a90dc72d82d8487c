//! What fields are usually about, what people call it, and where a standard Lever has it.
//!
//! What a standard field of Lever means is known by its id alone: labels such as *State* (of a posting) or *Location*
//! (of a candidate) say less than they mean. A customer's own field is known by its name.

use std::sync::LazyLock;

use super::names::Name;
use crate::mapping::transform::NamePart;

/// Something that fields are about.
#[derive(Debug)]
pub(super) struct Concept {
    /// What people call it in Lever, in HR systems and in spreadsheets.
    pub(super) aliases: &'static [&'static str],
    /// The standard fields that have it, the best first, some only as a part of a name.
    pub(super) standard: &'static [(&'static str, Option<NamePart>)],
    /// What its values are.
    pub(super) values: Values,
}

/// What the values of a concept are, where that decides how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    Any,
    City,
    Region,
    Country,
    Currency,
}

/// The concept that goes by this name.
pub(super) fn concept(name: &Name) -> Option<&'static Concept> {
    named(|alias| alias.same(name))
}

/// The concept that a question with this name asks for.
pub(super) fn asked_for(name: &Name) -> Option<&'static Concept> {
    named(|alias| name.mentions(alias))
}

/// What every time zone is about.
pub(super) fn time_zone() -> Option<&'static Concept> {
    concept(&Name::of("Time zone"))
}

fn named(fits: impl Fn(&Name) -> bool) -> Option<&'static Concept> {
    static ALIASES: LazyLock<Vec<(Name, &'static Concept)>> = LazyLock::new(|| {
        let concepts = CONCEPTS.iter();
        let names = concepts.flat_map(|concept| {
            concept
                .aliases
                .iter()
                .map(move |alias| (Name::of(alias), concept))
        });
        names.collect()
    });
    ALIASES
        .iter()
        .find(|(alias, _)| fits(alias))
        .map(|(_, concept)| *concept)
}

/// Declares concepts by what people call them, the standard fields, and what the values are.
macro_rules! concepts {
    ($([$($alias:literal),+] => [$($id:literal $($part:ident)?),*] $($values:ident)?;)*) => {
        static CONCEPTS: &[Concept] = &[$(Concept {
            aliases: &[$($alias),+],
            standard: &[$(($id, concepts!(@part $($part)?))),*],
            values: concepts!(@values $($values)?),
        }),*];
    };
    (@part) => { None };
    (@part $part:ident) => { Some(NamePart::$part) };
    (@values) => { Values::Any };
    (@values $values:ident) => { Values::$values };
}

concepts! {
    ["First name", "Given name", "Forename", "Legal first name", "Christian name", "Candidate first name"]
        => ["derived.first_name", "opportunity.name" FirstWord, "contact.name" FirstWord, "application.name" FirstWord];
    ["Last name", "Surname", "Family name", "Legal last name", "Candidate last name"]
        => ["derived.last_name", "opportunity.name" Rest, "contact.name" Rest, "application.name" Rest];
    ["Initials"] => ["opportunity.name" Initials, "contact.name" Initials];
    ["Full name", "Name", "Legal name", "Employee name", "Candidate name"]
        => ["opportunity.name", "contact.name", "offer.candidate_name", "application.name"];
    ["Preferred name", "Preferred first name", "Nickname", "Known as", "Goes by", "Chosen name", "Call name",
        "What should we call you?"] => [];
    ["Middle name", "Middle initial"] => [];
    ["Personal email", "Private email", "Home email", "Email", "Email address", "Candidate email", "Contact email"]
        => ["derived.email", "opportunity.emails.first", "contact.emails.first", "application.email"];
    ["Work email", "Company email", "Business email", "Corporate email", "Office email"] => [];
    ["Phone", "Phone number", "Mobile", "Mobile phone", "Mobile number", "Cell", "Cell phone", "Contact number",
        "Personal phone", "Private phone", "Home phone"]
        => ["derived.phone", "opportunity.phones.first", "contact.phones.first", "application.phone"];
    ["Work phone", "Office phone", "Business phone", "Desk phone", "Extension"] => [];
    ["Time zone", "Timezone", "TZ", "Local time"] => ["application.timezone"];
    ["Job title", "Title", "Position", "Position title", "Role", "Job", "Designation", "Business title"]
        => ["offer.job_title", "posting.text"];
    ["Department", "Division", "Function"] => ["posting.department", "requisition.department"];
    ["Team", "Squad"] => ["offer.team", "posting.team", "requisition.team"];
    ["Employment type", "Employment status", "Contract type", "Commitment", "Worker type", "Job type",
        "Type of employment", "Full time or part time", "FT/PT"] => ["posting.commitment", "requisition.employment_status"];
    ["Start date", "Anticipated start date", "Expected start date", "Planned start date", "First day", "First day of work",
        "Date of joining", "Joining date", "Commencement date", "Start"] => ["offer.anticipated_start_date"];
    ["Hire date", "Day of hire", "Hired on", "Hired at"] => ["derived.hired_date"];
    ["Cost center", "Cost code", "Cost unit"] => [];
    ["Manager", "Line manager", "Direct manager", "Reports to", "Supervisor", "Reporting manager", "People manager",
        "Manager email", "Line manager email", "Direct manager email", "Supervisor email"]
        => ["derived.direct_manager_email", "derived.hiring_manager_email"];
    ["Manager name", "Line manager name", "Direct manager name", "Supervisor name"]
        => ["offer.direct_manager", "offer.hiring_manager", "requisition.hiring_manager", "posting.hiring_manager"];
    ["Hiring manager", "Hiring manager email"]
        => ["derived.hiring_manager_email", "requisition.hiring_manager_email", "posting.hiring_manager_email"];
    ["Buddy", "Onboarding buddy", "Mentor", "Onboarding mentor"] => [];
    ["Recruiter", "Recruiter email", "Talent partner", "Talent acquisition partner", "Candidate owner", "Opportunity owner",
        "Owner", "Assignee"] => ["owner.email"];
    ["Recruiter name", "Owner name"] => ["owner.name"];
    ["Sourced by", "Sourcer"] => ["opportunity.sourced_by_email"];
    ["Location", "Office", "Work location", "Office location", "Display location", "Site", "Work site", "Duty station",
        "Office site", "Base location"] => ["offer.location/office", "posting.location", "requisition.location"];
    ["City", "Home city", "Town", "Home town", "City of residence", "Home location", "Current location", "Place of residence"]
        => ["opportunity.location", "contact.location"] City;
    ["State", "State or region", "Province", "Region", "Home state", "State/Province", "State of residence", "Federal state"]
        => [] Region;
    ["Country", "Country of employment", "Work country", "Country of work"] => ["posting.country"] Country;
    ["Home country", "Country of residence", "Residence country"] => [] Country;
    ["Address line 1", "Street", "Street address", "Home address line 1", "Candidate address line 1", "Address 1"] => [];
    ["Address line 2", "Home address line 2", "Candidate address line 2", "Address 2"] => [];
    ["Postal code", "Postcode", "Zip code", "Zip"] => [];
    ["Pay", "Pay amount", "Salary", "Base salary", "Base pay", "Annual salary", "Compensation", "Compensation amount",
        "Offered compensation amount", "Salary amount", "Offered salary", "Pay rate", "Wage", "Remuneration"]
        => ["offer.salary_amount"];
    ["Pay currency", "Currency", "Salary currency", "Compensation currency", "Currency code"]
        => ["offer.compensation_currency", "posting.salary_currency", "requisition.pay_currency"] Currency;
    ["Pay period", "Pay interval", "Pay basis", "Salary interval", "Salary period", "Base salary pay period",
        "Type of earnings", "Rate type", "Pay rate type"]
        => ["offer.salary_interval", "posting.salary_interval", "requisition.pay_interval"];
    ["Number of shares", "Equity", "Offered equity", "Shares", "Stock options", "Options granted", "Option grant"]
        => ["offer.offered_equity"];
    ["Type of shares", "Equity type", "Share type", "Share class"] => [];
    ["Sign-on bonus", "Signing bonus", "Starting bonus", "Joining bonus", "Sign-on"] => [];
    ["Target bonus amount", "Annual bonus", "Offered annual bonus", "Target bonus", "Yearly bonus"] => [];
    ["Target bonus percent", "Bonus percent", "Annual bonus percent"] => [];
    ["Benefit package", "Benefits package", "Benefits", "Benefit plan"] => [];
    ["Expires", "Expires (valid until date)", "Offer expiration date", "Expiration date", "Valid until", "Offer expiry"]
        => ["offer.offer_expiration_date"];
    ["Offer signed", "Offer signed on", "Signed on", "Offer acceptance date", "Offer accepted on", "Contract signed on"]
        => ["offer_signed_at"];
    ["Work type", "Work arrangement", "Workplace type", "Work mode", "Working model", "Remote or on site", "Way of working"]
        => ["posting.workplace_type"];
    ["Level", "Job level", "Grade", "Job grade", "Seniority", "Career level"] => ["posting.level"];
    ["Requisition", "Requisition code", "Requisition id", "Requisition number", "Job requisition id", "Job requisition"]
        => ["requisition.code"];
    ["Source", "Candidate source", "Sources", "Source of hire", "Recruiting source"] => ["opportunity.sources"];
    ["Referred by", "Referrer", "Referral", "Referrer email", "Employee referral"] => ["referral.referrer_email"];
    ["Lever id", "Candidate id", "Opportunity id", "ATS id", "Applicant id"] => ["opportunity.id"];
    ["T-shirt size", "Shirt size", "Tee size", "T-shirt"] => [];
    ["Laptop", "Computer", "Laptop type", "Machine", "Computer type"] => [];
    ["Dietary requirements", "Dietary restrictions", "Dietary needs", "Diet", "Food allergies", "Allergies"] => [];
    ["Visa", "Needs a visa", "Need a visa", "Visa sponsorship", "Visa required"] => [];
    ["Date of birth", "Birth date", "Birthday", "Birth"] => [];
    ["Pronouns", "Preferred pronouns"] => [];
    ["Emergency contact", "Emergency contact name"] => [];
    ["Emergency contact phone", "Emergency phone"] => [];
    ["LinkedIn", "LinkedIn profile", "LinkedIn URL"] => [];
    ["Notice period"] => [];
    ["Probation", "Probation period", "Trial period"] => [];
    ["Weekly hours", "Hours per week", "Working hours", "Hours"] => [];
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_name_stands_for_two_concepts() {
        let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
        for (place, concept) in CONCEPTS.iter().enumerate() {
            for alias in concept.aliases {
                let name = Name::of(alias);
                let found = named(|other| other.same(&name)).unwrap();
                assert!(std::ptr::eq(found, &CONCEPTS[place]), "{alias}");
                seen.insert(vec![alias.to_lowercase()], alias);
            }
        }
        let aliases: usize = CONCEPTS.iter().map(|concept| concept.aliases.len()).sum();
        assert_eq!(seen.len(), aliases);
    }
}
