//! Account settings that are read once and kept until someone asks for a fresh look.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::error::Error;

/// A list that is read on first use. Callers that come meanwhile wait for that one read.
pub(super) struct Kept<T>(Mutex<Option<Arc<Vec<T>>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    pub(super) async fn get_or_read(
        &self,
        read: impl Future<Output = Result<Vec<T>, Error>>,
    ) -> Result<Arc<Vec<T>>, Error> {
        let mut kept = self.0.lock().await;
        if let Some(list) = &*kept {
            return Ok(Arc::clone(list));
        }
        let list = Arc::new(read.await?);
        *kept = Some(Arc::clone(&list));
        Ok(list)
    }

    pub(super) async fn forget(&self) {
        *self.0.lock().await = None;
    }
}
