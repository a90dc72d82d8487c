//! Files and resumes of a profile (LEVER.md 3.12).

use serde_json::{Value, json};

use super::{ChangeError, World};

/// A file as it was uploaded.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) uploaded_at: i64,
    pub(crate) content: Vec<u8>,
}

/// A resume with what was read out of it.
#[derive(Clone, Debug)]
pub(crate) struct Resume {
    pub(crate) file: StoredFile,
    /// `positions` and `schools`.
    pub(crate) parsed: Value,
}

impl StoredFile {
    /// The ending of the name, without its dot.
    fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// The file as the API answers it; `folder` is the address of the list it is in.
    pub(crate) fn to_json(&self, folder: &str) -> Value {
        json!({
            "id": self.id,
            "downloadUrl": format!("{folder}/{}/download", self.id),
            "ext": format!(".{}", self.extension()),
            "name": self.name,
            "uploadedAt": self.uploaded_at,
            "status": "processed",
            "size": self.content.len(),
        })
    }
}

impl Resume {
    /// The resume as the API answers it; `folder` is the address of the list it is in.
    pub(crate) fn to_json(&self, folder: &str) -> Value {
        let mut file = self.file.to_json(folder);
        if let Some(members) = file.as_object_mut() {
            members.remove("id");
            members.insert("ext".to_owned(), self.file.extension().into());
        }
        json!({
            "id": self.file.id,
            "createdAt": self.file.uploaded_at,
            "file": file,
            "parsedData": self.parsed,
        })
    }
}

impl World {
    /// Deletes a file of a profile.
    pub(crate) fn delete_file(
        &mut self,
        opportunity: &str,
        file: &str,
        now: i64,
    ) -> Result<(), ChangeError> {
        let mut opportunity = self.profile_mut(opportunity)?;
        if !opportunity.files.iter().any(|own| own.id == file) {
            return Err(ChangeError::not_found("files", file));
        }
        opportunity.files.retain(|own| own.id != file);
        opportunity.touch(now);
        Ok(())
    }
}
