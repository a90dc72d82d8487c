//! What turns the list of commands into a dispatcher, a description and the screens' types.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use serde::Serialize;
use ts_rs::{Config, TS, TypeVisitor};

pub use crate::feed::Tag;

/// A command as it is listed to a caller.
#[derive(Debug, Clone, Serialize)]
pub struct Command {
    /// Its stable, dotted name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// The name of its request type.
    pub request: String,
    /// The name of its response type.
    pub response: String,
    /// The tags its response is made of.
    pub reads: &'static [Tag],
    /// The tags it makes stale.
    pub changes: &'static [Tag],
}

/// Declares every command once: name, handler, request, response, tags.
macro_rules! commands {
    ($(
        #[doc = $about:literal]
        $name:literal => $handler:path, $request:ty, $response:ty, reads $reads:tt, changes $changes:tt;
    )*) => {
        /// Every command, in the order of the list.
        pub fn list() -> Vec<$crate::api::contract::Command> {
            use $crate::api::contract::Tag::*;
            let types = ts_rs::Config::new();
            vec![$($crate::api::contract::Command {
                name: $name,
                about: $about.trim_ascii(),
                request: <$request as ts_rs::TS>::name(&types),
                response: <$response as ts_rs::TS>::name(&types),
                reads: &$reads,
                changes: &$changes,
            }),*]
        }

        /// The TypeScript declarations of every command and of every type they use.
        pub fn typescript() -> String {
            let mut file = $crate::api::contract::Declarations::new();
            $(file.add::<$request>(); file.add::<$response>();)*
            file.add::<$crate::api::error::AppError>();
            file.add::<$crate::api::contract::Tag>();
            file.finish(&list())
        }

        /// Runs one command: its name and its request as JSON, to its response as JSON.
        ///
        /// # Errors
        /// `not_found` for an unknown name, `invalid_input` for a request of another shape, and what
        /// the command itself answers.
        pub async fn dispatch(
            engine: &$crate::api::Engine,
            name: &str,
            payload: serde_json::Value,
        ) -> Result<serde_json::Value, $crate::api::error::AppError> {
            match name {
                $($name => {
                    let request: $request = $crate::api::contract::parse(payload)?;
                    let response: $response = Box::pin($handler(engine, request)).await?;
                    $crate::api::contract::render(&response)
                })*
                _ => Err($crate::api::contract::unknown(name)),
            }
        }
    };
}
pub(crate) use commands;

use super::error::{AppError, ErrorCode};

/// Reads a request; no body at all counts as an empty one.
pub(super) fn parse<T: serde::de::DeserializeOwned>(
    payload: serde_json::Value,
) -> Result<T, AppError> {
    let payload = if payload.is_null() {
        serde_json::json!({})
    } else {
        payload
    };
    serde_json::from_value(payload).map_err(|problem| {
        AppError::new(
            ErrorCode::InvalidInput,
            "The request does not have the expected shape.",
        )
        .with_detail(problem)
    })
}

/// Writes a response.
pub(super) fn render<T: Serialize>(response: &T) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(response).map_err(|problem| {
        AppError::new(ErrorCode::Internal, "The answer could not be written.").with_detail(problem)
    })
}

/// The answer to a name that is not in the list.
pub(super) fn unknown(name: &str) -> AppError {
    let known = name.chars().take(60).collect::<String>();
    AppError::new(
        ErrorCode::NotFound,
        format!("There is no command named {known:?}."),
    )
}

/// The head of the file.
const HEAD: &str =
    "// Written by `make types` from the commands in src-tauri/core/src/api. Do not edit.\n";

/// Collects each type once. Written in the order of their names: the order in which they are met differs from one
/// build to the next.
pub struct Declarations {
    types: Config,
    seen: HashSet<TypeId>,
    found: BTreeMap<String, String>,
}

impl Declarations {
    /// An empty collection, with the head of the file.
    pub fn new() -> Self {
        Self {
            types: Config::new().with_large_int("number"),
            seen: HashSet::new(),
            found: BTreeMap::new(),
        }
    }

    /// Adds a type and every type it uses.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }

    /// The file: the types, then the map of commands, then their tags.
    pub fn finish(self, commands: &[Command]) -> String {
        let mut text = HEAD.to_owned();
        for declaration in self.found.values() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\nexport {declaration}");
        }
        text.push_str("\nexport interface Commands {\n");
        for Command {
            name,
            about,
            request,
            response,
            ..
        } in commands
        {
            let line = format!(
                "  /** {about} */\n  \"{name}\": {{ request: {request}; response: {response} }};\n"
            );
            text.push_str(&line);
        }
        text.push_str("}\n\nexport const reads: Record<keyof Commands, readonly Tag[]> = {\n");
        for Command { name, reads, .. } in commands {
            let tags = serde_json::to_string(reads).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  \"{name}\": {tags},");
        }
        text.push_str("};\n\nexport const changes: Record<keyof Commands, readonly Tag[]> = {\n");
        for Command { name, changes, .. } in commands {
            let tags = serde_json::to_string(changes).unwrap_or_default();
            let _ = writeln!(text, "  \"{name}\": {tags},");
        }
        text.push_str("};\n");
        text
    }
}

impl Default for Declarations {
    fn default() -> Self {
        Self::new()
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            self.found
                .insert(T::ident(&self.types), T::decl(&self.types));
        }
    }
}
