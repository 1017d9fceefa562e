//! The live advisories as CAP 1.2, for those who read that.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::entry::{Body, Entry, advisory::Advisory};

use crate::{
    cap::write::{Issuer, alert_xml, atom_xml},
    front::Front,
    http::{params::Segment, problem::ApiError},
};

impl Front {
    /// Advisories that have not expired, newest version of each; a cancelled one says so until it expires.
    async fn advisories(&self) -> Result<Vec<Entry>, ApiError> {
        let now = self.now();
        let live = self.inner.log.live().await?;
        let entries = live.into_iter().map(contract::jws::Verified::into_inner);
        Ok(entries.filter(|entry| advisory(entry).is_some_and(|advisory| now < advisory.expires)).collect())
    }

    fn issuer(&self) -> Issuer<'_> {
        let settings = &self.inner.settings;
        Issuer { sender: &settings.cap_sender, name: &settings.name, demo: settings.demo }
    }
}

fn advisory(entry: &Entry) -> Option<&Advisory> {
    match &entry.body {
        Body::Advisory(advisory) => Some(advisory),
        Body::RelayedAlert(_)
        | Body::RelayList(_)
        | Body::Level(_)
        | Body::Mission(_)
        | Body::Line(_)
        | Body::Chat(_)
        | Body::Topic(_)
        | Body::Unread(_) => None,
    }
}

/// A feed of the live advisories.
#[utoipa::path(get, path = "/cap/atom.xml", tag = "cap",
    responses((status = 200, description = "Atom, each entry linking to its alert", body = String, content_type = "application/atom+xml")))]
pub async fn atom(State(front): State<Front>) -> Result<Response, ApiError> {
    let entries = front.advisories().await?;
    let listed = entries.iter().filter_map(|entry| Some((entry, advisory(entry)?)));
    xml("application/atom+xml", atom_xml(listed, &front.issuer(), front.now()))
}

/// One live advisory.
#[utoipa::path(get, path = "/cap/{file}", tag = "cap",
    params(("file" = String, Path, description = "`{entry id}.xml`")),
    responses((status = 200, description = "CAP 1.2", body = String, content_type = "application/cap+xml"),
        (status = 404, description = "No live advisory has that id", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn alert(State(front): State<Front>, Segment(file): Segment) -> Result<Response, ApiError> {
    let id = file.strip_suffix(".xml").ok_or_else(ApiError::not_found)?;
    let entries = front.advisories().await?;
    let entry = entries.iter().find(|entry| entry.id.as_str() == id).ok_or_else(ApiError::not_found)?;
    let advisory = advisory(entry).ok_or_else(ApiError::not_found)?;
    let before = front.inner.log.version_before(entry.id.clone(), entry.version).await?;
    xml("application/cap+xml", alert_xml(entry, advisory, before.as_deref(), &front.issuer()))
}

fn xml(content_type: &'static str, document: std::io::Result<Vec<u8>>) -> Result<Response, ApiError> {
    let document = document.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an alert could not be written");
        ApiError::internal()
    })?;
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "public, no-cache")];
    Ok((StatusCode::OK, headers, document).into_response())
}
