//! The UI's types are generated from ours and committed. `UPDATE_TYPES=1` writes them.

use std::{collections::BTreeMap, ffi::OsString, fs, io, path::Path};

use companion::{
    BeingSaid, ChosenPlace, CodedSms, Details, Form, MessageDraft, PartyAct, Typed,
    consents::TextShown,
    error::Failure,
    family::FamilyText,
    import::{Proposed, Refusal},
    party::{Against, Listed, Refusal as ListRefusal},
    places::{CountryName, PickedPlace, PlaceAt},
    search::Hit,
    trips::{Overlap, Split, TripDraft},
    verify::{Answer, Printed},
    view::{
        View,
        areas::WarnedArea,
        pages::{
            country::CountryPage, left::LeftPage, messages::MessagesPage, paper::PaperPage, party::PartyPage,
            privacy::PrivacyPage, there::There,
        },
    },
};
use contract::entry::topic::Topic;
use ts_rs::{Config, TS};

fn files(dir: &Path) -> io::Result<BTreeMap<OsString, String>> {
    fs::read_dir(dir)?
        .map(|entry| {
            let entry = entry?;
            Ok((entry.file_name(), fs::read_to_string(entry.path())?))
        })
        .collect()
}

#[test]
fn the_types_the_ui_uses_are_the_ones_rust_has() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/api/types");
    let fresh = tempfile::tempdir().unwrap();
    let config = Config::new().with_out_dir(fresh.path());
    View::export_all(&config).unwrap();
    TripDraft::export_all(&config).unwrap();
    Overlap::export_all(&config).unwrap();
    PickedPlace::export_all(&config).unwrap();
    ChosenPlace::export_all(&config).unwrap();
    CountryPage::export_all(&config).unwrap();
    There::export_all(&config).unwrap();
    LeftPage::export_all(&config).unwrap();
    PaperPage::export_all(&config).unwrap();
    Split::export_all(&config).unwrap();
    MessagesPage::export_all(&config).unwrap();
    MessageDraft::export_all(&config).unwrap();
    Details::export_all(&config).unwrap();
    CodedSms::export_all(&config).unwrap();
    PartyPage::export_all(&config).unwrap();
    PartyAct::export_all(&config).unwrap();
    Form::export_all(&config).unwrap();
    Typed::export_all(&config).unwrap();
    BeingSaid::export_all(&config).unwrap();
    Listed::export_all(&config).unwrap();
    Against::export_all(&config).unwrap();
    ListRefusal::export_all(&config).unwrap();
    PrivacyPage::export_all(&config).unwrap();
    TextShown::export_all(&config).unwrap();
    CountryName::export_all(&config).unwrap();
    Hit::export_all(&config).unwrap();
    WarnedArea::export_all(&config).unwrap();
    Answer::export_all(&config).unwrap();
    Printed::export_all(&config).unwrap();
    Proposed::export_all(&config).unwrap();
    Refusal::export_all(&config).unwrap();
    PlaceAt::export_all(&config).unwrap();
    Topic::export_all(&config).unwrap();
    FamilyText::export_all(&config).unwrap();
    Failure::export_all(&config).unwrap();
    let fresh = files(fresh.path()).unwrap();
    if std::env::var_os("UPDATE_TYPES").is_some() {
        fs::remove_dir_all(&committed).unwrap();
        fs::create_dir_all(&committed).unwrap();
        for (name, text) in &fresh {
            fs::write(committed.join(name), text).unwrap();
        }
    }
    assert_eq!(files(&committed).unwrap(), fresh, "run `make types`");
}
