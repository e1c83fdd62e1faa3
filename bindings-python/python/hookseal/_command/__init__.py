"""The commands of `python -m hookseal`: those of the program `hookseal` that need no server, and
`inbox`.

Exit status: 0 verified, 1 refused, 2 wrong usage, secret or input. A secret is never printed.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from .. import SchemeError, SecretError, SigningError
from ._arguments import arguments
from ._output import Failure, fail


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, and gives the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in given
    try:
        args = arguments(given)
        return _run(args.command)(args)
    except Failure as failure:
        return fail(failure, as_json)
    except SecretError as error:
        weak = "; --allow-weak-secret takes it all the same" if error.code == "weak_secret" else ""
        return fail(Failure(error.message + weak, error.code), as_json)
    except SchemeError as error:
        return fail(Failure(error.message, error.code), as_json)
    except SigningError as error:
        told = f"the delivery cannot be signed: {error.message}"
        return fail(Failure(told, error.code), as_json)
    except BrokenPipeError:  # a reader that went away, as `head` does, wants no more
        sys.stdout = None
        return 0


def _run(command: str) -> Callable[[Namespace], int]:
    from importlib import import_module

    run: Callable[[Namespace], int] = import_module(f"{__name__}._{command}").run
    return run
