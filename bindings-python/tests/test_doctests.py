"""The examples in docstrings run."""

import doctest
import subprocess
import sys

import hookseal
from hookseal import _functions, _scheme


def test_examples():
    ran = 0
    for module in (hookseal, _functions, _scheme):
        result = doctest.testmod(module)
        assert result.failed == 0
        ran += result.attempted
    assert ran >= 30


def test_all_that_is_public_says_what_it_is():
    for name in hookseal.__all__:
        thing = getattr(hookseal, name)
        if callable(thing) and getattr(thing, "__module__", "").startswith("hookseal"):
            assert thing.__doc__, name
            for member in vars(thing) if isinstance(thing, type) else ():
                if not member.startswith("_"):
                    assert getattr(thing, member).__doc__, f"{name}.{member}"


def test_the_import_is_light():
    """What takes long to import is imported when it is needed."""
    heavy = "'json', 'typing', 'datetime', 'enum', 're', 'asyncio', 'dataclasses'"
    code = f"import sys, hookseal; print(sorted({{{heavy}}} & set(sys.modules)))"
    bare = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code.replace(", hookseal", "")],
        capture_output=True,
        text=True,
    )
    path = next(iter(hookseal.__path__)).rpartition("/")[0]
    code = code.replace(
        "import sys, hookseal", f"import sys; sys.path.append({path!r}); import hookseal"
    )
    ours = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (ours.stdout, ours.stderr) == (bare.stdout, "")
