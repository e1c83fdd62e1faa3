"""Who sent a request, as far as proxies that are trusted tell."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ._request import Headers

Networks: TypeAlias = tuple[IPv4Network | IPv6Network, ...]


def networks(allow_from: str | Iterable[str]) -> Networks:
    """The networks that are allowed: CIDR blocks, or single addresses."""
    listed = [allow_from] if isinstance(allow_from, str) else allow_from
    found = tuple(ip_network(one) for one in listed)
    if not found:
        raise ValueError("allow_from is an empty list: it would refuse every delivery")
    return found


def is_within(allowed: Networks, headers: Headers, peer: str | None, proxies: int) -> bool:
    """Whether the sender's address is allowed. A sender without an address is not."""
    text = _forwarded(headers, proxies) if proxies else peer
    address = _address(text or "")
    return address is not None and any(address in network for network in allowed)


def _forwarded(headers: Headers, proxies: int) -> str | None:
    """What the outermost trusted proxy saw: each adds one entry at the end of the list. What stands
    before it, the sender may have written. A request with fewer entries came past the proxies."""
    lists = [value for name, value in headers if name.lower() == b"x-forwarded-for"]
    entries = b",".join(lists).split(b",")
    return entries[-proxies].decode("latin-1") if len(entries) >= proxies else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address that a proxy may have written with its port, or an IPv4 address in IPv6 form."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
