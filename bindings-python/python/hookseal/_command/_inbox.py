"""What waits in an inbox, or has failed; and to have it run again."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from ..claims import Inbox, Listed, PostgresInbox, SqliteInbox, StoreError
from ._output import Failure, printable, show, show_json


def run(args: Namespace) -> int:
    """Lists, runs again, or forgets."""
    inbox = _inbox(args)
    try:
        return {"list": _list, "again": _again, "forget": _forget}[args.doing](inbox, args)
    except StoreError as error:
        kind = type(error.__cause__).__name__
        raise Failure(f"{error.message} ({kind})", error.code) from None
    finally:
        inbox.close()


def _inbox(args: Namespace) -> SqliteInbox | PostgresInbox:
    if args.postgres is not None:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise Failure("--postgres needs the package psycopg") from None
        return PostgresInbox(args.postgres)
    from pathlib import Path

    if not Path(args.sqlite).is_file():
        raise Failure("the file of --sqlite is not there")
    return SqliteInbox(args.sqlite)


def _list(inbox: Inbox, args: Namespace) -> int:
    entries = inbox.list(args.state, args.most)
    if args.json:
        show_json([_row(entry) for entry in entries])
    else:
        show("".join(_line(entry) for entry in entries))
    return 0


def _again(inbox: Inbox, args: Namespace) -> int:
    """Those that are named, or all that have failed. Fails where one of them had not."""
    keys = [entry.key for entry in inbox.failed(args.most)] if args.all else args.keys
    if not args.all and not keys:
        raise Failure("give the keys to run again, as list shows them, or --all")
    done = [inbox.again(key) for key in keys]
    if args.json:
        show_json({"again": sum(done), "not_failed": len(done) - sum(done)})
    else:
        show(f"{sum(done)} to be run again\n")
    return 0 if all(done) else 1


def _forget(inbox: Inbox, args: Namespace) -> int:
    count = inbox.forget(args.most)
    if args.json:
        show_json({"forgotten": count})
    else:
        show(f"{count} forgotten\n")
    return 0


def _row(entry: Listed) -> dict[str, Any]:
    """An entry, for programs."""
    times = {"sent_at": _time(entry.sent_at), "received_at": _time(entry.received_at)}
    return entry._asdict() | {"key": entry.key.hex()} | times


def _line(entry: Listed) -> str:
    """An entry on one line, its cells parted by tabs."""
    cells = (entry.key.hex(), entry.scheme, entry.event_id, entry.event_type)
    rest = (_time(entry.received_at), str(entry.tries), entry.trouble)
    return "\t".join(printable(cell or "-") for cell in (*cells, *rest)) + "\n"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
