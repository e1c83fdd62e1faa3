//! A run that ends one way or the other, also where its handler panics or is dropped.

use std::sync::Arc;

use tokio::runtime::Handle;

use crate::claim::Run;
use crate::store::StoreError;

/// Releases its run when it is dropped before the handler has come to its end.
pub(crate) struct Guard(Option<Arc<Run>>);

impl Guard {
    pub(crate) fn new(run: Run) -> Self {
        Guard(Some(Arc::new(run)))
    }

    #[cfg(feature = "tower")]
    pub(crate) fn run(&self) -> Option<Arc<Run>> {
        self.0.clone()
    }

    /// Notes that it is handled, or that it failed. That goes on when nobody waits for it any longer,
    /// as for a connection that was closed: the work is done, and its note must not get lost.
    pub(crate) async fn end(mut self, is_handled: bool) -> Result<bool, StoreError> {
        let Some(run) = self.0.take() else { return Ok(false) };
        let end =
            async move { if is_handled { run.complete().await } else { run.release().await } };
        tokio::spawn(end).await.unwrap_or_else(|error| Err(StoreError::unavailable(error)))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Without a runtime the lease ends by itself.
        if let (Some(run), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(async move { run.release().await });
        }
    }
}
