//! The one list of the pages that the navigation leads to. A new page adds its line here.

use serde_json::{Value, json};

/// Where the navigation shows a page.
enum Place {
    /// In the bar at the top.
    Top,
    /// Under *Settings*, as a tab of this section.
    Settings(&'static str),
}

struct Entry {
    place: Place,
    text: &'static str,
    path: &'static str,
}

const INTEGRATIONS: &str = "Integrations and API";

const ENTRIES: &[Entry] = &[
    top("Candidates", "/candidates"),
    top("Board", "/board"),
    top("Mailbox", "/mailbox"),
    top("HRIS", "/hris"),
    setting(INTEGRATIONS, "Webhooks", "/settings/integrations/webhooks"),
    setting(
        INTEGRATIONS,
        "Authorized Apps",
        "/settings/integrations/authorized-apps",
    ),
    setting(
        INTEGRATIONS,
        "API Credentials",
        "/settings/integrations/api-credentials",
    ),
    setting("Offers", "Offer form", "/settings/offers/form"),
    setting("Approvals", "Offers", "/settings/approvals/offers"),
    setting("Pipeline", "Stages", "/settings/pipeline/stages"),
    setting(
        "Pipeline",
        "Archive reasons",
        "/settings/pipeline/archive-reasons",
    ),
];

const fn top(text: &'static str, path: &'static str) -> Entry {
    Entry {
        place: Place::Top,
        text,
        path,
    }
}

const fn setting(section: &'static str, text: &'static str, path: &'static str) -> Entry {
    Entry {
        place: Place::Settings(section),
        text,
        path,
    }
}

impl Entry {
    /// Whether `path` is this page or lies below it.
    fn holds(&self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix(self.path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    fn link(&self, path: &str) -> Value {
        json!({"text": self.text, "path": self.path, "current": self.holds(path)})
    }
}

/// What the frame of a page shows around it. `setting` is there on the pages under *Settings*: the name
/// of the section and of the page, the links to all sections and to the tabs of this one.
pub(super) fn navigation(path: &str) -> Value {
    let top = ENTRIES
        .iter()
        .filter(|entry| matches!(entry.place, Place::Top));
    let settings: Vec<(&str, &Entry)> = ENTRIES
        .iter()
        .filter_map(|entry| match entry.place {
            Place::Top => None,
            Place::Settings(section) => Some((section, entry)),
        })
        .collect();
    let here = settings.iter().find(|(_, entry)| entry.holds(path));
    let mut sections: Vec<Value> = Vec::new();
    for (section, entry) in &settings {
        if !sections.iter().any(|known| known["text"] == *section) {
            let current = here.is_some_and(|(here, _)| here == section);
            sections.push(json!({"text": section, "path": entry.path, "current": current}));
        }
    }
    let setting = here.map(|(section, entry)| {
        let tabs = settings.iter().filter(|(other, _)| other == section);
        let tabs: Vec<Value> = tabs.map(|(_, entry)| entry.link(path)).collect();
        json!({"section": section, "text": entry.text, "sections": sections, "tabs": tabs})
    });
    json!({
        "top": top.map(|entry| entry.link(path)).collect::<Vec<_>>(),
        "settings": settings.first().map(|(_, entry)| entry.path),
        "setting": setting,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_marks_itself_its_tab_and_its_section() {
        let shown = navigation("/settings/integrations/webhooks/1?q=a");
        assert_eq!(shown["setting"]["section"], INTEGRATIONS);
        assert_eq!(shown["setting"]["text"], "Webhooks");
        assert_eq!(shown["setting"]["tabs"][0]["current"], true);
        assert_eq!(shown["setting"]["tabs"][1]["current"], false);
        assert_eq!(shown["top"][0]["current"], false);
    }

    #[test]
    fn a_path_that_only_begins_alike_is_another_page() {
        assert_eq!(
            navigation("/candidates-elsewhere")["top"][0]["current"],
            false
        );
        assert!(navigation("/candidates")["setting"].is_null());
    }
}
