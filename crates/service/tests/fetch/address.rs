//! Which addresses are public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use proptest::prelude::*;
use service::fetch::address::{AddressPolicy, is_public};

const FORBIDDEN: [&str; 72] = [
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.0",
    "169.254.169.254",
    "169.254.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.9",
    "192.0.0.192",
    "192.0.0.255",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.0",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.254",
    "255.255.255.255",
    "::",
    "::1",
    "::2",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:0:0:1::8.8.8.8",
    "64:ff9b:1::8.8.8.8",
    "64:ff9b:1:ffff:ffff:ffff:808:808",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:1ff:ffff::1",
    "2001:db8::1",
    "2001:db8:ffff:ffff::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2620:4f:8000::1",
    "2a00:1450::200:5efe:127.0.0.1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

const PUBLIC: [&str; 30] = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.101.0",
    "203.0.114.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700:4700::1111",
    "3ffd::1",
];

#[test]
fn special_addresses_are_forbidden() {
    for text in FORBIDDEN {
        let address: IpAddr = text.parse().expect(text);
        assert!(!is_public(address), "{text}");
    }
}

#[test]
fn neighbours_of_special_ranges_are_public() {
    for text in PUBLIC {
        let address: IpAddr = text.parse().expect(text);
        assert!(is_public(address), "{text}");
    }
}

#[test]
fn private_networks_can_be_let_in_but_not_what_tells_secrets() {
    let policy = AddressPolicy::private_too();
    let permits = |text: &str| policy.permits(SocketAddr::new(text.parse().expect(text), 80));
    for text in [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "::1",
        "fd12::1",
        "8.8.8.8",
    ] {
        assert!(permits(text), "{text}");
    }
    for text in [
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "fe80::1",
        "fd00:ec2::254",
    ] {
        assert!(!permits(text), "{text}");
    }
}

/// Addresses around the special ranges, which uniformly random ones hardly ever meet.
fn any_v4() -> impl Strategy<Value = Ipv4Addr> {
    let edge = prop::sample::select(
        FORBIDDEN
            .iter()
            .chain(&PUBLIC)
            .filter_map(|text| text.parse().ok())
            .collect::<Vec<Ipv4Addr>>(),
    );
    prop_oneof![
        any::<u32>().prop_map(Ipv4Addr::from),
        (edge, -2_i32..=2).prop_map(|(address, step): (Ipv4Addr, i32)| {
            Ipv4Addr::from(u32::from(address).wrapping_add_signed(step))
        }),
    ]
}

proptest! {
    #[test]
    fn forms_that_stand_for_an_ipv4_address_are_judged_by_it(address in any_v4()) {
        let verdict = is_public(IpAddr::V4(address));
        prop_assert_eq!(is_public(IpAddr::V6(address.to_ipv6_mapped())), verdict);
        let [a, b, c, d] = address.octets().map(u16::from);
        let nat64 = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, a << 8 | b, c << 8 | d);
        prop_assert_eq!(is_public(IpAddr::V6(nat64)), verdict);
    }

    #[test]
    fn tunnels_and_the_old_compatible_form_are_forbidden_whatever_they_carry(address in any_v4(), rest in any::<u64>()) {
        let [a, b, c, d] = address.octets().map(u16::from);
        let (high, low) = (a << 8 | b, c << 8 | d);
        let rest = u128::from(rest);
        let compatible = Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low);
        let six_to_four = u128::from(Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 0)) | rest;
        let teredo = u128::from(Ipv6Addr::new(0x2001, 0, high, low, 0, 0, 0, 0)) | rest;
        let local_nat64 = u128::from(Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0)) | rest;
        for address in [compatible, Ipv6Addr::from(six_to_four), Ipv6Addr::from(teredo), Ipv6Addr::from(local_nat64)] {
            prop_assert!(!is_public(IpAddr::V6(address)), "{}", address);
        }
    }

    #[test]
    fn nothing_public_is_in_a_range_that_the_standard_library_knows_as_special(bits in any::<u128>(), address in any_v4()) {
        let address6 = Ipv6Addr::from(bits);
        if is_public(IpAddr::V6(address6)) {
            prop_assert!(!address6.is_loopback() && !address6.is_unspecified() && !address6.is_multicast());
            prop_assert!(!address6.is_unique_local() && !address6.is_unicast_link_local());
        }
        if is_public(IpAddr::V4(address)) {
            prop_assert!(!address.is_loopback() && !address.is_private() && !address.is_link_local());
            prop_assert!(!address.is_broadcast() && !address.is_multicast() && !address.is_documentation());
            prop_assert!(!address.is_unspecified());
        }
    }
}
