//! Where a webhook may go: only to the open net. A subscription is somebody else's wish, and what it names would be called
//! from inside our own walls (SSRF).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address lies in the open net.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    // 0/8, carriers' 100.64/10, 192.0.0/24, benchmarks' 198.18/15, reserved 240/4.
    let reserved = a == 0
        || a == 100 && (64..128).contains(&b)
        || (a, b, c) == (192, 0, 0)
        || a == 198 && (b == 18 || b == 19)
        || a >= 240;
    !special && !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    // What is given out today is 2000::/3; of it 2001:db8 is for documents, and 2002:: and 2001:0 wrap IPv4 addresses.
    let given_out = first & 0xe000 == 0x2000;
    let wrapped = first == 0x2002 || first == 0x2001 && matches!(address.segments()[1], 0 | 0x0db8);
    given_out && !wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_net_is_called() {
        for (text, expected) in [
            ("8.8.8.8", true),
            ("114.114.114.114", true),
            ("127.0.0.1", false),
            ("127.9.9.9", false),
            ("10.0.0.1", false),
            ("172.16.0.1", false),
            ("172.32.0.1", true),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("198.18.0.1", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:8.8.8.8", true),
            ("2002:0a00:0001::1", false),
            ("64:ff9b::a00:1", false),
            ("2001:db8::1", false),
            ("2400:3200::1", true),
        ] {
            assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
        }
    }
}
