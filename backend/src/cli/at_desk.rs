//! The desk that a process without keys carries something to or from.

use std::path::PathBuf;

use url::Url;

use super::{CliError, http_client};
use crate::{desk_client::DeskClient, files};

#[derive(Debug, clap::Args)]
pub struct AtDesk {
    /// `sms.credential` or `push.credential` of the desk's folder, or a copy of it: nothing else of that folder is read.
    #[arg(long, value_name = "FILE")]
    credential: PathBuf,
    /// Where the desk is.
    #[arg(long, value_name = "URL", default_value = "http://localhost:8789")]
    pub desk: Url,
}

impl AtDesk {
    pub fn client(&self) -> Result<DeskClient, CliError> {
        let credential = files::read_credential(&self.credential).map_err(CliError::Credential)?;
        Ok(DeskClient::new(http_client()?, &self.desk, credential)?)
    }
}
