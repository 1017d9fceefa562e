//! Everything that the register holds of one device, a page at a time: however much it is, little of it is in memory.

use contract::{
    ids::{CallId, CheckInId, DeviceId, MessageId, TripId},
    record::{Call, CheckIn, Device, Kind, Letter, Message, Receipt, Trip},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Register, RegisterError, kept::KEPT};

/// How many records are read at once.
pub const PAGE: usize = 64;
/// And no more after so many bytes of them.
pub const PAGE_BYTES: usize = 64 * 1024;

/// The answer of an export. The private part is as it was sent: sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Export {
    /// Whose it is.
    pub id: DeviceId,
    /// As it was put.
    pub device: Device,
    /// By id.
    pub trips: Vec<Exported<TripId, Trip>>,
    /// By id.
    pub check_ins: Vec<Exported<CheckInId, CheckIn>>,
    /// By id.
    pub calls: Vec<Exported<CallId, Call>>,
    /// By id.
    pub messages: Vec<Exported<MessageId, Message>>,
    /// By entry and version.
    pub receipts: Vec<Receipt>,
    /// What the desk wrote to it, by id.
    pub letters: Vec<Letter>,
}

/// One record in an [`Export`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Exported<Id, T> {
    /// As the app made it.
    pub id: Id,
    /// The version that stands.
    pub version: u32,
    /// By the front's clock.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// Absent for a deleted trip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<T>,
}

/// A list of an [`Export`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// What the device put.
    Of(Kind),
    /// What the desk wrote to it.
    Letters,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.plural(),
            Self::Letters => "letters",
        }
    }

    /// The list after this one.
    fn next(self) -> Option<Self> {
        let lists = KEPT.into_iter().map(|rules| rules.kind).chain([Kind::Receipts]).map(Self::Of);
        lists.chain([Self::Letters]).skip_while(|list| *list != self).nth(1)
    }
}

/// Where in a list a page ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct After {
    /// A record's id; a receipt's entry.
    pub id: String,
    /// Of a receipt's entry; 0 for the rest.
    pub version: u32,
}

/// One row of a list, its record as JSON.
#[derive(Debug, Clone)]
pub struct Row {
    /// A record's id; a receipt's entry.
    pub id: String,
    /// The version that stands; a receipt's of its entry.
    pub version: u32,
    /// By the front's clock.
    pub received_at: Timestamp,
    /// JSON; absent where it was deleted.
    pub record: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    version: u32,
    received_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a RawValue>,
}

enum Step {
    Begin,
    List { list: List, after: After },
    Done,
}

/// Writes an [`Export`] piece by piece.
pub struct Exporter {
    owner: DeviceId,
    step: Step,
}

impl Exporter {
    /// Nothing is read yet.
    pub fn new(owner: DeviceId) -> Self {
        Self { owner, step: Step::Begin }
    }

    /// The next piece of the JSON; `None` after the last.
    ///
    /// # Errors
    /// The register cannot be read, or does not know the device any more.
    pub async fn next(&mut self, register: &dyn Register) -> Result<Option<String>, RegisterError> {
        match &self.step {
            Step::Begin => {
                let device = serde_json::to_string(&register.device(self.owner).await?)?;
                let list = List::Of(KEPT[0].kind);
                self.step = Step::List { list, after: After::default() };
                Ok(Some(format!("{{\"id\":\"{}\",\"device\":{device},\"{}\":[", self.owner, list.name())))
            }
            Step::List { list, after } => {
                let (list, begun) = (*list, !after.id.is_empty());
                let rows = register.exported(self.owner, list, after.clone()).await?;
                let mut text = String::new();
                for (index, row) in rows.iter().enumerate() {
                    if begun || index > 0 {
                        text.push(',');
                    }
                    text += &write(list, row)?;
                }
                self.step = match (rows.last(), list.next()) {
                    (Some(last), _) => Step::List { list, after: After { id: last.id.clone(), version: last.version } },
                    (None, Some(next)) => {
                        text += &format!("],\"{}\":[", next.name());
                        Step::List { list: next, after: After::default() }
                    }
                    (None, None) => {
                        text += "]}";
                        Step::Done
                    }
                };
                Ok(Some(text))
            }
            Step::Done => Ok(None),
        }
    }
}

fn write(list: List, row: &Row) -> Result<String, serde_json::Error> {
    if matches!(list, List::Of(Kind::Receipts) | List::Letters) {
        return Ok(row.record.clone().unwrap_or_default());
    }
    let record = row.record.as_deref().map(serde_json::from_str).transpose()?;
    serde_json::to_string(&Written { id: &row.id, version: row.version, received_at: row.received_at, record })
}
