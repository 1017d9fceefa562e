//! What the UI can ask for. Each is a few lines: `companion` does the work.

use std::{borrow::Cow, sync::Arc};

use companion::{
    BeingSaid, ChosenPlace, CodedSms, Companion, Details, Form, MessageDraft, PartyAct, Typed, Whom,
    consents::TextShown,
    error::{Failure, FailureCode},
    family::{self, FamilyText},
    import::{Proposed, Refusal},
    party::{Against, Listed, Refusal as ListRefusal},
    places::{self, CountryName, PickedPlace, PlaceAt},
    search::Hit,
    trips::{Overlap, Split, TripDraft},
    verify::{Answer, Printed},
    view::{
        View,
        areas::WarnedArea,
        check_ins::StatusCount,
        levels::LevelView,
        pages::{
            contacts::Contacts, country::CountryPage, left::LeftPage, messages::MessagesPage, paper::PaperPage,
            party::PartyPage, privacy::PrivacyPage, there::There,
        },
    },
};
use contract::{
    entry::topic::Topic,
    ids::{CallId, EntryId, MessageId, TripId},
    place::Position,
    record::{CallOutcome, CheckInStatus, Person},
    words::Lang,
};
use serde::{Deserialize, Serialize};
use tauri::{
    AppHandle, State, WebviewWindow, Wry,
    ipc::{Invoke, InvokeBody, Request},
};

use super::{
    platform::{self, Notices},
    save,
};

type App<'a> = State<'a, Arc<Companion>>;

macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// Every command, for the test that the UI knows each of them.
        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

commands! {
    view, contacts, levels, warned_areas, guidance, country, countries, look_up, airports_here, own_places, search, verify, import_read, place_at, choose_place, set_prefers_text, print_page, trip_save, trip_overlap,
    trip_draft, trip_delete, trip_cut_off, stay_longer, trip_split, trip_split_undo, trip_change_undo, paper, paper_make, paper_look, paper_see, paper_take, paper_save, trip_next, stuck_at, form_keep, form_kept, there, party, party_act, list_read, list_against, check_in, cry_for, need_is_over, undo_word, said_before, said_of_whom, say_more, coded_sms, messages, message_write, letters_seen, call_outcome, call_unasked, left, privacy, version, export_data, aside_save, aside_erase, erase, set_language, send_now, advisory_read, open_wifi_page,
    unlock, set_pin, lock_screen, look_away, set_discreet, notices, dismiss_refused, dismiss_mended, dismiss_voids, put_welcome_away, set_family_language, family_text, would_say, mail, qr, open_link,
}

#[tauri::command(async)]
fn view(app: App<'_>) -> Result<View, Failure> {
    app.view()
}

#[tauri::command(async)]
fn contacts(app: App<'_>) -> Result<Contacts, Failure> {
    app.contacts()
}

#[tauri::command(async)]
fn levels(app: App<'_>) -> Result<Vec<LevelView>, Failure> {
    app.levels()
}

#[tauri::command(async)]
fn warned_areas(app: App<'_>) -> Result<Vec<WarnedArea>, Failure> {
    app.warned_areas()
}

#[tauri::command(async)]
fn guidance(app: App<'_>) -> Result<Vec<Topic>, Failure> {
    app.topics()
}

#[tauri::command(async)]
fn country(app: App<'_>, code: &str) -> Result<CountryPage, Failure> {
    app.country_page(code.parse().map_err(|_| Failure::new(FailureCode::UnknownCountry))?)
}

#[tauri::command(async)]
fn countries() -> Vec<CountryName> {
    places::countries()
}

#[tauri::command(async)]
fn look_up(app: App<'_>, query: &str) -> Result<Vec<PickedPlace>, Failure> {
    app.look_up(query)
}

#[tauri::command(async)]
fn airports_here(app: App<'_>) -> Result<Vec<PickedPlace>, Failure> {
    app.airports_here()
}

#[tauri::command(async)]
fn own_places(app: App<'_>) -> Result<Vec<PickedPlace>, Failure> {
    app.own_places()
}

#[tauri::command(async)]
fn search(app: App<'_>, query: &str) -> Result<Vec<Hit>, Failure> {
    app.search(query)
}

#[tauri::command(async)]
fn verify(app: App<'_>, text: &str, printed: Vec<Printed>) -> Result<Answer, Failure> {
    app.verify(text, &printed)
}

/// On a thread of its own: looking at pictures takes seconds, in which nothing else may wait.
#[tauri::command]
async fn import_read(app: App<'_>, request: Request<'_>) -> Result<Proposed, Refusal> {
    let bytes = bytes_of(&request).ok_or(Refusal::Damaged)?.into_owned();
    let app = app.inner().clone();
    let read = move || app.import_read(&apart(&bytes).ok_or(Refusal::Damaged)?, &platform::reader());
    tauri::async_runtime::spawn_blocking(read).await.unwrap_or(Err(Refusal::TooHeavy))
}

#[tauri::command(async)]
fn list_read(app: App<'_>, request: Request<'_>) -> Result<Listed, ListRefusal> {
    app.read_list(&bytes_of(&request).ok_or(ListRefusal::Damaged)?)
}

/// Where a page's messages are text, bytes come as numbers.
fn bytes_of<'a>(request: &'a Request<'_>) -> Option<Cow<'a, [u8]>> {
    match request.body() {
        InvokeBody::Raw(bytes) => Some(Cow::Borrowed(bytes)),
        InvokeBody::Json(numbers) => Vec::deserialize(numbers).ok().map(Cow::Owned),
    }
}

/// Files one after another, each after its length in four bytes.
fn apart(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut files = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let (file, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        files.push(file);
        bytes = rest;
    }
    (bytes.is_empty() && !files.is_empty()).then_some(files)
}

#[tauri::command(async)]
fn there(app: App<'_>, id: TripId) -> Result<Vec<There>, Failure> {
    app.session()?.there(id)
}

#[tauri::command(async)]
fn party(app: App<'_>, id: TripId) -> Result<PartyPage, Failure> {
    app.session()?.party(id)
}

#[tauri::command(async)]
fn list_against(app: App<'_>, id: TripId, people: Vec<Person>) -> Result<Against, Failure> {
    app.session()?.against_list(id, people)
}

#[tauri::command(async)]
fn party_act(app: App<'_>, id: TripId, act: PartyAct) -> Result<(), Failure> {
    app.session()?.lead(id, act)
}

#[tauri::command(async)]
fn place_at(app: App<'_>, position: Position) -> PlaceAt {
    app.place_at(position)
}

#[tauri::command(async)]
fn choose_place(app: App<'_>, place: Option<ChosenPlace>) -> Result<(), Failure> {
    app.session()?.choose_place(place)
}

#[tauri::command(async)]
fn set_prefers_text(app: App<'_>, prefers: bool) -> Result<(), Failure> {
    app.session()?.set_prefers_text(prefers)
}

#[tauri::command]
fn print_page(window: WebviewWindow) -> Result<(), Failure> {
    if !platform::print(&window) {
        return Err(Failure::new(FailureCode::NotPrinted));
    }
    Ok(())
}

#[tauri::command(async)]
fn trip_save(
    app: App<'_>,
    id: Option<TripId>,
    draft: TripDraft,
    agreed: Option<Vec<TextShown>>,
) -> Result<TripId, Failure> {
    app.session()?.enter_trip(id, &draft, &agreed.unwrap_or_default())
}

#[tauri::command(async)]
fn trip_overlap(app: App<'_>, id: Option<TripId>, draft: TripDraft) -> Result<Option<Overlap>, Failure> {
    app.session()?.trip_overlap(id, &draft)
}

#[tauri::command(async)]
fn trip_draft(app: App<'_>, id: TripId) -> Result<TripDraft, Failure> {
    app.session()?.trip_draft(id)
}

#[tauri::command(async)]
fn trip_delete(app: App<'_>, id: TripId) -> Result<(), Failure> {
    app.session()?.delete_trip(id)
}

#[tauri::command(async)]
fn trip_cut_off(app: App<'_>, id: TripId) -> Result<(), Failure> {
    app.session()?.cut_off(id)
}

#[tauri::command(async)]
fn stay_longer(app: App<'_>, id: TripId, nights: u8) -> Result<(), Failure> {
    app.session()?.stay_longer(id, nights)
}

#[tauri::command(async)]
fn trip_split(app: App<'_>, id: TripId, who: Split) -> Result<TripId, Failure> {
    app.session()?.split(id, &who)
}

#[tauri::command(async)]
fn trip_split_undo(app: App<'_>, id: TripId) -> Result<(), Failure> {
    app.session()?.undo_split(id)
}

#[tauri::command(async)]
fn trip_change_undo(app: App<'_>, id: TripId) -> Result<(), Failure> {
    app.session()?.undo_change(id)
}

#[tauri::command(async)]
fn paper(app: App<'_>) -> Result<PaperPage, Failure> {
    app.session()?.paper()
}

#[tauri::command(async)]
fn paper_make(app: App<'_>) -> Result<Vec<String>, Failure> {
    app.session()?.make_paper()
}

#[tauri::command]
async fn paper_look(app: App<'_>, text: &str) -> Result<(), Failure> {
    app.session()?.look_for_paper(text).await
}

/// On a thread of its own, as pictures of tickets are.
#[tauri::command]
async fn paper_see(app: App<'_>, request: Request<'_>) -> Result<String, Failure> {
    let not_seen = || Failure::new(FailureCode::PaperNotSeen);
    let bytes = bytes_of(&request).ok_or_else(not_seen)?.into_owned();
    let session = app.session()?.clone();
    let seen = move || session.see_paper(&bytes, &platform::reader());
    tauri::async_runtime::spawn_blocking(seen).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a picture of a code was not looked at");
        Err(not_seen())
    })
}

#[tauri::command(async)]
fn paper_take(app: App<'_>) -> Result<Vec<TripId>, Failure> {
    app.session()?.take_over()
}

/// Writes the code with its words, as plain text.
#[tauri::command(async)]
fn paper_save(handle: AppHandle, app: App<'_>, text: &str) -> Result<String, Failure> {
    let name = app.session()?.paper_file()?;
    saved(&handle, &name, text.as_bytes())
}

/// Where a file that the traveller asked for stands now.
fn saved(handle: &AppHandle, name: &str, bytes: &[u8]) -> Result<String, Failure> {
    let path = save::save(handle, name, bytes).map_err(|error| {
        tracing::error!(%error, "a file that was asked for was not written");
        Failure::new(FailureCode::NotSaved)
    })?;
    Ok(path.display().to_string())
}

#[tauri::command(async)]
fn trip_next(app: App<'_>) -> Result<TripDraft, Failure> {
    app.session()?.next_trip()
}

#[tauri::command(async)]
fn stuck_at(
    app: App<'_>,
    airport: &str,
    airside: bool,
    people: Option<u16>,
    phone: Option<&str>,
    agreed: Option<Vec<TextShown>>,
) -> Result<TripId, Failure> {
    app.session()?.stuck_at(airport, airside, people, phone, &agreed.unwrap_or_default())
}

#[tauri::command(async)]
fn form_keep(app: App<'_>, form: Form, sheet: u32, content: Option<&str>) -> Result<(), Failure> {
    app.session()?.keep_form(form, sheet, content)
}

#[tauri::command(async)]
fn form_kept(app: App<'_>, form: Form) -> Result<Typed, Failure> {
    app.session()?.kept_form(form)
}

#[tauri::command(async)]
fn check_in(app: App<'_>, status: CheckInStatus) -> Result<(), Failure> {
    app.session()?.check_in(status)
}

#[tauri::command(async)]
fn need_is_over(app: App<'_>, status: CheckInStatus) -> Result<(), Failure> {
    app.session()?.need_is_over(status)
}

#[tauri::command(async)]
fn cry_for(app: App<'_>, whom: Whom) -> Result<(), Failure> {
    app.session()?.cry_for(&whom)
}

#[tauri::command(async)]
fn undo_word(app: App<'_>) -> Result<(), Failure> {
    app.session()?.undo_word()
}

#[tauri::command(async)]
fn said_of_whom(app: App<'_>) -> Result<Whom, Failure> {
    app.session()?.said_of_whom()
}

#[tauri::command(async)]
fn call_outcome(app: App<'_>, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
    app.call_outcome(id, outcome)
}

#[tauri::command(async)]
fn call_unasked(app: App<'_>, id: CallId) -> Result<(), Failure> {
    app.leave_unasked(id)
}

#[tauri::command(async)]
fn coded_sms(app: App<'_>, status: Option<CheckInStatus>) -> Result<CodedSms, Failure> {
    app.session()?.coded_sms(status)
}

#[tauri::command(async)]
fn said_before(app: App<'_>, typed: Vec<BeingSaid>) -> Result<Details, Failure> {
    app.session()?.said_before(typed)
}

#[tauri::command(async)]
fn say_more(app: App<'_>, details: Details) -> Result<(), Failure> {
    app.session()?.say_more(&details)
}

#[tauri::command(async)]
fn messages(app: App<'_>) -> Result<MessagesPage, Failure> {
    app.session()?.messages()
}

#[tauri::command(async)]
fn message_write(app: App<'_>, draft: MessageDraft) -> Result<(), Failure> {
    app.session()?.write(draft)
}

#[tauri::command(async)]
fn letters_seen(app: App<'_>, ids: Vec<MessageId>) -> Result<(), Failure> {
    app.session()?.letters_seen(&ids)
}

#[tauri::command(async)]
fn left(app: App<'_>) -> Result<LeftPage, Failure> {
    app.session()?.left()
}

#[tauri::command(async)]
fn privacy(app: App<'_>) -> Result<PrivacyPage, Failure> {
    app.session()?.privacy()
}

#[tauri::command(async)]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Where a file of everything was written.
#[derive(Serialize)]
struct Exported {
    path: String,
    with_ministry: bool,
}

#[tauri::command]
async fn export_data(handle: AppHandle, app: App<'_>) -> Result<Exported, Failure> {
    let export = app.session()?.export().await?;
    let path = saved(&handle, &export.name, export.text.as_bytes())?;
    Ok(Exported { path, with_ministry: export.with_ministry })
}

/// Writes a damaged file that was set aside, closed as it is, where the traveller keeps what they downloaded.
#[tauri::command(async)]
fn aside_save(handle: AppHandle, app: App<'_>, name: &str) -> Result<Vec<String>, Failure> {
    app.session()?.aside_files(name)?.into_iter().map(|(name, bytes)| saved(&handle, &name, &bytes)).collect()
}

#[tauri::command(async)]
fn aside_erase(app: App<'_>, name: &str) -> Result<(), Failure> {
    app.session()?.erase_aside(name)
}

#[tauri::command(async)]
fn erase(app: App<'_>) -> Result<(), Failure> {
    app.session()?.erase()
}

#[tauri::command(async)]
fn set_language(app: App<'_>, lang: Lang) -> Result<(), Failure> {
    app.set_language(lang)
}

#[tauri::command(async)]
fn send_now(app: App<'_>) -> Result<(), Failure> {
    app.session()?.send_now()
}

#[tauri::command(async)]
fn advisory_read(app: App<'_>, id: EntryId, version: u32) -> Result<(), Failure> {
    app.session()?.advisory_read(&id, version)
}

/// A plain page of the front's address: a network that wants a sign-in answers it with its own.
#[tauri::command(async)]
fn open_wifi_page(handle: AppHandle, app: App<'_>) -> Result<(), Failure> {
    let address = app.session()?.front_url().replacen("https://", "http://", 1);
    if !platform::open(&handle, &address) {
        return Err(Failure::new(FailureCode::NotFound));
    }
    Ok(())
}

#[tauri::command(async)]
fn unlock(app: App<'_>, pin: &str) -> Result<(), Failure> {
    app.session()?.unlock(pin)
}

#[tauri::command(async)]
fn set_pin(app: App<'_>, current: Option<&str>, new: Option<&str>) -> Result<(), Failure> {
    app.session()?.set_pin(current, new)
}

#[tauri::command(async)]
fn lock_screen(app: App<'_>) -> Result<(), Failure> {
    app.session()?.lock_screen();
    Ok(())
}

#[tauri::command(async)]
fn look_away(app: App<'_>, away: bool) -> Result<(), Failure> {
    app.session()?.look_away(away);
    Ok(())
}

#[tauri::command(async)]
fn set_discreet(app: App<'_>, discreet: bool) -> Result<(), Failure> {
    app.session()?.set_discreet(discreet)
}

/// On a thread of its own: whoever is asked may take a while.
#[tauri::command]
async fn notices(handle: AppHandle, ask: bool) -> Notices {
    let answer = tauri::async_runtime::spawn_blocking(move || platform::notices(&handle, ask)).await;
    answer.unwrap_or_else(|error| {
        tracing::error!(%error, "whether notices may be shown was not found out");
        Notices::Unknown
    })
}

#[tauri::command(async)]
fn dismiss_refused(app: App<'_>) -> Result<(), Failure> {
    app.session()?.dismiss_refused();
    Ok(())
}

#[tauri::command(async)]
fn dismiss_mended(app: App<'_>) -> Result<(), Failure> {
    app.session()?.dismiss_mended()
}

#[tauri::command(async)]
fn dismiss_voids(app: App<'_>) -> Result<(), Failure> {
    app.session()?.dismiss_voids()
}

#[tauri::command(async)]
fn put_welcome_away(app: App<'_>) -> Result<(), Failure> {
    app.session()?.put_welcome_away()
}

#[tauri::command(async)]
fn set_family_language(app: App<'_>, lang: Lang) -> Result<(), Failure> {
    app.session()?.set_family_language(lang)
}

#[tauri::command(async)]
fn would_say(app: App<'_>, status: CheckInStatus) -> Result<Vec<StatusCount>, Failure> {
    app.session()?.would_say(status)
}

#[tauri::command(async)]
fn family_text(app: App<'_>, says_where: bool) -> Result<FamilyText, Failure> {
    app.family_text(says_where)
}

/// A longer text is no letter of ours.
const MOST_MAILED: usize = 20_000;

/// Begins a letter in the system's mail program. The shell writes the address itself: the page names nobody, and the
/// letter is sent by hand.
#[tauri::command(async)]
fn mail(handle: AppHandle, text: &str) -> Result<(), Failure> {
    if text.chars().count() > MOST_MAILED {
        return Err(Failure::new(FailureCode::TextTooLong));
    }
    if !platform::open(&handle, &family::mail(text)) {
        return Err(Failure::new(FailureCode::NotFound));
    }
    Ok(())
}

/// A QR code's dark modules as an SVG path, one unit a module.
#[derive(Serialize)]
struct Qr {
    size: usize,
    path: String,
}

#[tauri::command(async)]
fn qr(text: &str) -> Result<Qr, Failure> {
    let code = qrcode::QrCode::new(text).map_err(|_| Failure::new(FailureCode::TextTooLong))?;
    let size = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % size, at / size)).collect();
    Ok(Qr { size, path })
}

/// Opens a page that something verified or shipped names, in the system's browser or messenger.
#[tauri::command(async)]
fn open_link(handle: AppHandle, app: App<'_>, url: &str) -> Result<(), Failure> {
    if !app.names_link(url) || !platform::open(&handle, url) {
        return Err(Failure::new(FailureCode::NotFound));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::{NAMES, apart};

    #[test]
    fn files_come_one_after_another() {
        let none: &[u8] = b"";
        assert_eq!(apart(b"\x02\0\0\0ab\0\0\0\0\x01\0\0\0c"), Some(vec![&b"ab"[..], none, b"c"]));
        for broken in [none, b"\x02\0\0\0a", b"\x01\0\0\0a\0", b"\xff\xff\xff\xffa"] {
            assert_eq!(apart(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn the_ui_knows_every_command_and_no_other() {
        let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api/index.ts");
        let text = fs::read_to_string(api).unwrap();
        let called: BTreeSet<&str> = text
            .match_indices("invoke")
            .filter_map(|(at, _)| {
                let call = &text[at..text[at..].find(')').map_or(text.len(), |end| at + end)];
                call.split(['\'', '"']).nth(1)
            })
            .filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            .collect();
        let known: BTreeSet<&str> = NAMES.iter().copied().collect();
        assert_eq!(called, known);
    }
}
