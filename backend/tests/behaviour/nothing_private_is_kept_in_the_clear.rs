use contract::ids::{CheckInId, TripId};
use jiff::Timestamp;
use serde_json::json;

use crate::support::{App, Ministry};

/// Every byte under the front's folder: database, write-ahead log, log file.
fn everything(ministry: &Ministry) -> Vec<u8> {
    let folders = [ministry.outside.path().to_owned(), ministry.outside.path().join("front")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn no_name_phone_hotel_or_token_is_in_the_fronts_database_or_logs() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = TripId::random(&mut rand::rng());
    app.put(&served, &format!("/v1/trips/{id}"), &json!(app.trip(id, 1, Timestamp::now()))).await;
    let place = json!({ "version": 1, "people": { "safe": 3 }, "country": "AE", "at": Timestamp::now() });
    app.put(&served, &format!("/v1/check-ins/{}", CheckInId::random(&mut rand::rng())), &place).await;
    ministry.headcount(&served.inside, &["--country", "AE"], Timestamp::now(), &[]);

    let all = everything(&ministry);
    assert!(holds(&all, &id.to_string()), "the search finds what is there");
    let credential = ministry.credential();
    for private in ["Айгүл", "Серікқызы", "77010000001", "Desert Pearl", &app.token, &credential] {
        assert!(!holds(&all, private), "{private}");
    }
    let log = std::fs::read(&served.log).unwrap();
    assert!(holds(&log, "/v1/trips/{id}"), "the log names routes");
    for private in [id.to_string(), app.id.to_string(), "AE".to_owned(), "country=".to_owned()] {
        assert!(!holds(&log, &private), "{private}");
    }
}
