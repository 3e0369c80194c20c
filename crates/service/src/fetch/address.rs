//! Which addresses may be asked for pictures, or told that a task ended: those of the public internet, and only where a
//! setting says so those of private networks.
//!
//! Sources: the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its successors),
//! RFC 6052 and 8215 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 5214 (ISATAP).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Every special range of IPv4. `192.0.0.0/24` is forbidden whole, with its two anycast exceptions.
const FORBIDDEN_V4: [Ipv4Net; 17] = [
    v4([0, 0, 0, 0], 8),        // "this network"; 0.0.0.0 reaches the local host
    v4([10, 0, 0, 0], 8),       // private
    v4([100, 64, 0, 0], 10),    // shared by carriers (CGNAT)
    v4([127, 0, 0, 0], 8),      // loopback
    v4([169, 254, 0, 0], 16),   // link-local, cloud metadata
    v4([168, 63, 129, 16], 32), // Azure's machine agent: no special range, yet never public
    v4([172, 16, 0, 0], 12),    // private
    v4([192, 0, 0, 0], 24),     // protocol assignments
    v4([192, 0, 2, 0], 24),     // documentation
    v4([192, 31, 196, 0], 24),  // AS112
    v4([192, 52, 193, 0], 24),  // automatic multicast tunnelling
    v4([192, 88, 99, 0], 24),   // 6to4 relays
    v4([192, 168, 0, 0], 16),   // private
    v4([192, 175, 48, 0], 24),  // AS112
    v4([198, 18, 0, 0], 15),    // benchmarks
    v4([198, 51, 100, 0], 24),  // documentation
    v4([203, 0, 113, 0], 24),   // documentation
];

/// Special ranges inside the global unicast range of IPv6.
const FORBIDDEN_V6: [Ipv6Net; 6] = [
    v6([0x2001, 0, 0, 0], 23),         // protocol assignments: Teredo, ORCHID, benchmarks, ...
    v6([0x2001, 0xdb8, 0, 0], 32),     // documentation
    v6([0x2002, 0, 0, 0], 16),         // 6to4: out of use, and it tunnels to an IPv4 address
    v6([0x2620, 0x4f, 0x8000, 0], 48), // AS112
    v6([0x3fff, 0, 0, 0], 20),         // documentation
    v6([0x3ffe, 0, 0, 0], 16),         // the former 6bone
];

/// Everything outside is unallocated, or special by its prefix: ::/8, 64:ff9b::/96, 100::/64, 5f00::/16,
/// fc00::/7, fe80::/10, fec0::/10, ff00::/8.
const GLOBAL_UNICAST_V6: Ipv6Net = v6([0x2000, 0, 0, 0], 3);

/// Where clouds tell a machine its secrets, and link-local ranges: no pictures lie there.
const SECRETS: [IpNet; 6] = [
    IpNet::V4(v4([169, 254, 0, 0], 16)),     // AWS, Azure, Google and most others
    IpNet::V4(v4([168, 63, 129, 16], 32)),   // Azure's machine agent
    IpNet::V4(v4([100, 100, 100, 200], 32)), // Alibaba
    IpNet::V4(v4([192, 0, 0, 192], 32)),     // Oracle
    IpNet::V6(v6([0xfe80, 0, 0, 0], 10)),
    IpNet::V6(Ipv6Net::new_assert(
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
        128,
    )), // AWS
];

/// Multicast, reserved and broadcast addresses: 224.0.0.0 and all above.
const FIRST_MULTICAST_V4: u8 = 224;

const fn v4(octets: [u8; 4], length: u8) -> Ipv4Net {
    let [a, b, c, d] = octets;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(head: [u16; 4], length: u8) -> Ipv6Net {
    let [a, b, c, d] = head;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), length)
}

/// Whether an address belongs to the public internet. IPv6 addresses that stand for an IPv4 address (mapped,
/// and NAT64's well-known prefix, which hosts without IPv4 need) are judged by that one; tunnels and ranges
/// that are used inside a network are not public whatever they carry.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, ..] = address.octets();
    first < FIRST_MULTICAST_V4 && !FORBIDDEN_V4.iter().any(|net| net.contains(&address))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = carried_v4(address) {
        return is_public_v4(inner);
    }
    // An ISATAP identifier names an IPv4 host that is reached through a tunnel of the local network.
    let isatap = matches!(address.segments(), [_, _, _, _, 0 | 0x200, 0x5efe, _, _]);
    GLOBAL_UNICAST_V6.contains(&address) && !isatap && !FORBIDDEN_V6.iter().any(|net| net.contains(&address))
}

fn tells_secrets(address: IpAddr) -> bool {
    let address = match address {
        IpAddr::V6(v6) => carried_v4(v6).map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    SECRETS.iter().any(|net| net.contains(&address))
}

/// The IPv4 address to which a connection would really go.
fn carried_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        // Mapped, ::ffff:0:0/96. The deprecated compatible form, ::/96, is never routed and is left to the
        // general rule, which forbids it; so is the translated form, ::ffff:0:0:0/96.
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(join(high, low)),
        // NAT64's well-known prefix. The local-use one, 64:ff9b:1::/48, may lead anywhere: forbidden.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(join(high, low)),
        _ => None,
    }
}

/// Which addresses may be connected.
#[derive(Debug, Clone, Default)]
pub struct AddressPolicy {
    private_too: bool,
    exceptions: Vec<SocketAddr>,
}

impl AddressPolicy {
    /// Those of the public internet.
    pub fn public() -> Self {
        Self::default()
    }

    /// Those of private networks and of this machine too, for those who host pictures at home; none where a cloud
    /// tells secrets.
    pub fn private_too() -> Self {
        Self {
            private_too: true,
            exceptions: Vec::new(),
        }
    }

    /// Also exactly this address at this port. No setting leads here: it is for programs that embed the
    /// service and stand next to what they ask it to fetch.
    #[must_use]
    pub fn and(mut self, address: SocketAddr) -> Self {
        self.exceptions.push(address);
        self
    }

    /// Whether this address may be connected.
    pub fn permits(&self, address: SocketAddr) -> bool {
        let ip = address.ip();
        is_public(ip) || (self.private_too && !tells_secrets(ip)) || self.exceptions.contains(&address)
    }
}
