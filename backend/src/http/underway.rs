//! Requests of one connection whose answers are not yet sent.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::watch;

/// How many there are.
#[derive(Clone, Default)]
pub struct Underway(Arc<watch::Sender<usize>>);

impl Underway {
    pub fn begin(&self) -> Begun {
        self.0.send_modify(|count| *count += 1);
        Begun(self.clone())
    }

    /// Waits until there was none for `long`.
    pub async fn none_for(&self, long: Duration) {
        let mut count = self.0.subscribe();
        loop {
            // an error would mean that nobody counts any more, and this is one who does
            drop(count.wait_for(|count| *count == 0).await);
            tokio::select! {
                changed = count.changed() => drop(changed),
                () = tokio::time::sleep(long) => return,
            }
        }
    }
}

/// One of them.
pub struct Begun(Underway);

impl Begun {
    /// Its answer, with which it ends.
    pub fn until_sent(self, body: Body) -> Body {
        Body::new(Answer { body, _begun: self })
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

struct Answer {
    body: Body,
    _begun: Begun,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn a_connection_rests_once_its_last_answer_is_sent() {
        let underway = Underway::default();
        let begun = Instant::now();
        let body = underway.begin().until_sent(Body::from("all"));
        let sent = async {
            tokio::time::sleep(LONG * 3).await;
            drop(body);
        };
        tokio::join!(sent, underway.none_for(LONG));
        assert_eq!(begun.elapsed(), LONG * 4);
    }

    #[tokio::test(start_paused = true)]
    async fn where_nothing_is_ever_asked_it_rests_at_once() {
        let begun = Instant::now();
        Underway::default().none_for(LONG).await;
        assert_eq!(begun.elapsed(), LONG);
    }
}
