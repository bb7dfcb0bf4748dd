"""Which addresses of the network are public, and sockets that lead to no other."""

import ipaddress
import socket

from aiohttp import AddrInfoType

_UNICAST = ipaddress.IPv6Network("2000::/3")
_IPV4_INSIDE = ipaddress.IPv6Network("64:ff9b::/96")
_IPV4_BEFORE = ipaddress.IPv6Network("2002::/16")


class NotPublicError(OSError):
    """An address that not everyone reaches."""


def is_public(address: str) -> bool:
    """Whether it is an IP address of the whole network; IPv4 inside IPv6 counts as IPv4 (RFC 4291, 6052, 6890)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or (ipaddress.IPv4Address(ip.packed[12:]) if ip in _IPV4_INSIDE else None)
        if inside is None:
            return ip.is_global and ip in _UNICAST and ip not in _IPV4_BEFORE
        ip = inside
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def open_public_socket(info: AddrInfoType) -> socket.socket:
    """A socket for this address alone, which is the one that is connected to: no name is looked up after this."""
    if not is_public(str(info[4][0])):
        raise NotPublicError("not a public address")
    return open_socket(info)


def open_socket(info: AddrInfoType) -> socket.socket:
    return socket.socket(family=info[0], type=info[1], proto=info[2])
