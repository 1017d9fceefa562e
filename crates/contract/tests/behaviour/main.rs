//! What the contract promises, one file a behaviour.

#[cfg(test)]
mod log;
#[cfg(test)]
mod ministry;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod thresholds;
#[cfg(test)]
mod wire;
