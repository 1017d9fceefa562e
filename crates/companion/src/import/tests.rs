//! What is read of files, and what is said of those that are not.

mod boarding_passes;
mod calendars;
mod corpus;
mod hostile;
mod journeys;
mod mails;
