//! The attributes of a user, as RFC 7643 section 8.7 defines them.

use std::sync::LazyLock;

use scim_v2::filter::AttrPath;
use scim_v2::models::scim_schema::{Schema, get_schemas};
use scim_v2::schema_urns::{ENTERPRISE_USER, USER};

/// An attribute or a sub-attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) is_multi_valued: bool,
    pub(super) is_case_exact: bool,
    pub(super) access: Access,
    pub(super) parts: Vec<Attribute>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, and what is written as text: references and base64.
    Text,
    Boolean,
    Moment,
    Complex,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    ReadWrite,
    ReadOnly,
    /// Taken and never shown: the password.
    WriteOnly,
}

/// What the attributes of a user are.
pub(super) struct UserSchema {
    pub(super) core: Vec<Attribute>,
    pub(super) enterprise: Vec<Attribute>,
}

/// Where a path leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    /// The enterprise extension as a whole.
    Extension,
    Attribute {
        in_extension: bool,
        attribute: &'a Attribute,
        part: Option<&'a Attribute>,
    },
}

/// The published schemas of a user and of its enterprise extension.
pub(super) fn published() -> Vec<Schema> {
    get_schemas(vec!["user", "enterprise_user"])
        .expect("both schemas are embedded in the crate, whose tests parse them")
}

pub(super) static USER_SCHEMA: LazyLock<UserSchema> = LazyLock::new(|| {
    let mut both = published().into_iter().map(|schema| {
        let attributes = schema.attributes.iter();
        attributes.map(attribute).collect::<Vec<Attribute>>()
    });
    let mut core = common();
    core.extend(both.next().unwrap_or_default());
    UserSchema {
        core,
        enterprise: both.next().unwrap_or_default(),
    }
});

impl UserSchema {
    /// Where `path` leads; `None` if there is no such attribute. Names are the same in any case
    /// (RFC 7643 2.1).
    pub(super) fn find(&self, path: &AttrPath) -> Option<Place<'_>> {
        let uri = path.uri.as_deref().unwrap_or(USER);
        if path.sub_attr.is_none() && is_extension(&format!("{uri}:{}", path.name)) {
            return Some(Place::Extension);
        }
        let in_extension = is_extension(uri);
        if !in_extension && !uri.eq_ignore_ascii_case(USER) {
            return None;
        }
        let attributes = if in_extension {
            &self.enterprise
        } else {
            &self.core
        };
        let attribute = named(attributes, &path.name)?;
        let part = match &path.sub_attr {
            Some(part) => Some(named(&attribute.parts, part)?),
            None => None,
        };
        Some(Place::Attribute {
            in_extension,
            attribute,
            part,
        })
    }
}

/// The attribute called `name`.
pub(super) fn named<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    let mut attributes = attributes.iter();
    attributes.find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// Whether `name` is the URN of the enterprise extension.
pub(super) fn is_extension(name: &str) -> bool {
    name.eq_ignore_ascii_case(ENTERPRISE_USER)
}

/// The attributes of every resource (RFC 7643 3.1).
fn common() -> Vec<Attribute> {
    let text = |name: &str, access| Attribute {
        name: name.to_owned(),
        kind: Kind::Text,
        is_multi_valued: false,
        is_case_exact: true,
        access,
        parts: Vec::new(),
    };
    let moment = |name: &str| Attribute {
        kind: Kind::Moment,
        ..text(name, Access::ReadOnly)
    };
    let meta = Attribute {
        kind: Kind::Complex,
        parts: vec![
            text("resourceType", Access::ReadOnly),
            moment("created"),
            moment("lastModified"),
            text("location", Access::ReadOnly),
            text("version", Access::ReadOnly),
        ],
        ..text("meta", Access::ReadOnly)
    };
    let schemas = Attribute {
        is_multi_valued: true,
        ..text("schemas", Access::ReadOnly)
    };
    vec![
        schemas,
        text("id", Access::ReadOnly),
        text("externalId", Access::ReadWrite),
        meta,
    ]
}

fn kind(name: &str) -> Kind {
    match name {
        "complex" => Kind::Complex,
        "boolean" => Kind::Boolean,
        "dateTime" => Kind::Moment,
        _ => Kind::Text,
    }
}

fn access(mutability: Option<&str>) -> Access {
    match mutability {
        Some("readOnly") => Access::ReadOnly,
        Some("writeOnly") => Access::WriteOnly,
        _ => Access::ReadWrite,
    }
}

fn attribute(published: &scim_v2::models::scim_schema::Attributes) -> Attribute {
    let parts = published.sub_attributes.as_slice().iter();
    Attribute {
        name: published.name.clone(),
        kind: kind(&published.r#type),
        is_multi_valued: published.multi_valued,
        is_case_exact: published.case_exact == Some(true),
        access: access(published.mutability.as_deref()),
        parts: parts
            .map(|part| Attribute {
                name: part.name.clone(),
                kind: kind(&part.r#type),
                is_multi_valued: part.multi_valued,
                is_case_exact: part.case_exact == Some(true),
                access: access(part.mutability.as_deref()),
                parts: Vec::new(),
            })
            .collect(),
    }
}
