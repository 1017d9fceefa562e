//! Where a push may go: out, and never to a machine of the ministry's own network, whatever an endpoint names.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// How far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Outside,
    /// To this very machine as well, to try it by.
    AlsoHere,
}

impl Reach {
    fn goes_to(self, address: IpAddr) -> bool {
        is_outside(address) || self == Self::AlsoHere && address.is_loopback()
    }

    /// An address in numbers is asked of no resolver.
    pub fn allows(self, endpoint: &Url) -> bool {
        match endpoint.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(address)) => self.goes_to(address.into()),
            Some(Host::Ipv6(address)) => self.goes_to(address.into()),
            None => false,
        }
    }
}

/// What a name resolves to is looked at when it is connected to: it may be another than a moment before.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outside: Vec<SocketAddr> = found.filter(|address| reach.goes_to(address.ip())).collect();
            if outside.is_empty() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it leads inside").into());
            }
            Ok(Box::new(outside.into_iter()) as Addrs)
        })
    }
}

fn is_outside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_outside_v4(address),
        IpAddr::V6(address) => is_outside_v6(address),
    }
}

/// IANA's registry of special addresses, and nothing else, is left out.
fn is_outside_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        [0 | 10 | 127 | 240..=255, ..] => true,
        [100, second, ..] => second & 0xC0 == 64,
        [172, second, ..] => second & 0xF0 == 16,
        [192, 0, 0 | 2, _] | [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        [169, 254, ..] | [192, 168, ..] | [192, 88, 99, _] => true,
        [first, ..] => first & 0xF0 == 224,
    };
    !is_special
}

/// Of 2000::/3, what is neither documentation nor a way to another address: Teredo, 6to4.
fn is_outside_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xE000 == 0x2000;
    let leads_on = first == 0x2001 && second < 0x0200 || first == 0x2002;
    let is_written_of = first == 0x2001 && second == 0x0DB8 || first == 0x3FFF;
    is_global && !leads_on && !is_written_of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_inner_network_is_outside() {
        for inner in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:a00:1::",
            "2001:db8::1",
        ] {
            let address: IpAddr = inner.parse().unwrap();
            assert!(!Reach::Outside.goes_to(address), "{inner}");
            assert_eq!(Reach::AlsoHere.goes_to(address), address.is_loopback(), "{inner}");
        }
        for outer in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "142.250.1.95", "2a00:1450:4001::5f", "2600:1901::1"] {
            assert!(Reach::Outside.goes_to(outer.parse().unwrap()), "{outer}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_none() {
        let localhost = || "localhost".parse::<Name>().unwrap();
        assert!(Reach::Outside.resolve(localhost()).await.is_err());
        assert!(Reach::AlsoHere.resolve(localhost()).await.is_ok());
        let in_numbers: Url = "http://127.0.0.1:9/x".parse().unwrap();
        assert_eq!([Reach::Outside, Reach::AlsoHere].map(|reach| reach.allows(&in_numbers)), [false, true]);
    }
}
