//! Where nobody knows when they leave, the ministry counts the traveller until another trip of theirs begins.

use contract::{ids::TripId, record::Trip};

use testkit::at;

use super::*;
use crate::{
    testing::{of_others, stay, trip},
    view::trips::Phase,
};

#[tokio::test(start_paused = true)]
async fn whoever_goes_on_from_where_they_had_no_end_is_counted_where_they_are() {
    let device = Device::behind(takes_all(), NOW);
    device.catch_up();
    let session = device.session();
    let ends = |id: TripId| {
        let sent = session.left().unwrap().sent.into_iter().find(|item| item.id == id.to_string()).unwrap();
        let record: Trip = serde_json::from_str(&sent.body.unwrap()).unwrap();
        record.legs.last().unwrap().until
    };
    let stuck = session.stuck_at("DOH", true, Some(1), None, &[]).unwrap();
    drain_all(&device).await;
    assert_eq!(ends(stuck), None);
    let later = session.save_trip(None, &trip(vec![stay("TR", None, "2026-04-05", "2026-04-08")])).unwrap();
    drain_all(&device).await;
    let begins = at("2026-04-04T21:00:00Z");
    assert_eq!(ends(stuck), Some(begins));
    let view = device.view();
    assert_eq!((view.trips[0].ends_with, view.trips[0].legs[0].open), (Some(later), true), "it may be told");
    device.pass_to("2026-04-06T12:00:00Z");
    let view = device.view();
    assert_eq!(view.here.unwrap().trip, Some(later));
    let of = |id| view.trips.iter().find(|trip| trip.id == id).unwrap();
    assert_eq!((of(stuck).phase, of(stuck).legs[0].open, of(stuck).legs[0].until), (Phase::Past, false, begins));
    // who it is that is there can be put right all the same
    session.save_trip(Some(stuck), &session.trip_draft(stuck).unwrap()).unwrap();
    session.delete_trip(later).unwrap();
    drain_all(&device).await;
    assert_eq!(ends(stuck), None, "they are there again");
    session.save_trip(None, &of_others(trip(vec![stay("TR", None, "2026-04-05", "2026-04-09")]))).unwrap();
    drain_all(&device).await;
    assert_eq!(ends(stuck), None, "others went, and not they");
}
