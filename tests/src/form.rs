//! The trip form, filled in for a stay in one place.

use jiff::civil::Date;

use crate::{Result, app::App, plan::Plan};

/// Opens the form for a new trip and fills in one stay; nothing is saved yet.
pub async fn fill_in_stay(app: &App, typed: &str, name: &str, from: Date, until: Date) -> Result {
    app.press("tab-trips").await?;
    app.press("trip-new").await?;
    app.press("leg-add-stay").await?;
    app.choose("leg-0-place", typed, name).await?;
    app.write("leg-0-from", &Plan::typed(from)).await?;
    app.write("leg-0-until", &Plan::typed(until)).await
}
