"""The texts that the stores run. All languages run the same ones."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

Dialect: TypeAlias = Literal["postgresql", "sqlite"]
Style: TypeAlias = Literal["named", "pyformat"]


@cache
def script(name: str) -> str:
    """A script for Redis."""
    return _read("redis", f"{name}.lua")


@cache
def statement(dialect: Dialect, name: str, style: Style) -> str:
    """A statement, with its parameters as the client spells them: `:key` or `%(key)s`."""
    text = _bare(_read(dialect, f"{name}.sql"))
    if style == "named":
        return text
    return re.sub(r"(?<![:\w]):([a-z_]+)", r"%(\1)s", text.replace("%", "%%"))


def schema(dialect: Dialect, *, inbox: bool = False) -> str:
    """The SQL that makes the tables: of claims, or of an inbox. For your migrations.

    >>> from hookseal.claims import schema
    >>> print(schema("postgresql").splitlines()[1])
    CREATE TABLE IF NOT EXISTS hookseal_claims (
    """
    if dialect not in ("postgresql", "sqlite"):
        raise ValueError('the databases are "postgresql" and "sqlite"')
    return _read(dialect, "inbox-schema.sql" if inbox else "claims-schema.sql")


def schema_statements(dialect: Dialect, inbox: bool) -> list[str]:
    """The same, one by one."""
    return [it.strip() for it in _bare(schema(dialect, inbox=inbox)).split(";") if it.strip()]


def _read(store: str, name: str) -> str:
    return (files(__package__) / "texts" / store / name).read_text("utf-8")


def _bare(text: str) -> str:
    """Without comments."""
    return re.sub(r"--.*", "", text).strip().removesuffix(";")
