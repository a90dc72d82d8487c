//! What a signed-in desktop may do with pages: show, replace and remove its own.

use std::sync::Arc;

use url::Url;

use super::table::{self, NewPage, Publishing};
use crate::clock::DAY_MS;
use crate::page::{NonceDigest, PageId};
use crate::protocol::{AnswerTo, Refusal};
use crate::server::Shared;
use crate::server::cluster::SharedPage;
use crate::server::directory::Mailbox;
use crate::server::limits::Amount;

/// Shows a page of the device of `mailbox` and returns its address.
pub(in crate::server) async fn publish(
    shared: &Shared,
    mailbox: &Mailbox,
    id: PageId,
    ciphertext: Vec<u8>,
    expires_at_ms: i64,
    form: Option<AnswerTo>,
) -> Result<Url, Refusal> {
    let limits = &shared.limits;
    if ciphertext.len() > limits.page_bytes {
        return Err(Refusal::PageSize);
    }
    let now_ms = shared.clock.now_ms();
    let longest = i64::from(limits.page_days) * DAY_MS;
    if expires_at_ms <= now_ms || expires_at_ms > now_ms.saturating_add(longest) {
        return Err(Refusal::PageExpiry);
    }
    let row = form
        .map(|form| own_endpoint(shared, mailbox, form))
        .transpose()?;
    if let Some(cluster) = &shared.cluster {
        let page = SharedPage {
            id,
            device: mailbox.key,
            ciphertext,
            expires_at_ms,
            form,
        };
        let outcome = cluster.publish_page(page, limits.device_pages, limits.pages);
        return address(shared, id, outcome.await?);
    }
    let amount = Amount::new(1, ciphertext.len() as u64);
    let room = shared.pages.reserve(amount).ok_or(Refusal::PageLimit)?;
    let page = NewPage {
        id,
        device: mailbox.device,
        ciphertext,
        expires_at_ms,
        form: row,
    };
    let (at_most, pages) = (limits.device_pages, Arc::clone(&shared.pages));
    let outcome = shared
        .writer
        .write(
            move |connection| table::publish(connection, &page, at_most),
            move |outcome| {
                if let Publishing::Shown(before) = outcome {
                    room.keep();
                    pages.release(*before);
                }
            },
        )
        .await?;
    address(shared, id, outcome)
}

fn address(shared: &Shared, id: PageId, outcome: Publishing) -> Result<Url, Refusal> {
    match outcome {
        Publishing::Shown(_) => Ok(id.url(&shared.pages_base)),
        Publishing::Taken => Err(Refusal::PageTaken),
        Publishing::Full => Err(Refusal::PageLimit),
    }
}

fn own_endpoint(
    shared: &Shared,
    mailbox: &Mailbox,
    form: AnswerTo,
) -> Result<(i64, NonceDigest), Refusal> {
    let known = shared.directory.endpoint(&form.endpoint);
    let owned = known.filter(|known| known.mailbox.device == mailbox.device);
    let endpoint = owned.ok_or(Refusal::EndpointUnknown)?;
    Ok((endpoint.row, form.nonce))
}

/// Removes a page of the device of `mailbox`. Another device's page is as unknown as one that does
/// not exist; one that is gone already is removed again without complaint.
pub(in crate::server) async fn unpublish(
    shared: &Shared,
    mailbox: &Mailbox,
    id: PageId,
) -> Result<(), Refusal> {
    if let Some(cluster) = &shared.cluster {
        let removed = cluster.remove_page(mailbox.key, id).await?;
        return removed.then_some(()).ok_or(Refusal::PageUnknown);
    }
    let (device, pages) = (mailbox.device, Arc::clone(&shared.pages));
    let removed = shared
        .writer
        .write(
            move |connection| table::remove(connection, device, id),
            move |took| pages.release(took.unwrap_or_default()),
        )
        .await?;
    removed.map(drop).ok_or(Refusal::PageUnknown)
}

/// Removes what has expired. What cannot be removed now is not shown all the same, and is tried
/// again the next time.
pub(in crate::server) async fn remove_expired(shared: &Shared) {
    let (now_ms, pages) = (shared.clock.now_ms(), Arc::clone(&shared.pages));
    let removed = match &shared.cluster {
        Some(cluster) => cluster.remove_expired_pages(now_ms).await,
        None => shared
            .writer
            .write(
                move |connection| table::remove_expired(connection, now_ms),
                move |took| pages.release(*took),
            )
            .await
            .map(drop),
    };
    if removed.is_err() {
        tracing::warn!("expired pages were not removed");
    }
}
