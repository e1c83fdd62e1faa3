"""What the arguments may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

Body: TypeAlias = bytes | bytearray | memoryview
"""The raw bytes of a body. `bytes` are taken as they are; what can change is copied."""

Headers: TypeAlias = (
    Mapping[str, Any] | Mapping[bytes, Any] | Iterable[tuple[str | bytes, str | bytes]]
)
"""Headers as received: a mapping (a value may be a list), or pairs."""

Now: TypeAlias = int | float | datetime
"""Unix time in seconds, or an aware `datetime`."""
