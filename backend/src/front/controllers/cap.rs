//! The live advisories as CAP 1.2, for those who read that.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    entry::Entry,
    words::{Lang, Preference},
};

use crate::{
    cap::write::{Issuer, alert_xml, atom_xml, over_at},
    front::Front,
    http::{params::Segment, problem::ApiError},
};

impl Front {
    /// Alerts that have not expired, newest version of each; an ended one says so until it expires.
    async fn alerts(&self) -> Result<Vec<Entry>, ApiError> {
        let now = self.now();
        let live = self.inner.log.live().await?;
        let entries = live.into_iter().map(contract::jws::Verified::into_inner);
        Ok(entries.filter(|entry| over_at(entry).is_some_and(|over| now < over)).collect())
    }

    fn issuer(&self) -> Issuer<'_> {
        let settings = &self.inner.settings;
        let languages = Preference::new(Lang::En, &settings.languages);
        Issuer { sender: &settings.cap_sender, name: &settings.name, languages, demo: settings.demo }
    }
}

/// A feed of the live alerts.
#[utoipa::path(get, path = "/cap/atom.xml", tag = "cap",
    responses((status = 200, description = "Atom, each entry linking to its alert", body = String, content_type = "application/atom+xml")))]
pub async fn atom(State(front): State<Front>) -> Result<Response, ApiError> {
    let alerts = front.alerts().await?;
    xml("application/atom+xml", atom_xml(&alerts, &front.issuer(), front.now()))
}

/// One live alert.
#[utoipa::path(get, path = "/cap/{file}", tag = "cap",
    params(("file" = String, Path, description = "`{entry id}.xml`")),
    responses((status = 200, description = "CAP 1.2", body = String, content_type = "application/cap+xml"),
        (status = 404, description = "No live alert has that id", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn alert(State(front): State<Front>, Segment(file): Segment) -> Result<Response, ApiError> {
    let id = file.strip_suffix(".xml").ok_or_else(ApiError::not_found)?;
    let alerts = front.alerts().await?;
    let entry = alerts.iter().find(|entry| entry.id.as_str() == id).ok_or_else(ApiError::not_found)?;
    let before = front.inner.log.version_before(entry.id.clone(), entry.version).await?;
    let written = alert_xml(entry, before.as_deref(), &front.issuer());
    xml("application/cap+xml", written.and_then(|alert| alert.ok_or(std::io::ErrorKind::InvalidData.into())))
}

fn xml(content_type: &'static str, document: std::io::Result<Vec<u8>>) -> Result<Response, ApiError> {
    let document = document.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an alert could not be written");
        ApiError::internal()
    })?;
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "public, no-cache")];
    Ok((StatusCode::OK, headers, document).into_response())
}
