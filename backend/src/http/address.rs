//! Whose address a request counts under.

use std::net::IpAddr;

use axum::http::HeaderMap;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address that the outermost of `hops` proxies of our own saw; with none, the peer's. What stands further left
/// in the header was written by whoever asked.
pub fn client(peer: IpAddr, headers: &HeaderMap, hops: usize) -> IpAddr {
    let Some(from_right) = hops.checked_sub(1) else { return peer };
    // whoever asked may have written anything before it, in any encoding
    let values = headers.get_all(FORWARDED_FOR).iter().rev().map(|value| value.as_bytes());
    let mut seen = values.flat_map(|value| value.rsplit(|byte| *byte == b','));
    let text = seen.nth(from_right).and_then(|text| str::from_utf8(text).ok());
    let address = text.and_then(|text| text.trim().parse().ok());
    address.unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(values: &[&'static str], hops: usize) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        client("192.0.2.9".parse().unwrap(), &headers, hops).to_string()
    }

    #[test]
    fn no_more_hops_are_believed_than_there_are_proxies() {
        assert_eq!(seen(&["203.0.113.1"], 0), "192.0.2.9", "anybody can write the header");
        assert_eq!(seen(&["198.51.100.66, 203.0.113.1"], 1), "203.0.113.1", "the last was written by the proxy");
        assert_eq!(seen(&["198.51.100.66", "203.0.113.1, 203.0.113.2"], 2), "203.0.113.1");
        assert_eq!(seen(&["203.0.113.1"], 2), "192.0.2.9", "fewer than there should be");
        assert_eq!(seen(&["дом, 203.0.113.1"], 1), "203.0.113.1", "nor does what else stands there hide it");
        assert_eq!(seen(&["unknown"], 1), "192.0.2.9");
        assert_eq!(seen(&[], 1), "192.0.2.9");
    }
}
