//! Making and changing job postings over the API (LEVER.md 3.11).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{ChangeError, Company, Confidentiality, Posting};
use crate::identifiers::random_id;

/// Where the public site of the practice company would be.
const SITE: &str = "https://jobs.example.com/tarnhollow";

/// Where a posting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PostingState {
    Published,
    Internal,
    Closed,
    Draft,
    Pending,
    Rejected,
}

/// Where a posting can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Channel {
    Internal,
    Public,
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WorkplaceType {
    Unspecified,
    Onsite,
    Remote,
    Hybrid,
}

/// What a posting is filed under.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Categories {
    commitment: Option<String>,
    department: Option<String>,
    level: Option<String>,
    location: Option<String>,
    team: Option<String>,
    all_locations: Vec<String>,
}

/// The text of a posting.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Content {
    description: Option<String>,
    description_html: Option<String>,
    lists: Vec<ContentList>,
    closing: Option<String>,
    #[serde(alias = "closingPostingHtml")]
    closing_html: Option<String>,
}

/// A titled list in the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ContentList {
    text: String,
    content: String,
}

/// The members that a POST may hold; those left out stay as they are.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PostingData {
    text: Option<String>,
    state: Option<PostingState>,
    owner: Option<String>,
    hiring_manager: Option<String>,
    categories: Option<Categories>,
    content: Option<Content>,
    distribution_channels: Option<Vec<Channel>>,
    salary_range: Option<Map<String, Value>>,
    salary_description_html: Option<String>,
    tags: Option<Vec<String>>,
    workplace_type: Option<WorkplaceType>,
    requisition_codes: Option<Vec<String>>,
    country: Option<String>,
}

impl Company {
    /// Makes a posting on behalf of `user`; returns its id. Without a state it is a draft.
    pub(crate) fn add_posting(
        &mut self,
        data: PostingData,
        user: &str,
        now: i64,
    ) -> Result<String, ChangeError> {
        self.check_posting(&data)?;
        if data.text.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(ChangeError::invalid("text must not be empty"));
        }
        let id = random_id();
        let mut posting = Posting {
            id: id.clone(),
            text: String::new(),
            created_at: now,
            state: "draft".to_owned(),
            confidentiality: Confidentiality::NonConfidential,
            owner: None,
            hiring_manager: None,
            location: None,
            tags: Vec::new(),
            requisition: None,
            document: blank(&id, user, now),
        };
        data.write_to(&mut posting, now);
        self.link_requisition(&mut posting);
        self.postings.insert(0, posting);
        Ok(id)
    }

    /// Changes a posting.
    pub(crate) fn change_posting(
        &mut self,
        id: &str,
        data: PostingData,
        now: i64,
    ) -> Result<(), ChangeError> {
        self.check_posting(&data)?;
        let posting = self.posting(id);
        let mut posting = posting
            .cloned()
            .ok_or_else(|| ChangeError::not_found("postings", id))?;
        data.write_to(&mut posting, now);
        self.link_requisition(&mut posting);
        if let Some(kept) = self.postings.iter_mut().find(|kept| kept.id == id) {
            *kept = posting;
        }
        Ok(())
    }

    fn check_posting(&self, data: &PostingData) -> Result<(), ChangeError> {
        for user in data.owner.iter().chain(&data.hiring_manager) {
            if self.user(user).is_none() {
                return Err(ChangeError::not_found("users", user));
            }
        }
        Ok(())
    }

    /// The first of the posting's requisition codes that is known is the one that hires.
    fn link_requisition(&self, posting: &mut Posting) {
        let codes = posting.document["requisitionCodes"].as_array();
        let mut codes = codes.into_iter().flatten().filter_map(Value::as_str);
        posting.requisition = codes.find_map(|code| {
            let mut known = self.requisitions.iter();
            known.find(|one| one.code == code).map(|one| one.id.clone())
        });
    }
}

fn blank(id: &str, user: &str, now: i64) -> Map<String, Value> {
    let document = json!({
        "id": id,
        "text": "",
        "state": "draft",
        "distributionChannels": null,
        "user": user,
        "owner": user,
        "hiringManager": null,
        "categories": Categories::default(),
        "tags": [],
        "content": {"description": "", "descriptionHtml": "", "lists": [], "closing": "", "closingHtml": ""},
        "country": null,
        "followers": [],
        "reqCode": null,
        "requisitionCodes": [],
        "salaryRange": null,
        "urls": null,
        "confidentiality": Confidentiality::NonConfidential,
        "createdAt": now,
        "updatedAt": now,
        "workplaceType": WorkplaceType::Unspecified,
        "transcribeInterviews": false,
        "screening": {"enabled": false},
    });
    document.as_object().cloned().unwrap_or_default()
}

impl PostingData {
    fn write_to(self, posting: &mut Posting, now: i64) {
        let document = &mut posting.document;
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                document.insert(name.to_owned(), value);
            }
        };
        set("text", self.text.map(Value::from));
        set("state", self.state.map(|state| json!(state)));
        set("owner", self.owner.map(Value::from));
        set("hiringManager", self.hiring_manager.map(Value::from));
        set("categories", self.categories.map(|one| json!(one)));
        set("content", self.content.map(Content::into_json));
        set(
            "distributionChannels",
            self.distribution_channels.map(|one| json!(one)),
        );
        set("salaryRange", self.salary_range.map(Value::from));
        let description = self.salary_description_html;
        set(
            "salaryDescription",
            description.as_deref().map(|html| without_tags(html).into()),
        );
        set("salaryDescriptionHtml", description.map(Value::from));
        set("tags", self.tags.map(Value::from));
        set("workplaceType", self.workplace_type.map(|one| json!(one)));
        set("requisitionCodes", self.requisition_codes.map(Value::from));
        set("country", self.country.map(Value::from));
        set("updatedAt", Some(now.into()));
        posting.follow_document();
    }
}

impl Content {
    fn into_json(self) -> Value {
        let plain = |text: Option<String>, html: &Option<String>| {
            text.unwrap_or_else(|| without_tags(html.as_deref().unwrap_or_default()))
        };
        json!({
            "description": plain(self.description, &self.description_html),
            "descriptionHtml": self.description_html.unwrap_or_default(),
            "lists": self.lists,
            "closing": plain(self.closing, &self.closing_html),
            "closingHtml": self.closing_html.unwrap_or_default(),
        })
    }
}

impl Posting {
    /// Brings the members that steer behaviour in line with the document.
    fn follow_document(&mut self) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.text = text(&self.document["text"]).unwrap_or_default();
        self.state = text(&self.document["state"]).unwrap_or_default();
        self.owner = text(&self.document["owner"]);
        self.hiring_manager = text(&self.document["hiringManager"]);
        let categories = &self.document["categories"];
        self.location = text(&categories["location"]);
        let filed = ["team", "location", "commitment"].map(|name| text(&categories[name]));
        self.tags = [self.text.clone()]
            .into_iter()
            .chain(filed.into_iter().flatten())
            .collect();
        // Drafts have no address (LEVER.md 3.11).
        let urls = match self.state.as_str() {
            "draft" => Value::Null,
            _ => {
                let show = format!("{SITE}/{}", self.id);
                json!({"list": SITE, "show": show, "apply": format!("{show}/apply")})
            }
        };
        self.document.insert("urls".to_owned(), urls);
    }
}

/// The words of an HTML text.
fn without_tags(html: &str) -> String {
    let mut inside = false;
    let mut words = String::with_capacity(html.len());
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => words.push(character),
            _ => {}
        }
    }
    words
}
