"""Texts of the stores broken on purpose, in this process and those that it forks: each has to be
caught by the proof that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hookseal.claims import _texts


@contextmanager
def broken(name: str, old: str, new: str) -> Iterator[None]:
    """Every text of that name, in any store, with `old` replaced by `new`."""
    read = _texts._read

    def changed(store: str, file: str) -> str:
        text = read(store, file)
        return text.replace(old, new) if file.startswith(f"{name}.") else text

    setattr(_texts, "_read", changed)
    _forget()
    try:
        if not any(old in read(store, f"{name}.{kind}") for store, kind in _places(name)):
            raise AssertionError(f"no text {name} has what was to be broken")
        yield
    finally:
        setattr(_texts, "_read", read)
        _forget()


def _places(name: str) -> list[tuple[str, str]]:
    scripts = [("redis", "lua")] if name in ("claim", "settle") else []
    return scripts + ([("postgresql", "sql"), ("sqlite", "sql")] if name != "settle" else [])


def _forget() -> None:
    """They are kept once they were read."""
    from hookseal.claims import _redis

    for kept in (_texts.script, _texts.statement, _redis._name):
        kept.cache_clear()
