//! Whom the network client trusts where the system's verifier cannot be reached.

use reqwest::{Certificate, ClientBuilder};

/// Mozilla's roots, and no others.
pub fn mozilla(client: ClientBuilder) -> reqwest::Result<ClientBuilder> {
    let roots: reqwest::Result<Vec<Certificate>> =
        webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root)).collect();
    Ok(client.tls_certs_only(roots?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_trusts_them_is_made() {
        // a second call finds the provider installed, which is as well
        drop(rustls::crypto::ring::default_provider().install_default());
        assert!(webpki_root_certs::TLS_SERVER_ROOT_CERTS.len() > 100);
        mozilla(reqwest::Client::builder()).unwrap().build().unwrap();
    }
}
