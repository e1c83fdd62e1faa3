"""The texts of the package are those of all languages; and what is documented is true."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import hookseal.claims
from hookseal.claims import _texts

ROOT = Path(__file__).parents[3]


def texts(folder: object) -> dict[str, bytes]:
    found = {}
    for store in ("postgresql", "sqlite", "redis"):
        for file in folder.joinpath(store).iterdir():  # type: ignore[attr-defined]
            found[f"{store}/{file.name}"] = file.read_bytes()
    return found


def test_they_are_byte_for_byte_those_of_the_tree() -> None:
    """Of the package as it is installed: so they are in the wheel."""
    here = texts(files("hookseal.claims") / "texts")
    assert here == texts(ROOT / "service" / "texts")
    assert len(here) == 36


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_each_parameter_is_put_in(dialect: _texts.Dialect) -> None:
    names = [it.name.removesuffix(".sql") for it in (ROOT / "service/texts" / dialect).iterdir()]
    for name in names:
        given = _texts.statement(dialect, name, "pyformat")
        named = _texts.statement(dialect, name, "named")
        assert re.findall(r"%\((\w+)\)s", given) == re.findall(r"(?<!:):(\w+)", named)
        assert "--" not in given and not re.search(r"(?<!:):\w", given), name
    assert len(names) == 17


def test_examples() -> None:
    ran = 0
    for name in ("_memory", "_texts", "_worker"):
        result = doctest.testmod(sys.modules[f"hookseal.claims.{name}"])
        assert result.failed == 0
        ran += result.attempted
    assert ran >= 12


def test_all_that_is_public_says_what_it_is() -> None:
    for name in hookseal.claims.__all__:
        thing = getattr(hookseal.claims, name)
        if getattr(thing, "__module__", "").startswith("hookseal"):
            assert thing.__doc__, name
        for member in vars(thing) if isinstance(thing, type) else ():
            if not member.startswith("_") and callable(getattr(thing, member)):
                known = [vars(base).get(member) for base in thing.__mro__]
                assert any(getattr(it, "__doc__", None) for it in known), f"{name}.{member}"


def test_no_client_is_imported_before_it_is_needed() -> None:
    clients = "{'psycopg', 'psycopg_pool', 'redis', 'sqlalchemy', 'django', 'asyncpg'}"
    code = f"import sys, hookseal.claims, hookseal.receive; print({clients} & set(sys.modules))"
    made = "hookseal.claims.PostgresClaims('x'); hookseal.claims.AsyncPostgresClaims('x')"
    code = code.replace("; print", f"; {made}; print")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("set()\n", "")
