//! What the desk does by itself: it reads the register as it changes, makes cases, posts letters, signs watermarks.

use std::time::Duration;

use contract::record::Posted;
use rand::{Rng, RngExt, rngs::StdRng};

use super::{
    Desk,
    audit::{self, Deed},
    casework::{CaseworkError, waking::is_alarm},
    folder::FolderError,
    front_client::{FrontClient, PostError, Since},
    office::{Carried, Office, Rooms},
    post::PostingError,
    watermark::WatermarkError,
};
use crate::causes::chain;

/// How often the register is asked for what is new.
const ASK: Duration = Duration::from_secs(2);
/// The longest wait for a front that does not answer: half of it at least.
const LONGEST: Duration = Duration::from_secs(60);
/// Watermarks live for a day, and are signed anew four times in it.
const WATERMARK: Duration = Duration::from_secs(6 * 60 * 60);
/// When one that could not be signed, or not be handed over, is tried again.
const WATERMARK_AGAIN: Duration = Duration::from_secs(60);
/// How many letters are posted at once, and how many of those that wait are looked at.
const LETTERS: usize = 32;
const WAITING: usize = 1000;
/// How often it is looked for what was kept long enough.
const KEEPING: Duration = Duration::from_secs(24 * 60 * 60);
/// When it is looked again after a failure.
const KEEPING_AGAIN: Duration = Duration::from_secs(10 * 60);
/// How often the count is kept.
const COUNTS: Duration = Duration::from_secs(15 * 60);
/// How often it is looked for lives that nobody has taken.
const WAKING: Duration = Duration::from_secs(2);
/// How often the audit file is followed from its first line on.
const AUDIT: Duration = Duration::from_secs(10 * 60);

#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    #[error(transparent)]
    Front(#[from] PostError),
    #[error(transparent)]
    Casework(#[from] CaseworkError),
}

#[derive(Debug, thiserror::Error)]
enum ConfirmError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Posting(#[from] PostingError),
    #[error(transparent)]
    Watermark(#[from] WatermarkError),
}

/// The front, by the credential that reads and by the one that writes.
pub struct Front {
    pub reading: FrontClient,
    pub posting: FrontClient,
}

/// Follows the register until the desk stops. A front that is away is asked again, less and less often, and at no
/// moment that others choose too.
pub async fn follow(office: Office, front: Front, mut rng: StdRng) {
    let mut failures = 0_u32;
    // what was read before the last stop may not be in any case yet
    let mut folded = None;
    let mut letters_wait = false;
    loop {
        let wait = match catch_up(&office, &front, &mut folded).await {
            Ok(()) => {
                if failures > 0 {
                    tracing::info!("the front answers again");
                }
                failures = 0;
                office.front_answers(office.now());
                // a letter that cannot be posted holds up nobody who cries
                let written = write_letters(&office, &front).await;
                if let Err(error) = &written
                    && !letters_wait
                {
                    tracing::warn!("letters wait: {}", chain(error));
                }
                letters_wait = written.is_err();
                ASK
            }
            Err(error) => {
                if failures == 0 {
                    tracing::warn!("{}", chain(&error));
                }
                failures = failures.saturating_add(1);
                if let FollowError::Front(_) = error {
                    office.front_is_away(office.now());
                }
                jittered(ASK, failures, &mut rng)
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = office.stopped() => return,
        }
    }
}

/// Twice as long after each failure, of which a random part is waited.
pub fn jittered(first: Duration, failures: u32, rng: &mut impl Rng) -> Duration {
    let longest = first.saturating_mul(1_u32.checked_shl(failures).unwrap_or(u32::MAX)).min(LONGEST);
    longest.mul_f64(rng.random_range(0.5..=1.0))
}

/// Everything that is new: records in, cases made. `folded` is how far what was read is in cases: another command of the
/// desk may have read more.
async fn catch_up(office: &Office, front: &Front, folded: &mut Option<Since>) -> Result<(), FollowError> {
    loop {
        let since = office.work(|rooms| Ok(rooms.mirror.since()?)).await?;
        let Some(page) = front.reading.records(since).await? else {
            office.work(|rooms| Ok(rooms.mirror.begin_anew()?)).await?;
            continue;
        };
        let more = page.more;
        office.work(move |rooms| Ok(rooms.mirror.take(&page)?)).await?;
        if !more {
            break;
        }
    }
    let read = office.work(|rooms| Ok(rooms.mirror.since()?)).await?;
    if read != *folded {
        // a word that came by SMS before is the same one; a key that cannot be had holds up nobody who cries
        if let Err(error) = fetch_keys(office, &front.reading, true).await {
            tracing::warn!("a word by SMS is not proven yet: {}", chain(&error));
        }
        fold(office).await?;
        erase_the_erased(office).await?;
        *folded = read;
    }
    Ok(())
}

/// Letters go out to those whose keys are known; the other keys are fetched first.
async fn write_letters(office: &Office, front: &Front) -> Result<(), FollowError> {
    if fetch_keys(office, &front.reading, false).await? {
        fold(office).await?;
    }
    seal_mailings(office).await?;
    tell_the_untold(office).await?;
    post(office, &front.posting).await
}

async fn fold(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    office
        .work(move |rooms| {
            if !rooms.mirror.is_whole()? {
                return Ok(());
            }
            let keys = rooms.consular()?;
            let Rooms { casework, mirror, folder, .. } = rooms;
            casework.change(|change| {
                let mut deeds = change.fold(mirror, &keys, now)?;
                deeds.extend(change.hear(mirror, &keys, now)?);
                // on the disk before anybody sees what was opened
                Ok(audit::leave(&folder.audit(), &deeds)?)
            })
        })
        .await
}

/// Whoever erased everything is gone from here too.
async fn erase_the_erased(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    office
        .work(move |rooms| {
            let erased = rooms.mirror.erased()?;
            if erased.is_empty() {
                return Ok(());
            }
            let keys = rooms.consular()?;
            let Rooms { casework, mirror, folder, .. } = rooms;
            casework.change(|change| {
                let deeds = change.erase(&erased, mirror, &keys, now)?;
                Ok(audit::leave(&folder.audit(), &deeds)?)
            })?;
            casework.clear_log()?;
            Ok(mirror.erased_is_done(&erased)?)
        })
        .await
}

/// Whether words that came by SMS are proven by them.
async fn fetch_keys(office: &Office, front: &FrontClient, of_sms_alone: bool) -> Result<bool, FollowError> {
    let wanted = office.work(move |rooms| {
        let mut known = Vec::new();
        for device in rooms.casework.reading().devices_without_key(of_sms_alone)? {
            // of whom all came by SMS the front knows nothing
            if rooms.mirror.knows(device)? {
                known.push(device);
            }
        }
        Ok(known)
    });
    let mut has_proven = false;
    let now = office.now();
    for device in wanted.await? {
        let Some(found) = front.device(device).await? else { continue };
        let proven = office.work(move |rooms| {
            let gateways = rooms.gateways()?;
            let Rooms { casework, folder, .. } = rooms;
            casework.write(|change| {
                change.keep_device_key(device, &found.public_key)?;
                let proven = change.prove_sms(device, &gateways)?;
                let deeds: Vec<Deed> = proven.into_iter().map(|id| Deed::of_proven_sms(now, device, id)).collect();
                audit::leave(&folder.audit(), &deeds)?;
                Ok(!deeds.is_empty())
            })
        });
        has_proven |= proven.await?;
    }
    Ok(has_proven)
}

/// What goes to many is sealed to each as their keys become known: some now, the others when it was looked for cries again.
async fn seal_mailings(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    office
        .work(move |rooms| {
            if !rooms.casework.reading().mailings_wait()? {
                return Ok(());
            }
            let pen = rooms.pen()?;
            rooms.casework.write(|change| change.seal_mailings(&pen, now)).map(drop)
        })
        .await
}

/// Whose case moved to their new phone, or whose key came late, sees how it stands.
async fn tell_the_untold(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    office
        .work(move |rooms| {
            if rooms.casework.reading().untold()?.is_empty() {
                return Ok(());
            }
            let pen = rooms.pen()?;
            rooms.casework.write(|change| change.tell_the_untold(&pen, now))
        })
        .await
}

/// Posts what waits. A letter that the front refuses holds up no other one.
async fn post(office: &Office, front: &FrontClient) -> Result<(), FollowError> {
    let letters = office.work(|rooms| rooms.casework.reading().waiting_letters(WAITING)).await?;
    for some in letters.chunks(LETTERS) {
        match front.post_letters(some).await {
            Ok(posted) => note(office, posted).await?,
            Err(PostError::Refused { .. }) => {
                for letter in some {
                    match front.post_letters(std::slice::from_ref(letter)).await {
                        Ok(posted) => note(office, posted).await?,
                        // a key that the front does not know yet: it is tried again
                        Err(error @ PostError::Refused { .. }) => {
                            tracing::warn!("letter {} waits: {}", letter.id, chain(&error));
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn note(office: &Office, posted: Posted) -> Result<(), CaseworkError> {
    if posted.accepted.is_empty() && posted.unknown.is_empty() {
        return Ok(());
    }
    office.work(move |rooms| rooms.casework.change(|change| change.posted(&posted))).await
}

/// At the start, and each day, what could not be read or proven is tried again, and what was kept long enough goes.
pub async fn keep_no_longer(office: Office, front: FrontClient) {
    loop {
        // a cry that waits for a key waits for no front, no clock and no days
        if let Err(error) = try_sms_again(&office).await {
            tracing::warn!("what came by SMS was not tried again: {}", chain(&error));
        }
        let wait = match keep_once(&office, &front).await {
            Ok(Kept::Cases(0)) => KEEPING,
            Ok(Kept::Cases(cases)) => {
                tracing::info!(cases, "closed cases were kept long enough");
                KEEPING
            }
            Ok(Kept::NoDays) => {
                tracing::warn!("nothing is taken from closed cases: settings.json of the desk says no `retention`");
                KEEPING
            }
            Ok(Kept::ClockUnsure) => {
                tracing::warn!("nothing is taken from closed cases: the clock leapt, or is not the front's");
                KEEPING
            }
            Err(error) => {
                tracing::warn!("nothing more was taken from closed cases: {}", chain(&error));
                KEEPING_AGAIN
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = office.stopped() => return,
        }
    }
}

/// What came by SMS and could not be read or proven: its key may be back.
async fn try_sms_again(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    office
        .work(move |rooms| {
            let (keys, gateways) = (rooms.consular()?, rooms.gateways()?);
            let Rooms { casework, mirror, folder, .. } = rooms;
            casework.change(|change| {
                let proven = change.prove_all_sms(&gateways)?.into_iter();
                let taken = change.read_unread(&gateways, mirror, now)?.into_iter().filter_map(|sms| sms.word);
                let deeds = proven
                    .map(|(device, id)| Deed::of_proven_sms(now, device, id))
                    .chain(taken.map(|(device, id)| Deed::of_sms(now, device, id)));
                change.fold_sms(deeds.collect(), mirror, &keys, &folder.audit(), now)
            })
        })
        .await
}

/// What came of it.
enum Kept {
    Cases(usize),
    /// Nobody said how long.
    NoDays,
    ClockUnsure,
}

async fn keep_once(office: &Office, front: &FrontClient) -> Result<Kept, FollowError> {
    let there = front.time().await?;
    let now = office.now();
    let look = move |rooms: &mut Rooms| {
        let sure = rooms.casework.write(|change| change.is_sure_of_the_time(there, now))?;
        Ok((sure, rooms.folder.settings()?.retention))
    };
    let (sure, retention) = office.work(look).await?;
    let Some(retention) = retention else { return Ok(Kept::NoDays) };
    if !sure {
        return Ok(Kept::ClockUnsure);
    }
    let mut cases = 0;
    loop {
        let piece = office.work(move |rooms| {
            let Rooms { casework, folder, .. } = rooms;
            casework.change(|change| {
                let deeds = change.keep_no_longer(&retention, now)?;
                audit::leave(&folder.audit(), &deeds)?;
                Ok(deeds.len())
            })
        });
        match piece.await? {
            0 => break,
            some => cases += some,
        }
    }
    let forget = |rooms: &mut Rooms| {
        rooms.casework.write(|change| change.forget_sources(&rooms.mirror))?;
        rooms.casework.clear_log()
    };
    office.work(forget).await?;
    Ok(Kept::Cases(cases))
}

/// Each quarter of an hour the count is kept, where it changed: later it is asked how many were known when.
pub async fn keep_counts(office: Office) {
    loop {
        let kept = async {
            let (counted, now) = (office.counted().await?, office.now());
            office.work(move |rooms| rooms.casework.write(|change| change.keep_count(&counted, None, now))).await
        };
        if let Err(error) = kept.await {
            tracing::warn!("the count was not kept: {}", chain(&error));
        }
        tokio::select! {
            () = tokio::time::sleep(COUNTS) => {}
            () = office.stopped() => return,
        }
    }
}

/// Wakes whoever is to be woken. It needs no front.
pub async fn wake(office: Office) {
    loop {
        if let Err(error) = wake_once(&office).await {
            tracing::error!("nobody was woken: {}", chain(&error));
        }
        tokio::select! {
            () = tokio::time::sleep(WAKING) => {}
            () = office.stopped() => return,
        }
    }
}

async fn wake_once(office: &Office) -> Result<(), CaseworkError> {
    let now = office.now();
    let pushes = office.is_carried(Carried::Pushes, now);
    office
        .work(move |rooms| {
            let standing = rooms.standing()?;
            let lives = standing.cases.cases.iter().filter(|case| is_alarm(case)).map(|case| case.number).collect();
            let after = rooms.folder.settings()?.wakes_after;
            if !rooms.casework.reading().is_waking_due(&lives, after, now)? {
                return Ok(());
            }
            let deeds = rooms.casework.change(|change| change.wake(&lives, after, pushes, now))?;
            // nothing is opened by it: a full disk lets nobody sleep
            rooms.audit(&deeds)
        })
        .await
}

/// Follows the audit file now and then: every board says whether it is whole.
pub async fn follow_audit(office: Office) {
    loop {
        let path = office.folder().audit();
        let verified = tokio::task::spawn_blocking(move || !path.exists() || audit::verify(&path).is_ok()).await;
        match verified {
            Ok(whole) => {
                if !whole {
                    tracing::error!("the audit file is not whole: `ministry audit verify` says where");
                }
                office.set_audit_whole(whole);
            }
            Err(error) => tracing::error!(%error, "the audit file was not followed"),
        }
        tokio::select! {
            () = tokio::time::sleep(AUDIT) => {}
            () = office.stopped() => return,
        }
    }
}

/// Signs watermarks on time, and posts what officers signed and the front lacks. Another command may be at work on the
/// keys: then a little later.
pub async fn confirm(office: Office, front: FrontClient, mut rng: StdRng) {
    let mut failures = 0_u32;
    loop {
        let wait = match confirm_once(&office, &front).await {
            Ok(()) => {
                failures = 0;
                WATERMARK
            }
            Err(error) => {
                tracing::warn!("no watermark: {}", chain(&error));
                failures = failures.saturating_add(1);
                jittered(WATERMARK_AGAIN, failures.min(4), &mut rng).max(WATERMARK_AGAIN / 2)
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = office.stopped() => return,
        }
    }
}

async fn confirm_once(office: &Office, front: &FrontClient) -> Result<(), ConfirmError> {
    let mut desk = Desk::open(office.folder())?;
    desk.agree(front).await?;
    desk.post(front, |_| Ok(())).await?;
    let position = desk.post_watermark(front, office.now(), true).await?;
    tracing::info!(seq = position.seq, "confirmed");
    Ok(())
}
