//! A few counters, in the text form that Prometheus reads.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};

#[derive(Default)]
pub struct Metrics {
    answers: [AtomicU64; 5],
    pub published: AtomicU64,
    pub streams: AtomicU64,
}

impl Metrics {
    pub fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Relaxed);
        }
    }

    pub fn exposition(&self, seq: u64) -> String {
        let mut text = String::from("# TYPE ministry_answers_total counter\n");
        for (class, counter) in (1..).zip(&self.answers) {
            text += &format!("ministry_answers_total{{status=\"{class}xx\"}} {}\n", counter.load(Relaxed));
        }
        text += &format!(
            "# TYPE ministry_published_total counter\nministry_published_total {}\n\
             # TYPE ministry_streams gauge\nministry_streams {}\n\
             # TYPE ministry_bulletin_seq gauge\nministry_bulletin_seq {seq}\n",
            self.published.load(Relaxed),
            self.streams.load(Relaxed),
        );
        text
    }
}

/// Counts answers, and logs the route, not the address: ids, places and tokens stay out.
pub async fn account(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    metrics.answered(response.status());
    let route = route.as_deref().unwrap_or("none");
    tracing::info!(%method, route, status = response.status().as_u16(), "answered");
    response
}
