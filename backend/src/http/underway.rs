//! Requests of one connection whose answers are not yet sent. An answer goes out in pieces, and so shows whether its
//! reader takes them: in HTTP/2 a reader may let nothing through and keep its connection alive by pings.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::{sync::watch, time::Instant};

use super::admission::UnsentTicket;

/// How much of an answer is handed on at once.
pub const PIECE: usize = 16 * 1024;

/// How many bytes of memory an answer takes until it is sent, where that is not its length: none, where they stand in
/// memory once for all who read them.
#[derive(Debug, Clone, Copy)]
pub struct Holds(pub usize);

/// All of them.
#[derive(Clone, Default)]
pub struct Underway(Arc<watch::Sender<Answers>>);

#[derive(Default)]
struct Answers {
    next: u64,
    /// Since when each waits for its reader; it may wait for us.
    unread: HashMap<u64, Option<Instant>>,
}

impl Underway {
    pub fn begin(&self) -> Begun {
        let mut number = 0;
        self.0.send_modify(|answers| {
            number = answers.next;
            answers.next += 1;
            answers.unread.insert(number, None);
        });
        Begun { underway: self.clone(), number }
    }

    /// Waits until there was none for `long`.
    pub async fn none_for(&self, long: Duration) {
        let mut answers = self.0.subscribe();
        loop {
            // an error would mean that nobody counts any more, and this is one who does
            drop(answers.wait_for(|answers| answers.unread.is_empty()).await);
            tokio::select! {
                changed = answers.changed() => drop(changed),
                () = tokio::time::sleep(long) => return,
            }
        }
    }

    /// Waits until the reader of one of them has taken no piece of it for `long`, or for a quarter longer.
    pub async fn unread_for(&self, long: Duration) {
        loop {
            let longest = self.0.borrow().unread.values().flatten().min().copied();
            if longest.is_some_and(|since| since.elapsed() >= long) {
                return;
            }
            tokio::time::sleep(long / 4).await;
        }
    }
}

/// One of them.
pub struct Begun {
    underway: Underway,
    number: u64,
}

impl Begun {
    /// Its answer, with which it ends.
    pub fn until_sent(self, body: Body, place: Option<UnsentTicket>) -> Body {
        self.waits_for_reader(Some(Instant::now()));
        Body::new(Answer { body, rest: Bytes::new(), begun: self, _place: place })
    }

    fn waits_for_reader(&self, since: Option<Instant>) {
        self.underway.0.send_if_modified(|answers| {
            answers.unread.insert(self.number, since);
            false
        });
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.underway.0.send_modify(|answers| {
            answers.unread.remove(&self.number);
        });
    }
}

struct Answer {
    body: Body,
    /// Of what the body gave last.
    rest: Bytes,
    begun: Begun,
    _place: Option<UnsentTicket>,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    /// It is asked for more when its reader has taken what it gave before.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        this.begun.waits_for_reader(None);
        if this.rest.is_empty() {
            let frame = ready!(Pin::new(&mut this.body).poll_frame(context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => this.rest = data,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let piece = this.rest.split_to(this.rest.len().min(PIECE));
        this.begun.waits_for_reader(Some(Instant::now()));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn a_connection_rests_once_its_last_answer_is_sent() {
        let underway = Underway::default();
        let begun = Instant::now();
        let body = underway.begin().until_sent(Body::from("all"), None);
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

    #[tokio::test(start_paused = true)]
    async fn an_answer_goes_out_in_pieces_and_arrives_whole() {
        let text: Vec<u8> = (0..=u8::MAX).cycle().take(PIECE * 2 + 7).collect();
        let mut body = Underway::default().begin().until_sent(Body::from(text.clone()), None);
        assert_eq!(body.size_hint().exact(), Some(text.len() as u64));
        let mut pieces = Vec::new();
        while let Some(frame) = body.frame().await {
            pieces.push(frame.unwrap().into_data().unwrap());
        }
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [PIECE, PIECE, 7]);
        assert_eq!(pieces.concat(), text);
        assert!(body.is_end_stream());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_told_from_one_that_is_slow_and_from_a_stream_without_news() {
        let unread = |underway: &Underway, long| {
            let underway = underway.clone();
            async move { tokio::time::timeout(long, underway.unread_for(LONG)).await.is_ok() }
        };
        let underway = Underway::default();
        let mut body = underway.begin().until_sent(Body::from(vec![0; PIECE * 8]), None);
        for _ in 0..4 {
            assert!(!unread(&underway, LONG * 2 / 3).await, "it takes a piece now and then");
            body.frame().await.unwrap().unwrap();
        }
        assert!(unread(&underway, LONG * 2).await, "it takes nothing any more");
        drop(body);
        let stream = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        let mut quiet = underway.begin().until_sent(Body::from_stream(stream), None);
        tokio::select! {
            _ = quiet.frame() => panic!("nothing is ever said"),
            ended = unread(&underway, LONG * 4) => assert!(!ended, "it is we who have nothing to say"),
        }
    }
}
