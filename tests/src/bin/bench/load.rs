//! A front under load, each figure beside the peer that does the same.

use std::{
    net::Ipv4Addr,
    path::Path,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{
    ids::TripId,
    record::{PlainLeg, Trip},
    seal::Sealed,
};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, rngs::ThreadRng};
use testkit::Device;
use tests::{Result, ministry::Ministry, now};
use tokio::task::JoinSet;

use super::{client::Client, peers};

const CLIENTS: [usize; 4] = [1, 16, 64, 256];
const LASTS: Duration = Duration::from_secs(5);
const RUNS: usize = 5;
/// One device has a quota of trips; who has used it up is another traveller from then on.
const OF_ONE_DEVICE: usize = 150;
/// Trips under a headcount: with twenty legs each, a million.
const COUNTED: usize = 50_000;
/// How many register at once where a register is only to be filled.
const FILLING: usize = 64;
/// Bytes of a sealed form: the encapsulated key, the form padded to whole KiB, the tag.
const SEALED: usize = 32 + 1024 + 16;

pub async fn figures() -> Result {
    let folder = tempfile::tempdir_in(tests::words::at_root("target"))?;
    told("registrations", registrations(folder.path()).await);
    for legs in [2, 20] {
        told("headcount", headcount(&folder.path().join(format!("counted-{legs}")), COUNTED, legs).await);
    }
    told("GET head", head(folder.path()).await);
    Ok(())
}

/// A figure that cannot be had says why, and the others follow.
fn told(what: &str, measured: Result) {
    if let Err(error) = measured {
        println!("{what}: not measured: {error}");
    }
}

/// Trips acknowledged after they are durable, beside the same rows inserted by pgbench, one commit each.
async fn registrations(folder: &Path) -> Result {
    let mut ministry = served(&folder.join("registrations")).await?;
    let body = body(2)?;
    let postgres = peers::Postgres::start(folder, &body).await;
    if let Err(missing) = &postgres {
        println!("registrations: no PostgreSQL to stand beside: {missing}");
    }
    for clients in CLIENTS {
        let registered = register(&ministry.url(), clients, &body, |_, ran| ran < LASTS).await;
        let (trips, took) = registered.map_err(|error| format!("{clients} clients: {error}"))?;
        let ours = trips as f64 / took.as_secs_f64();
        let peer = match &postgres {
            Ok(postgres) => postgres.inserts_a_second(clients, LASTS).await.map_err(|error| error.to_string()),
            Err(missing) => Err(missing.to_string()),
        };
        match peer {
            Ok(theirs) => println!(
                "registrations, {clients} clients: {ours:.0}/s; pgbench, the same rows: {theirs:.0}/s; ratio {:.2}",
                ours / theirs
            ),
            Err(missing) => println!("registrations, {clients} clients: {ours:.0}/s (pgbench: {missing})"),
        }
    }
    ministry.stop().await
}

async fn headcount(folder: &Path, trips: usize, legs: u8) -> Result {
    let mut ministry = served(folder).await?;
    let body = body(legs)?;
    register(&ministry.url(), FILLING, &body, move |done, _| done * FILLING < trips).await?;
    let mut took = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        ministry.headcount(("country", "AE"), now()).await?;
        took.push(started.elapsed());
    }
    took.sort();
    let all = trips * usize::from(legs);
    println!("headcount over {trips} trips, {all} legs: {:.0?}, the command's own start in it", took[RUNS / 2]);
    ministry.stop().await
}

/// `GET head` by many clients at once, beside the same bytes as a file of nginx.
async fn head(folder: &Path) -> Result {
    const PATH: &str = "/v1/bulletin/head";
    let mut ministry = served(&folder.join("head")).await?;
    let bytes = Client::connect(&ministry.url()).await?.get(PATH).await?;
    let ours = gets_a_second(&ministry.url(), PATH).await?;
    let nginx = async {
        let nginx = peers::Nginx::start(folder, PATH, &bytes).await?;
        gets_a_second(nginx.url(), PATH).await
    };
    match nginx.await {
        Ok(theirs) => println!("GET head: {ours:.0}/s; nginx, a file: {theirs:.0}/s; ratio {:.2}", ours / theirs),
        Err(missing) => println!("GET head: {ours:.0}/s (nginx: {missing})"),
    }
    ministry.stop().await
}

async fn served(folder: &Path) -> Result<Ministry> {
    std::fs::create_dir_all(folder)?;
    let mut ministry = Ministry::init(folder, "http://127.0.0.1:1").await?;
    // as it is run for travellers
    ministry.logs = "warn";
    ministry.hops = 1;
    ministry.serve().await?;
    Ok(ministry)
}

/// Registers trips, each client one after another while `goes_on` says so of how many it has and for how long it ran;
/// gives how many were acknowledged, and in how long.
async fn register(
    url: &str,
    clients: usize,
    body: &str,
    goes_on: impl Fn(usize, Duration) -> bool + Copy + Send + 'static,
) -> Result<(usize, Duration)> {
    let mut ready = Vec::new();
    for _ in 0..clients {
        ready.push(Client::connect(url).await?);
    }
    let started = Instant::now();
    let mut running = JoinSet::new();
    for mut client in ready {
        let body = body.to_owned();
        running.spawn(async move {
            let (mut done, mut token) = (0, String::new());
            while goes_on(done, started.elapsed()) {
                if done % OF_ONE_DEVICE == 0 {
                    token = device(&mut client).await?;
                }
                let id = random(TripId::random);
                client.put(&format!("/v1/trips/{id}"), &token, &body).await?;
                done += 1;
            }
            Result::<usize>::Ok(done)
        });
    }
    let mut all = 0;
    while let Some(done) = running.join_next().await {
        all += done??;
    }
    Ok((all, started.elapsed()))
}

/// A new device at an address of its own; gives its token.
async fn device(client: &mut Client) -> Result<String> {
    client.address = Ipv4Addr::from_bits(random(|rng| rng.next_u32()));
    let device = random(Device::new);
    client.put(&format!("/v1/devices/{}", device.id), &device.token, &serde_json::to_string(&device.record())?).await?;
    Ok(device.token)
}

#[expect(clippy::disallowed_methods, reason = "ids are as random as an app's")]
fn random<T>(make: impl FnOnce(&mut ThreadRng) -> T) -> T {
    make(&mut rand::rng())
}

async fn gets_a_second(url: &str, path: &'static str) -> Result<f64> {
    let mut running = JoinSet::new();
    let started = Instant::now();
    let until = started + LASTS;
    for _ in 0..CLIENTS[1] {
        let mut client = Client::connect(url).await?;
        running.spawn(async move {
            let mut done = 0_usize;
            while Instant::now() < until {
                client.get(path).await?;
                done += 1;
            }
            Result::<usize>::Ok(done)
        });
    }
    let mut all = 0;
    while let Some(done) = running.join_next().await {
        all += done??;
    }
    Ok(all as f64 / started.elapsed().as_secs_f64())
}

/// A trip of so many legs, in Doha and in the Emirates in turn, on both sides of now and in the Emirates now.
fn body(legs: u8) -> Result<String> {
    let current = (legs / 2) | 1;
    let begin = now() - SignedDuration::from_hours(24 * i64::from(current) + 1);
    let at = |leg: u8| -> Timestamp { begin + SignedDuration::from_hours(24 * i64::from(leg)) };
    let leg = |leg: u8| -> Result<PlainLeg> {
        let (country, airport) = if leg.is_multiple_of(2) { ("QA", Some("DOH".parse()?)) } else { ("AE", None) };
        let country = country.parse()?;
        Ok(PlainLeg { country, airport, from: at(leg), until: Some(at(leg + 1)) })
    };
    // nothing in it can be compressed, as in what is sealed
    let ciphertext = URL_SAFE_NO_PAD.encode(random(|rng| {
        let mut bytes = [0; SEALED];
        rng.fill_bytes(&mut bytes);
        bytes
    }));
    let sealed = Sealed { key_id: "consular-1".parse()?, ciphertext };
    let legs = (0..legs).map(leg).collect::<Result<_>>()?;
    Ok(serde_json::to_string(&Trip { version: 1, people: 3, legs, sealed, sealed_to_owner: None, paper: None })?)
}
