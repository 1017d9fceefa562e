//! The live advisories as CAP 1.2, for those who read that.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    entry::Entry,
    hash::Hash,
    words::{Lang, Preference},
};

use super::bulletin::is_known;
use crate::{
    cap::write::{Issuer, alert_xml, atom_xml, over_at},
    front::Front,
    http::{params::Segment, problem::ApiError},
};

/// The live alerts, and the head they were verified under.
pub struct LiveAlerts {
    head: Option<String>,
    entries: Arc<Vec<Entry>>,
}

impl Front {
    /// Alerts that have not expired, newest version of each; an ended one says so until it expires.
    async fn alerts(&self) -> Result<Vec<Entry>, ApiError> {
        let now = self.now();
        let live = self.verified_once_a_head().await?;
        Ok(live.iter().filter(|entry| over_at(entry).is_some_and(|over| now < over)).cloned().collect())
    }

    /// Whoever comes while they are verified waits for the same.
    async fn verified_once_a_head(&self) -> Result<Arc<Vec<Entry>>, ApiError> {
        let head = self.inner.log.head().map(|head| head.etag.clone());
        let mut held = self.inner.alerts.lock().await;
        if let Some(alerts) = held.as_ref().filter(|alerts| alerts.head == head) {
            return Ok(alerts.entries.clone());
        }
        let live = self.inner.log.live().await?;
        let entries = live.into_iter().map(contract::jws::Verified::into_inner);
        let entries = Arc::new(entries.filter(|entry| over_at(entry).is_some()).collect::<Vec<_>>());
        *held = Some(LiveAlerts { head, entries: entries.clone() });
        Ok(entries)
    }

    fn issuer(&self) -> Issuer<'_> {
        let settings = &self.inner.settings;
        let languages = Preference::new(Lang::En, &settings.languages);
        Issuer { sender: &settings.cap_sender, name: &settings.name, languages, demo: settings.demo }
    }
}

/// A feed of the live alerts.
#[utoipa::path(get, path = "/cap/atom.xml", tag = "cap",
    responses((status = 200, description = "Atom, each entry linking to its alert", body = String, content_type = "application/atom+xml"),
        (status = 304, description = "Nothing newer")))]
pub async fn atom(State(front): State<Front>, headers: HeaderMap) -> Result<Response, ApiError> {
    let alerts = front.alerts().await?;
    xml(&headers, "application/atom+xml", atom_xml(&alerts, &front.issuer(), front.now()))
}

/// One live alert.
#[utoipa::path(get, path = "/cap/{file}", tag = "cap",
    params(("file" = String, Path, description = "`{entry id}.xml`")),
    responses((status = 200, description = "CAP 1.2", body = String, content_type = "application/cap+xml"),
        (status = 304, description = "Nothing newer"),
        (status = 404, description = "No live alert has that id", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn alert(
    State(front): State<Front>,
    Segment(file): Segment,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = file.strip_suffix(".xml").ok_or_else(ApiError::not_found)?;
    let alerts = front.alerts().await?;
    let entry = alerts.iter().find(|entry| entry.id.as_str() == id).ok_or_else(ApiError::not_found)?;
    let before = front.inner.log.version_before(entry.id.clone(), entry.version).await?;
    let written = alert_xml(entry, before.as_deref(), &front.issuer());
    xml(&headers, "application/cap+xml", written.and_then(|alert| alert.ok_or(std::io::ErrorKind::InvalidData.into())))
}

fn xml(
    headers: &HeaderMap,
    content_type: &'static str,
    document: std::io::Result<Vec<u8>>,
) -> Result<Response, ApiError> {
    let document = document.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an alert could not be written");
        ApiError::internal()
    })?;
    let etag = format!("\"{}\"", Hash::of(&document));
    let caching = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "public, no-cache".to_owned())];
    if is_known(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, content_type)], document).into_response())
}
