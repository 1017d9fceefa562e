//! What the contract promises, one file a behaviour.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod from_the_future;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod log;
#[cfg(test)]
mod ministry;
#[cfg(test)]
mod readings;
#[cfg(test)]
mod records;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod sms;
#[cfg(test)]
mod thresholds;
#[cfg(test)]
mod warnings;
#[cfg(test)]
mod watermarks;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod wire_records;
