//! The documented answers, where they lie next to the repository.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::super::endpoint::OPPORTUNITY;
use super::super::envelope::{one, page};
use super::*;

fn samples() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lever-samples/docs-examples");
    folder.is_dir().then_some(folder)
}

/// Reads each answer as one object, or as a list if its name says so, and finds something in it.
fn read<T: DeserializeOwned>(folder: &Path, answers: &[&str]) {
    for name in answers {
        let body = fs::read(folder.join(format!("{name}.response.json"))).unwrap();
        let list = || page::<T>(&OPPORTUNITY, &body).map(|page| page.items.len());
        let found = if name.contains("-list") {
            list()
        } else {
            one::<T>(&OPPORTUNITY, &body).map(|_| 1)
        };
        assert!(
            found.as_ref().is_ok_and(|items| *items > 0),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn every_documented_answer_can_be_read() {
    let Some(folder) = samples() else { return };
    read::<Application>(&folder, &["application-get", "applications-list"]);
    let reasons = [
        "archive-reason-get",
        "archive-reasons-list",
        "archive-reasons-list-type-hired",
    ];
    read::<ArchiveReason>(&folder, &reasons);
    read::<Contact>(&folder, &["contact-get", "contact-update"]);
    read::<Form>(
        &folder,
        &[
            "profile-form-create",
            "profile-form-get",
            "profile-forms-list",
        ],
    );
    let templates = [
        "form-template-get",
        "form-template-update",
        "form-templates-list-include-text-group",
    ];
    read::<FormTemplate>(&folder, &templates);
    read::<FormTemplate>(&folder, &["form-template-create", "form-templates-list"]);
    read::<Offer>(&folder, &["offers-list"]);
    read::<Opportunity>(&folder, &["opportunity-get", "opportunities-list"]);
    read::<Posting>(
        &folder,
        &[
            "posting-create",
            "posting-get",
            "posting-update",
            "postings-list",
        ],
    );
    read::<Requisition>(
        &folder,
        &[
            "requisition-create",
            "requisition-get",
            "requisition-update",
        ],
    );
    read::<Requisition>(&folder, &["requisitions-list"]);
    read::<RequisitionField>(
        &folder,
        &["requisition-field-create-dropdown", "requisition-field-get"],
    );
    read::<RequisitionField>(
        &folder,
        &["requisition-field-create-object", "requisition-fields-list"],
    );
    read::<Stage>(&folder, &["stage-get", "stages-list"]);
    read::<User>(
        &folder,
        &[
            "user-create",
            "user-get",
            "user-update",
            "users-list",
            "users-list-by-email",
        ],
    );
    read::<Webhook>(&folder, &["webhook-create", "webhooks-list"]);
}
