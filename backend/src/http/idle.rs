//! A connection that ends by itself when nothing moves on it.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// Ends when nothing was read or written for `idle`, or when a write waits for `stalled`: its reader does not read.
pub struct Watched<T> {
    inner: T,
    idle: Duration,
    stalled: Duration,
    moved: Instant,
    waits_to_write: Option<Instant>,
    alarm: Pin<Box<Sleep>>,
}

impl<T> Watched<T> {
    pub fn new(inner: T, idle: Duration, stalled: Duration) -> Self {
        let moved = Instant::now();
        let alarm = Box::pin(sleep_until(moved + idle));
        Self { inner, idle, stalled, moved, waits_to_write: None, alarm }
    }

    fn deadline(&self) -> Instant {
        let idle = self.moved + self.idle;
        self.waits_to_write.map_or(idle, |since| idle.min(since + self.stalled))
    }

    /// Wakes the task at the deadline; an error when it has passed.
    fn watch(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let deadline = self.deadline();
            if self.alarm.deadline() > deadline {
                self.alarm.as_mut().reset(deadline);
            }
            ready!(self.alarm.as_mut().poll(context));
            // something may have moved since the alarm was set
            let deadline = self.deadline();
            if deadline <= Instant::now() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(deadline);
        }
    }

    fn has_moved(&mut self) {
        self.moved = Instant::now();
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.inner).poll_read(context, buffer) {
            Poll::Ready(outcome) => {
                this.has_moved();
                Poll::Ready(outcome)
            }
            Poll::Pending => this.watch(context),
        }
    }
}

impl<T: AsyncWrite + Unpin> Watched<T> {
    fn written(&mut self, outcome: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match outcome {
            Poll::Ready(outcome) => {
                self.has_moved();
                self.waits_to_write = None;
                Poll::Ready(outcome)
            }
            Poll::Pending => {
                self.waits_to_write.get_or_insert_with(Instant::now);
                self.watch(context).map(|late| late.map(|()| 0))
            }
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.inner).poll_write(context, bytes);
        this.written(outcome, context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.inner).poll_write_vectored(context, parts);
        this.written(outcome, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const IDLE: Duration = Duration::from_secs(60);
    const STALLED: Duration = Duration::from_secs(20);

    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_moves_ends() {
        let (near, _far) = duplex(64);
        let begun = Instant::now();
        let outcome = Watched::new(near, IDLE, STALLED).read_u8().await;
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_does_not_read_is_dropped() {
        let (near, _far) = duplex(64);
        let begun = Instant::now();
        let outcome = Watched::new(near, IDLE, STALLED).write_all(&[0; 65]).await;
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 20);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_written_now_and_then_keeps_a_connection() {
        let (near, mut far) = duplex(64);
        let mut watched = Watched::new(near, IDLE, STALLED);
        for _ in 0..10 {
            tokio::time::sleep(IDLE / 2).await;
            watched.write_all(b":\n\n").await.unwrap();
            far.read_exact(&mut [0; 3]).await.unwrap();
        }
    }
}
