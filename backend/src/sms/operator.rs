//! SMS as an operator hands them over: SMPP 3.4, bound as a transceiver. What the desk has not taken is not acknowledged,
//! so that the operator brings it again. What wakes officers goes the other way. SMPP encrypts nothing: between here and the operator there is a tunnel.

use std::{collections::HashMap, convert::Infallible, future::Future, pin::pin, str::FromStr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use rand::Rng;
use rusmpp::{
    Command, CommandStatus, Pdu,
    pdus::{BindTransceiver, DeliverSm, DeliverSmResp, SubmitSm},
    tlvs::TlvValue,
    tokio_codec::{CommandCodec, DecodeError, EncodeError},
    types::{COctetString, OctetString},
    values::{DataCoding, GsmFeatures, InterfaceVersion, MessageType, Npi, Ton},
};
use tokio::{
    net::TcpStream,
    time::{Instant, MissedTickBehavior, interval, interval_at},
};
use tokio_util::codec::Framed;
use zeroize::Zeroizing;

use super::desk::SmsDesk;
use crate::{
    Clock,
    causes::chain,
    desk::{
        casework::{
            sms::{ReceivedSms, SmsOutcome},
            waking::{WakeDone, WakeSms},
        },
        follow::jittered,
    },
};

/// How often the operator is asked whether it is there; one that says nothing twice is gone.
const ALIVE: Duration = Duration::from_secs(30);
/// How often the desk is asked whether somebody is to be woken.
const WAKING: Duration = Duration::from_secs(5);
/// How long the operator has to let us in.
const PATIENCE: Duration = Duration::from_secs(20);
/// The first wait before it is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// The longest text of one SMS in UCS-2.
const MOST_UCS2: usize = 70;

#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    #[error("the operator cannot be reached")]
    Unreachable(#[source] std::io::Error),
    #[error("the operator sends what is no SMPP")]
    Read(#[from] DecodeError),
    #[error("nothing can be sent to the operator")]
    Write(#[from] EncodeError),
    #[error("the operator refuses us: {0:?}")]
    Refused(CommandStatus),
    #[error("the operator says nothing any more")]
    Silent,
    #[error("the operator ended the connection")]
    Ended,
    #[error("its name or password is longer than SMPP takes")]
    TooLong,
}

/// Who we are to an operator, and where it is.
pub struct Operator {
    /// `host:port`.
    pub address: String,
    pub system_id: String,
    pub password: Zeroizing<String>,
}

/// Brings what an operator hands over to the desk until `stop`. One that goes away is called again, less and less often.
pub async fn serve(
    operator: &Operator,
    desk: &SmsDesk,
    clock: &Clock,
    rng: &mut impl Rng,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let mut failures = 0_u32;
    loop {
        let mut is_bound = false;
        let mut work = Work { desk, clock, is_bound: &mut is_bound };
        let Err(error) = tokio::select! {
            ended = work.session(operator) => ended,
            () = &mut stop => return,
        };
        failures = if is_bound { 0 } else { failures.saturating_add(1) };
        tracing::warn!("{}", chain(&error));
        tokio::select! {
            () = tokio::time::sleep(jittered(AGAIN, failures, rng)) => {}
            () = &mut stop => return,
        }
    }
}

type Link = Framed<TcpStream, CommandCodec>;

struct Work<'a> {
    desk: &'a SmsDesk,
    clock: &'a Clock,
    is_bound: &'a mut bool,
}

impl Work<'_> {
    /// One connection, to its end.
    async fn session(&mut self, operator: &Operator) -> Result<Infallible, OperatorError> {
        let mut link = tokio::time::timeout(PATIENCE, bind(operator)).await.map_err(|_| OperatorError::Silent)??;
        *self.is_bound = true;
        tracing::info!("the operator is there");
        let mut numbers = 2_u32..;
        let mut alive = interval_at(Instant::now() + ALIVE, ALIVE);
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut waking = interval(WAKING);
        waking.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut on_their_way, mut done) = (HashMap::new(), Vec::new());
        let mut unanswered = 0;
        loop {
            let command = tokio::select! {
                command = link.next() => command.ok_or(OperatorError::Ended)??,
                _ = alive.tick() => {
                    if unanswered >= 2 {
                        return Err(OperatorError::Silent);
                    }
                    unanswered += 1;
                    send(&mut link, CommandStatus::EsmeRok, next(&mut numbers), Pdu::EnquireLink).await?;
                    continue;
                }
                _ = waking.tick() => {
                    for wake in self.ask_whom_to_wake(&mut done).await {
                        let number = next(&mut numbers);
                        match submitted(&wake) {
                            Some(sms) => {
                                send(&mut link, CommandStatus::EsmeRok, number, sms).await?;
                                on_their_way.insert(number, wake.id);
                            }
                            None => done.push(WakeDone { id: wake.id, sent: false }),
                        }
                    }
                    continue;
                }
            };
            unanswered = 0;
            let number = command.sequence_number();
            match command.pdu() {
                Some(Pdu::DeliverSm(sms)) => {
                    let (status, answers) = self.take(sms).await;
                    send(&mut link, status, number, DeliverSmResp::default()).await?;
                    for answer in answers {
                        send(&mut link, CommandStatus::EsmeRok, next(&mut numbers), answer).await?;
                    }
                }
                Some(Pdu::EnquireLink) => send(&mut link, CommandStatus::EsmeRok, number, Pdu::EnquireLinkResp).await?,
                Some(Pdu::Unbind) => {
                    send(&mut link, CommandStatus::EsmeRok, number, Pdu::UnbindResp).await?;
                    return Err(OperatorError::Ended);
                }
                Some(Pdu::SubmitSmResp(_)) => {
                    let sent = command.status() == CommandStatus::EsmeRok;
                    done.extend(on_their_way.remove(&number).map(|id| WakeDone { id, sent }));
                }
                // whether an SMS of ours arrived is asked of nobody; a refusal may have no body
                Some(_) | None => {
                    if command.status() != CommandStatus::EsmeRok {
                        done.extend(on_their_way.remove(&number).map(|id| WakeDone { id, sent: false }));
                    }
                }
            }
        }
    }

    /// What is to be sent now. What is `done` is forgotten once the desk knows it.
    async fn ask_whom_to_wake(&self, done: &mut Vec<WakeDone>) -> Vec<WakeSms> {
        match self.desk.wakes(done).await {
            Ok(wakes) => {
                done.clear();
                wakes
            }
            Err(error) => {
                tracing::warn!("nobody can be woken: {}", chain(&error));
                Vec::new()
            }
        }
    }

    /// Brings an SMS, or a piece of one, to the desk; what it could not take is to come again.
    async fn take(&self, sms: &DeliverSm) -> (CommandStatus, Vec<SubmitSm>) {
        if sms.esm_class.message_type != MessageType::Default {
            // a receipt
            return (CommandStatus::EsmeRok, Vec::new());
        }
        let from = international(sms.source_addr.as_str());
        let message = ReceivedSms { at: (self.clock)(), from, texts: vec![text_of(sms)] };
        let brought = match self.desk.bring(&[message]).await {
            Ok(brought) => brought,
            Err(error) => {
                tracing::warn!("an SMS waits at the operator: {}", chain(&error));
                return (CommandStatus::EsmeRxTAppn, Vec::new());
            }
        };
        let Some(brought) = brought.into_iter().next() else { return (CommandStatus::EsmeRxTAppn, Vec::new()) };
        note(brought.outcome);
        let status = if brought.outcome.is_some() { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxPAppn };
        (status, brought.answer.and_then(|text| answer(sms, &text)).into_iter().collect())
    }
}

/// Never of whom: a log is read by others.
fn note(outcome: Option<SmsOutcome>) {
    match outcome {
        Some(SmsOutcome::Taken | SmsOutcome::Known | SmsOutcome::Piece) => tracing::info!(?outcome, "an SMS"),
        Some(SmsOutcome::NotCoded | SmsOutcome::Newer | SmsOutcome::Shut) => {
            tracing::warn!(?outcome, "an SMS that somebody has to read");
        }
        None => tracing::error!("the desk does not take an SMS"),
    }
}

async fn bind(operator: &Operator) -> Result<Link, OperatorError> {
    let stream = TcpStream::connect(&operator.address).await.map_err(OperatorError::Unreachable)?;
    let mut link = Framed::new(stream, CommandCodec::new());
    let bind = BindTransceiver::builder()
        .system_id(COctetString::from_str(&operator.system_id).map_err(|_| OperatorError::TooLong)?)
        .password(COctetString::from_str(&operator.password).map_err(|_| OperatorError::TooLong)?)
        .interface_version(InterfaceVersion::Smpp3_4)
        .build();
    send(&mut link, CommandStatus::EsmeRok, 1, bind).await?;
    loop {
        let command = link.next().await.ok_or(OperatorError::Ended)??;
        if command.sequence_number() != 1 {
            continue;
        }
        let status = command.status();
        return if status == CommandStatus::EsmeRok { Ok(link) } else { Err(OperatorError::Refused(status)) };
    }
}

async fn send(link: &mut Link, status: CommandStatus, number: u32, pdu: impl Into<Pdu>) -> Result<(), OperatorError> {
    let sent = link.send(Command::builder().status(status).sequence_number(number).pdu(pdu));
    // an operator that reads nothing is gone
    Ok(tokio::time::timeout(PATIENCE, sent).await.map_err(|_| OperatorError::Silent)??)
}

/// Numbers of what we send; they begin anew before SMPP has no more.
fn next(numbers: &mut std::ops::RangeFrom<u32>) -> u32 {
    match numbers.next() {
        Some(number) if number < 0x7FFF_FFFF => number,
        Some(_) | None => {
            *numbers = 2..;
            1
        }
    }
}

/// As a person writes an international number; a sender of letters stays as it is.
fn international(source: &str) -> String {
    let source = source.trim_end_matches('\0');
    let is_digits = source.len() >= 7 && source.bytes().all(|digit| digit.is_ascii_digit());
    if is_digits { format!("+{source}") } else { source.to_owned() }
}

/// The text of an SMS, without the header that says which piece it is.
fn text_of(sms: &DeliverSm) -> String {
    let payload = sms.tlvs().iter().find_map(|tlv| match tlv.value() {
        Some(TlvValue::MessagePayload(payload)) => Some(payload.value.as_ref().to_vec()),
        Some(_) | None => None,
    });
    let bytes = payload.unwrap_or_else(|| sms.short_message().as_ref().to_vec());
    let has_header =
        matches!(sms.esm_class.gsm_features, GsmFeatures::UdhiIndicator | GsmFeatures::SetUdhiAndReplyPath);
    let header = if has_header { bytes.first().map_or(0, |length| usize::from(*length) + 1) } else { 0 };
    let bytes = bytes.get(header..).unwrap_or_default();
    if sms.data_coding == DataCoding::Ucs2 {
        let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        // a code's letters are the same in each of the alphabets
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// Back to whom it came from, in UCS-2. `None` for a text that is no SMS.
fn answer(to: &DeliverSm, text: &str) -> Option<SubmitSm> {
    Some(
        SubmitSm::builder()
            .source_addr_ton(to.dest_addr_ton)
            .source_addr_npi(to.dest_addr_npi)
            .source_addr(to.destination_addr.clone())
            .dest_addr_ton(to.source_addr_ton)
            .dest_addr_npi(to.source_addr_npi)
            .destination_addr(to.source_addr.clone())
            .data_coding(DataCoding::Ucs2)
            .short_message(ucs2(text)?)
            .build(),
    )
}

/// To an officer, from whichever number the operator gives us.
fn submitted(wake: &WakeSms) -> Option<SubmitSm> {
    Some(
        SubmitSm::builder()
            .dest_addr_ton(Ton::International)
            .dest_addr_npi(Npi::Isdn)
            .destination_addr(COctetString::from_str(wake.to.trim_start_matches('+')).ok()?)
            .data_coding(DataCoding::Ucs2)
            .short_message(ucs2(&wake.text)?)
            .build(),
    )
}

/// `None` for a text that is no SMS.
fn ucs2<const MIN: usize, const MAX: usize>(text: &str) -> Option<OctetString<MIN, MAX>> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    if units.len() > MOST_UCS2 * 2 {
        return None;
    }
    OctetString::from_vec(units).ok()
}
