//! A leader's phone is gone: a code on paper gives the group to another one, from the real front.

use std::{path::Path, sync::Arc};

use companion::{
    Companion, PartyAct, Session,
    error::{Failure, FailureCode},
    party::Party,
    trips::{LegDraft, TripDraft},
};
use contract::record::{CheckInStatus, Person};
use serde_json::{Value, json};
use tests::{
    Result, ensure,
    ministry::Ministry,
    plan::Plan,
    waiting::{PATIENCE, eventually},
    windowless,
};
use tokio::task::JoinHandle;

/// A phone; it reaches the ministry while it syncs.
struct Phone {
    companion: Companion,
    sync: Option<JoinHandle<()>>,
}

impl Phone {
    fn open(folder: &Path, ministry: &Ministry, seed: u64) -> Result<Self> {
        let companion = windowless::open(folder, &ministry.profile(), seed, |client| Arc::new(client))?;
        Ok(Self { companion, sync: None })
    }

    fn session(&self) -> Result<&Arc<Session>> {
        self.companion.session().map_err(|failure| failure.to_string().into())
    }

    fn sync(&mut self) -> Result {
        let session = self.session()?.clone();
        self.sync = Some(tokio::spawn(companion::sync::run(session)));
        Ok(())
    }

    /// How its one trip is delivered.
    fn delivery(&self) -> Result<Value> {
        let view = self.companion.view()?;
        let [trip] = view.trips.as_slice() else { return Err(format!("{} trips", view.trips.len()).into()) };
        Ok(serde_json::to_value(&trip.delivery)?)
    }

    async fn is_delivered(&self) -> Result {
        eventually("the trip at the ministry", PATIENCE, async || {
            Ok((self.delivery()?["state"] == json!("received")).then_some(()))
        })
        .await
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        if let Some(sync) = &self.sync {
            sync.abort();
        }
    }
}

fn group(plan: &Plan) -> TripDraft {
    let stay = LegDraft::Stay {
        country: "AE".into(),
        city: Some("ae-dubai".into()),
        from: plan.arrival.to_string(),
        until: plan.leaving.to_string(),
        address: "Hotel of the group".into(),
        arrival: None,
    };
    TripDraft { origin: Some("ALA".into()), legs: vec![stay], adults: 3, ..TripDraft::of_one() }
}

fn listed() -> PartyAct {
    let person = |name: &str| Person { name: name.into(), group: "2".into(), ..Person::default() };
    let people = vec![person("Aigul Secret"), person("Marat Hidden"), person("Dana Quiet")];
    PartyAct::Save { party: Party { leader: "Leader".into(), people, ..Party::default() }, unread: Vec::new() }
}

/// People, trips, and how many said that they are safe.
async fn people(ministry: &Ministry, plan: &Plan) -> Result<[Value; 3]> {
    let count = ministry.headcount(("country", "AE"), plan.a_night()?).await?;
    Ok(["people", "trips", "safe"].map(|what| count[what].clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_on_paper_gives_a_group_to_another_phone_and_nobody_is_counted_twice() -> Result {
    let folder = tempfile::tempdir()?;
    let mut ministry = Ministry::init_open(folder.path()).await?;
    ministry.serve().await?;
    let plan = Plan::around_now()?;
    let counted = async || people(&ministry, &plan).await;

    let mut before = Phone::open(&folder.path().join("before"), &ministry, 1)?;
    let session = before.session()?.clone();
    let id = session.save_trip(None, &group(&plan))?;
    session.lead(id, listed())?;
    let paper = session.make_paper()?.join(" ");
    before.sync()?;
    before.is_delivered().await?;
    session.check_in(CheckInStatus::Safe)?;
    eventually("the word of three", PATIENCE, async || Ok((counted().await?[2] == json!(3)).then_some(()))).await?;
    // the word goes on the paper too
    before.is_delivered().await?;
    ensure!(session.look_for_paper(&paper).await == Err(Failure::new(FailureCode::PaperHere)), "its own paper");

    // what is asked needs the network, what is taken does not
    let after_folder = folder.path().join("after");
    let mut after = Phone::open(&after_folder, &ministry, 2)?;
    after.session()?.look_for_paper(&paper.to_lowercase()).await?;
    let found = after.session()?.paper()?.found;
    ensure!(found.len() == 1 && found[0].trip.people == 3, "found: {found:?}");
    ensure!(found[0].names == ["Aigul Secret", "Marat Hidden", "Dana Quiet"], "names: {:?}", found[0].names);
    let said = found[0].said.as_ref().map(|said| (said.is_cry, said.by_status.len()));
    ensure!(said == Some((false, 1)), "what stands of it: {said:?}");
    ensure!(after.session()?.take_over()? == [id], "the trip keeps its id");
    ensure!(after.delivery()?["state"] == json!("waiting"), "not yet with the ministry");
    drop(after);
    after = Phone::open(&after_folder, &ministry, 2)?;
    let draft = after.session()?.trip_draft(id)?;
    ensure!(draft == group(&plan), "it came whole: {draft:?}");
    let list = after.session()?.party(id)?;
    ensure!(list.party.people.len() == 3 && list.party.leader == "Leader", "the list: {list:?}");
    ensure!(list.missing.len() == 3 && list.roll_begun_at.is_none(), "nobody was seen by this phone");
    after.sync()?;
    after.is_delivered().await?;
    ensure!(counted().await? == [3, 1, 3].map(Value::from), "counted: {:?}", counted().await?);

    // the phone that was lost comes back, and does not know
    session.stay_longer(id, 1)?;
    eventually("that it is led from elsewhere", PATIENCE, async || {
        Ok((before.delivery()? == json!({ "state": "parked", "code": "trip_moved" })).then_some(()))
    })
    .await?;
    ensure!(session.party(id)?.party.people.len() == 3, "its copy stays readable");
    session.check_in(CheckInStatus::Safe)?;
    after.session()?.stay_longer(id, 2)?;
    after.is_delivered().await?;
    ensure!(counted().await? == [3, 1, 3].map(Value::from), "counted: {:?}", counted().await?);

    let third = Phone::open(&folder.path().join("third"), &ministry, 3)?;
    let used = third.session()?.look_for_paper(&paper).await;
    ensure!(used == Err(Failure::new(FailureCode::PaperUnknown)), "used: {used:?}");
    Ok(())
}
