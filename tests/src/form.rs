//! The trip form, filled in for a stay in one place.

use jiff::civil::Date;

use crate::{Result, app::App, plan::Plan};

/// Opens the form for a new trip and fills in one stay; nothing is saved yet.
pub async fn fill_in_stay(app: &App, typed: &str, name: &str, from: Date, until: Date) -> Result {
    app.press("tab-trips").await?;
    app.press("trip-new").await?;
    app.choose("leg-0-place", typed, name).await?;
    stay(app, 0, from, until).await
}

/// Types the days of a stay that has its place.
pub async fn stay(app: &App, leg: usize, from: Date, until: Date) -> Result {
    app.press(&format!("leg-{leg}-from-open")).await?;
    app.rewrite(&format!("leg-{leg}-from"), &Plan::typed(from)).await?;
    app.press(&format!("leg-{leg}-until-open")).await?;
    app.rewrite(&format!("leg-{leg}-until"), &Plan::typed(until)).await
}
