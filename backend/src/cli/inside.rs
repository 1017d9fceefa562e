//! Where the desk's commands find the front.

use reqwest::Client;
use url::Url;

use super::{CliError, http_client};
use crate::desk::{
    folder::{Credential, DeskFolder},
    front_client::FrontClient,
};

#[derive(Debug, clap::Args)]
pub struct Inside {
    /// The front's inside listener, instead of where `init` said: an address of this very machine, or an https URL.
    #[arg(long, value_name = "ADDR|URL")]
    inside: Option<String>,
}

impl Inside {
    /// The front, as the desk's credential opens it.
    pub fn front(&self, folder: &DeskFolder, credential: Credential) -> Result<FrontClient, CliError> {
        let base = match &self.inside {
            Some(said) => read(said).ok_or_else(|| CliError::Inside(said.clone()))?,
            None => folder.settings()?.inside,
        };
        let http: Client = http_client()?;
        Ok(FrontClient::new(http, base, folder.credential(credential)?)?)
    }
}

fn read(said: &str) -> Option<Url> {
    let text = if said.contains("://") { said.to_owned() } else { format!("http://{said}") };
    Url::parse(&text).ok().filter(Url::has_host)
}
