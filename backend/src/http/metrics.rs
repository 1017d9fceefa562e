//! Counts and times, in the text form that Prometheus reads.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// Seconds, from an answer out of memory to one that waits for the disk.
const BUCKETS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

pub struct Metrics {
    recorder: PrometheusRecorder,
    text: PrometheusHandle,
}

impl Metrics {
    /// # Errors
    /// The buckets are none.
    pub fn new() -> Result<Self, BuildError> {
        let recorder = PrometheusBuilder::new().set_buckets(&BUCKETS)?.build_recorder();
        let text = recorder.handle();
        Ok(Self { recorder, text })
    }

    pub fn published(&self, entries: u64) {
        with_local_recorder(&self.recorder, || counter!("ministry_published_total").increment(entries));
    }

    /// One stream more or less.
    pub fn streams(&self, more: f64) {
        with_local_recorder(&self.recorder, || gauge!("ministry_streams").increment(more));
    }

    fn answered(&self, method: &Method, route: &str, status: u16, begun: Instant) {
        let labels = [("method", method.to_string()), ("route", route.to_owned())];
        with_local_recorder(&self.recorder, || {
            histogram!("ministry_answer_seconds", &labels).record(begun.elapsed());
            counter!("ministry_answers_total", "status" => format!("{}xx", status / 100)).increment(1);
        });
    }

    pub fn exposition(&self, seq: u64) -> String {
        with_local_recorder(&self.recorder, || gauge!("ministry_bulletin_seq").set(seq as f64));
        self.text.render()
    }

    /// Folds what was measured into its buckets; where nobody asks for the text, this keeps it from growing.
    pub fn keep_small(&self) {
        self.text.run_upkeep();
    }
}

/// Counts and times answers, and logs the route, not the address: ids, places and tokens stay out.
pub async fn account(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let (route, status) = (route.as_deref().unwrap_or("none"), response.status().as_u16());
    metrics.answered(&method, route, status, begun);
    tracing::info!(%method, route, status, "answered");
    response
}
