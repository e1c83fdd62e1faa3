"""The URL of a request, which its sender never chooses where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .. import Scheme


class PublicUrl:
    """The address under which the provider sends: what is configured, and what a request adds."""

    def __init__(self, url: str | None, scheme: Scheme) -> None:
        if url is None and scheme.names_origin:
            raise ValueError(
                f'{scheme.name} signs the URL: give its public address, as url="https://example.com"'
            )
        if url is not None and (not url.startswith(("https://", "http://")) or "#" in url):
            raise ValueError('url is a public address, as "https://example.com"')
        self._base, _, query = (url or "").partition("?")
        self._query = f"?{query}" if query else ""
        self._is_origin = "/" not in self._base.partition("://")[2]

    def of(self, target: str) -> str:
        """The configured URL, with what the request adds to it; without one, what was requested,
        in which no scheme and no host can be taken for the receiver's own."""
        path, mark, query = _origin_form(target).partition("?")
        if self._is_origin:
            return self._base + path + mark + query
        return self._base + (mark + query or self._query)


def _origin_form(target: str) -> str:
    """Path and query, also of a request line that names the whole URL."""
    if target.startswith("/"):
        return target
    rest = target.partition("://")[2]
    return rest[rest.find("/") :] if "/" in rest else "/"
