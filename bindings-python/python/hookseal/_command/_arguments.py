"""What can be typed. What is wrong with it is said without quoting it: a word that is out of place
may be a part of a secret, as when quotes were forgotten."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from ._output import Failure

SECRET = "--secret"


class _Parser(argparse.ArgumentParser):
    """It takes no flag by half of its name, and tells errors as the rest of the program does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise Failure(f"{_sentence(message)}; --help shows what can be given")


def _sentence(message: str) -> str:
    """Of the parser's own sentence only the flag is kept: the rest may quote what was typed."""
    flag, _, what = message.removeprefix("argument ").partition(": ")
    flag = flag.replace("/", ", ")
    if message.startswith("the following arguments are required: "):
        return f"{what} must be given"
    if not message.startswith("argument "):
        return (
            "an argument is not known; it is not shown, since it may be part of a secret that "
            "lacks its quotes"
        )
    if what.startswith("not allowed with argument "):
        return f"{flag} and {what.removeprefix('not allowed with argument ')} exclude each other"
    if what.startswith("expected "):
        return f"{flag} lacks its value"
    if flag == "command":
        return "the command is not known"
    return f"the value of {flag} is not one that it takes"


class _Given(argparse.Action):
    """Keeps the secrets in the order in which they are given, and from where each is to be read."""

    def __call__(
        self, parser: object, args: argparse.Namespace, value: object, flag: str | None = None
    ) -> None:
        args.secrets = [*(args.secrets or ()), (flag, value)]


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, read."""
    if not argv:
        print(f"hookseal: give a command\n\n{_parser().format_help()}", file=sys.stderr, end="")
        raise SystemExit(2)
    return _parser().parse_args(_bound_to_their_flag(argv))


def _bound_to_their_flag(argv: Sequence[str]) -> list[str]:
    """A secret may well begin with a hyphen, which the parser would take for a flag."""
    bound: list[str] = []
    for word in argv:
        if bound and bound[-1] == SECRET:
            bound[-1] = f"{SECRET}={word}"
        else:
            bound.append(word)
    return bound


def _parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    parser = _Parser(
        prog="python -m hookseal",
        description="Verify, explain and sign webhook deliveries.",
        epilog="Exit status: 0 verified, 1 refused, 2 wrong usage, secret or input. A secret is "
        "never printed.",
    )
    parser.add_argument("--version", action="version", version=f"hookseal {version('hookseal')}")
    _json(parser, default=False)
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="command", parser_class=_Parser
    )
    for name, text, add in (
        ("verify", "Verify one delivery", _add_verify),
        ("explain", "Tell why a delivery is refused", _add_explain),
        ("sign", "Print the headers that sign a delivery", _add_sign),
        ("providers", "List the providers, or show what is known of one", _add_providers),
        ("inbox", "List what an inbox holds, and run again what has failed", _add_inbox),
    ):
        command = commands.add_parser(name, help=text, description=text + ".")
        _json(command, default=argparse.SUPPRESS)
        add(command)
    return parser


def _json(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--json", action="store_true", default=default, help="Print JSON")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    _add_key(parser)
    _add_delivery(parser)
    _add_window(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    from typing import get_args

    from .._names import Framework

    _add_verify(parser)
    add = parser.add_argument
    add(
        "--other-secret-file",
        metavar="FILE",
        action="append",
        default=[],
        help="A file that holds another secret of yours: if the delivery is signed with it, that "
        "is the cause; repeat the flag for each",
    )
    add(
        "--framework",
        metavar="NAME",
        choices=get_args(Framework),
        help="What receives the delivery, so that the fix names its raw body: "
        + ", ".join(get_args(Framework)),
    )
    add(
        "--danger-show-expected",
        action="store_true",
        help="Show the signature that would verify: whoever sees it can forge this delivery",
    )


def _add_sign(parser: argparse.ArgumentParser) -> None:
    _add_key(parser)
    _add_delivery(parser)
    add = parser.add_argument
    add(
        "--event-id",
        metavar="ID",
        type=_text,
        help="The id of the event, where it is no part of the body",
    )
    add(
        "--whole",
        action="store_true",
        help="Print the whole signed delivery, as --request reads it",
    )


def _add_providers(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("name", nargs="?", help="Show what is known of this provider")
    add("--toml", action="store_true", help="Show the row as a scheme file, to start your own from")


def _add_inbox(parser: argparse.ArgumentParser) -> None:
    from ._inbox_arguments import add_inbox

    add_inbox(parser)


def _add_key(parser: argparse.ArgumentParser) -> None:
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--provider", metavar="NAME", help="Whose deliveries: a name of `providers`")
    whose.add_argument("--scheme", metavar="FILE", help="A scheme of your own, in TOML or JSON")
    for flag, metavar, text in (
        ("--secret-env", "NAME", "The environment variable that holds the secret; every secret "
         "flag can be repeated while secrets are rotated"),
        ("--secret-file", "FILE", "The file that holds the secret, byte for byte, or the key"),
        (SECRET, "SECRET", "The secret itself, which other users of this machine may see in its "
         "list of processes"),
    ):  # fmt: skip
        parser.add_argument(flag, metavar=metavar, action=_Given, dest="secrets", help=text)
    parser.add_argument(
        "--allow-weak-secret", action="store_true", help="Take a secret shorter than 16 bytes"
    )


def _add_delivery(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--request",
        metavar="FILE",
        help="A captured request: raw HTTP, HAR, a curl command, an AWS Lambda event or JSON, as "
        "`on_refused` gives it; - is standard input",
    )
    add(
        "--header",
        "-H",
        metavar="'NAME: VALUE'",
        action="append",
        default=[],
        help="A header as received; repeat the flag for each",
    )
    add("--body", metavar="FILE", help="The file that holds the raw body; - is standard input")
    add("--url", metavar="URL", type=_text, help="The URL as it is configured at the provider")
    add("--method", metavar="METHOD", type=_text, help="The HTTP method")
    add("--now", metavar="SECONDS", type=_moment, help="The time in Unix seconds")


def _add_window(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    past = (
        "How far the delivery's time may lie in the past, without this as the provider's row says"
    )
    add("--tolerance", metavar="SECONDS", type=_seconds, help=past)
    add("--future-tolerance", metavar="SECONDS", type=_seconds, help=past.replace("past", "future"))
    add(
        "--danger-any-time",
        action="store_true",
        help="Check no window at all: anyone who has seen a delivery can send it again",
    )


def _text(text: str) -> str:
    """What is UTF-8; of other bytes Python makes surrogates."""
    text.encode()
    return text


def _seconds(text: str) -> int:
    return _number(text, (1 << 32) - 1)


def _moment(text: str) -> int:
    return _number(text, 100_000_000_000)


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most):
        raise ValueError
    return int(text)
