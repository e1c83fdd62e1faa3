"""Deliveries handled once, though providers send them more than once.

| store | |
| --- | --- |
| `MemoryClaims` | one process; a restart forgets |
| `SqliteClaims` | one host: any number of threads and processes |
| `PostgresClaims`, `AsyncPostgresClaims` | any number of hosts, by psycopg 3 |
| `RedisClaims`, `AsyncRedisClaims` | any number of hosts, by redis-py; a crash may forget |

Three ways to handle a delivery once:

- `claim_within`, in the transaction of your own database: never lost, never doubled.
- `claims.claim` or `claims.handle`, or a receiver with `claims=`: a lease. Never lost; doubled by a
  crash after the effect and before it is noted, and by a handler that outlives its lease.
- `SqliteInbox`, `PostgresInbox`, or a receiver with `inbox=`: stored and answered at once; a
  `Worker` runs it, and runs it again.

The clients are those that you have: none is imported before a store needs it.
"""

from ._claims import AsyncClaims, Claims
from ._inbox import AsyncEntry, AsyncPostgresInbox, Entry, Inbox, PostgresInbox, SqliteInbox
from ._inbox_steps import Listed, Put, State, Stored
from ._memory import MemoryClaims
from ._options import StoreOptions
from ._outcomes import (
    AsyncLease,
    Busy,
    Claim,
    Conflict,
    Done,
    Handled,
    Lease,
    Run,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from ._redis import AsyncRedisClaims, RedisClaims
from ._stores import AsyncPostgresClaims, PostgresClaims, SqliteClaims
from ._texts import schema
from ._within import aclaim_within, claim_within
from ._worker import AsyncWorker, Worker, back_off

__all__ = [
    "AsyncClaims",
    "AsyncEntry",
    "AsyncLease",
    "AsyncPostgresClaims",
    "AsyncPostgresInbox",
    "AsyncRedisClaims",
    "AsyncWorker",
    "Busy",
    "Claim",
    "Claims",
    "Conflict",
    "Done",
    "Entry",
    "Handled",
    "Inbox",
    "Lease",
    "Listed",
    "MemoryClaims",
    "PostgresClaims",
    "PostgresInbox",
    "Put",
    "RedisClaims",
    "Run",
    "SqliteClaims",
    "SqliteInbox",
    "State",
    "StoreError",
    "StoreFullError",
    "StoreOptions",
    "StoreUnavailableError",
    "Stored",
    "Worker",
    "aclaim_within",
    "back_off",
    "claim_within",
    "schema",
]
