//! Files and resumes of an opportunity (LEVER.md 3.12).

use axum::Router;
use axum::routing::get;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Opportunity, Resume, StoredFile};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/files", get(list_files))
        .route(
            "/opportunities/{id}/files/{file}",
            get(show_file).delete(delete_file),
        )
        .route(
            "/opportunities/{id}/files/{file}/download",
            get(download_file),
        )
        .route("/opportunities/{id}/file_actions", get(list_file_actions))
        .route("/opportunities/{id}/resumes", get(list_resumes))
        .route("/opportunities/{id}/resumes/{resume}", get(show_resume))
        .route(
            "/opportunities/{id}/resumes/{resume}/download",
            get(download_resume),
        )
}

async fn list_files(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::FILES)?;
    let uploaded_at = asked.params.range("uploaded_at")?;
    let files = asked.opportunity(&world, &id)?.files.iter();
    let files = files.filter(|file| uploaded_at.contains(Some(file.uploaded_at)));
    let place = |file: &StoredFile| (file.uploaded_at, file.id.clone());
    let folder = folder(&asked, &id, "files");
    paging::newest_first(&asked.params, files, place, |file| file.to_json(&folder))
}

async fn show_file(asked: Asked, Ids((id, file)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::FILES)?;
    let found = file_of(asked.opportunity(&world, &id)?, &file)?;
    Ok(Answer::data(found.to_json(&folder(&asked, &id, "files"))))
}

async fn delete_file(asked: Asked, Ids((id, file)): Ids<(String, String)>) -> ApiResult {
    let mut world = asked.writes(Area::FILES)?;
    asked.opportunity(&world, &id)?;
    asked.required_performer(&world, "delete")?;
    world.delete_file(&id, &file, asked.now())?;
    Ok(Answer::Deleted)
}

async fn download_file(asked: Asked, Ids((id, file)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::FILES)?;
    let found = file_of(asked.opportunity(&world, &id)?, &file)?;
    Ok(Answer::file(found))
}

/// Live, but not documented; only the empty list was ever seen (LEVER.md 3).
async fn list_file_actions(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::FILES)?;
    asked.opportunity(&world, &id)?;
    paging::in_given_order(&asked.params, Vec::new())
}

async fn list_resumes(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::RESUMES)?;
    let uploaded_at = asked.params.range("uploaded_at")?;
    let resumes = asked.opportunity(&world, &id)?.resumes.iter();
    let resumes = resumes.filter(|one| uploaded_at.contains(Some(one.file.uploaded_at)));
    let place = |resume: &Resume| (resume.file.uploaded_at, resume.file.id.clone());
    let folder = folder(&asked, &id, "resumes");
    paging::newest_first(&asked.params, resumes, place, |one| one.to_json(&folder))
}

async fn show_resume(asked: Asked, Ids((id, resume)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::RESUMES)?;
    let found = resume_of(asked.opportunity(&world, &id)?, &resume)?;
    Ok(Answer::data(found.to_json(&folder(&asked, &id, "resumes"))))
}

async fn download_resume(asked: Asked, Ids((id, resume)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::RESUMES)?;
    let found = resume_of(asked.opportunity(&world, &id)?, &resume)?;
    Ok(Answer::file(&found.file))
}

fn folder(asked: &Asked, opportunity: &str, list: &str) -> String {
    format!(
        "{}/v1/opportunities/{opportunity}/{list}",
        asked.practice.origin()
    )
}

fn file_of<'a>(opportunity: &'a Opportunity, id: &str) -> Result<&'a StoredFile, ApiError> {
    let found = opportunity.files.iter().find(|file| file.id == id);
    found.ok_or_else(|| ApiError::not_found("files", id))
}

fn resume_of<'a>(opportunity: &'a Opportunity, id: &str) -> Result<&'a Resume, ApiError> {
    let found = opportunity
        .resumes
        .iter()
        .find(|resume| resume.file.id == id);
    found.ok_or_else(|| ApiError::not_found("resumes", id))
}
