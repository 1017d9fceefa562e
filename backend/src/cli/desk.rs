use contract::hash::Hash;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use rand::{CryptoRng, SeedableRng, rngs::StdRng};
use tokio::net::TcpListener;
use zeroize::Zeroizing;

use super::{CliError, Data, inside::Inside, say, stop};
use crate::{
    Clock,
    desk::{
        casework::{Casework, Hold, closed::StoreKey},
        folder::{Credential, DeskFolder},
        follow::{Front, confirm, follow, follow_audit, keep_counts, keep_no_longer, wake},
        lease::Lease,
        mirror::Mirror,
        office::Office,
    },
    files,
    officers::{Credentials, House, origin::Origin},
    push::vapid::VapidKey,
};

/// A passphrase in the place of `store.key`.
const PASSPHRASE: &str = "MINISTRY_DESK_PASSPHRASE";

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    inside: Inside,
    /// Where officers' consoles ask; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8789))]
    listen: SocketAddr,
    /// As officers open the console, https://HOST; where nothing is said, http://localhost with the port.
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Only reads: beside a desk that writes.
    #[arg(long)]
    standby: bool,
}

pub async fn run(args: Args, clock: Clock, rng: &mut impl CryptoRng) -> Result<(), CliError> {
    let folder = DeskFolder::existing(&args.data.data)?;
    let lease = if args.standby { None } else { Some(Lease::take(&folder.lease())?) };
    let hold = lease.as_ref().map_or(Hold::Standby, |lease| Hold::Lease(lease.fence));
    let casework = casework(&folder, hold, rng)?;
    let office = Office::new(folder.clone(), casework, Mirror::open(&folder.records())?, clock);
    let listener = TcpListener::bind(args.listen).await.map_err(|error| CliError::Bind(args.listen, error))?;
    let address = listener.local_addr()?;
    let origin = args.origin.unwrap_or_else(|| format!("http://localhost:{}", address.port()));
    let mut hash = |path: PathBuf| Ok::<_, CliError>(Hash::of(credential(&path, rng)?.as_bytes()));
    let credentials = Credentials { sms: hash(folder.sms_credential())?, push: hash(folder.push_credential())? };
    let push_key = VapidKey::of_file(&folder.push_key(), rng)?;
    let house = House::new(office.clone(), Origin::read(&origin)?, credentials, push_key)?;
    for kid in folder.lost_gateways(&*folder.newest_keys()?) {
        tracing::error!("the key {kid} is not here: SMS that are sealed to it are kept closed until it is put back");
    }
    let asked = stop::asked()?;
    say(&format!("desk on http://{address}, open {origin}"))?;
    let mut tasks = vec![tokio::spawn(follow_audit(office.clone()))];
    if lease.is_some() {
        let (reading, posting) =
            (args.inside.front(&folder, Credential::Read)?, args.inside.front(&folder, Credential::Publish)?);
        tasks.push(tokio::spawn(follow(office.clone(), Front { reading, posting }, StdRng::from_rng(rng))));
        let front = args.inside.front(&folder, Credential::Publish)?;
        let reading = args.inside.front(&folder, Credential::Read)?;
        tasks.push(tokio::spawn(keep_no_longer(office.clone(), reading)));
        tasks.push(tokio::spawn(keep_counts(office.clone())));
        tasks.push(tokio::spawn(wake(office.clone())));
        tasks.push(tokio::spawn(confirm(office.clone(), front, StdRng::from_rng(rng))));
    }
    let stopping = office.clone();
    let stop = tokio::spawn(async move {
        asked.await;
        stopping.stop();
    });
    house.serve(listener).await?;
    // what is under way is finished: a letter is posted whole, a watermark handed over
    for task in tasks {
        task.await.map_err(std::io::Error::other)?;
    }
    stop.abort();
    Ok(())
}

/// What whoever carries something out says; a ministry from before there were any gets one.
fn credential(path: &Path, rng: &mut impl CryptoRng) -> Result<Zeroizing<String>, CliError> {
    files::kept_secret(path, rng)?;
    Ok(files::read_credential(path)?)
}

/// The desk's database, opened as `hold` says.
pub fn casework(folder: &DeskFolder, hold: Hold, rng: &mut impl CryptoRng) -> Result<Casework, CliError> {
    let key = store_key(folder, rng)?;
    Ok(Casework::open(&folder.desk_db(), key, hold, StdRng::from_rng(rng))?)
}

/// The key that closes what is about people: of a passphrase where the environment has one, else of its file.
fn store_key(folder: &DeskFolder, rng: &mut impl CryptoRng) -> Result<StoreKey, CliError> {
    let key = match std::env::var(PASSPHRASE) {
        Ok(passphrase) => StoreKey::of_passphrase(&passphrase, &folder.store_salt(), rng)?,
        Err(_) => StoreKey::of_file(&folder.store_key(), rng)?,
    };
    Ok(key)
}
