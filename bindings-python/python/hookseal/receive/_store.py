"""The store that a receiver has, and whether it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ..claims import AsyncClaims, AsyncPostgresInbox, Claims, Inbox
    from ._receiver import Receiver

    Store: TypeAlias = Claims | AsyncClaims | Inbox | AsyncPostgresInbox


def is_async(store: object) -> bool:
    """Whether the methods of a store are awaited."""
    if store is None:
        return False
    from ..claims import AsyncClaims, AsyncPostgresInbox

    return isinstance(store, (AsyncClaims, AsyncPostgresInbox))


def synchronous(receiver: Receiver) -> None:
    """Where nothing is awaited, a store is none that is."""
    if is_async(receiver.store):
        raise TypeError(
            "this store is asynchronous, and nothing is awaited here: take the one of the same name"
            " without Async"
        )


def checked(
    claims: Claims | AsyncClaims | None,
    inbox: Inbox | AsyncPostgresInbox | None,
    window: int | None,
) -> Store | None:
    """The store of a receiver, which must know a delivery for as long as it may come again."""
    if claims is None and inbox is None:
        return None
    from .. import claims as stores

    if claims is not None and inbox is not None:
        raise TypeError("a receiver has claims or an inbox, not both: the inbox claims by itself")
    if claims is not None and not isinstance(claims, (stores.Claims, stores.AsyncClaims)):
        raise TypeError(f"claims is a store of hookseal.claims, not {type(claims).__name__}")
    if inbox is not None and not isinstance(inbox, (stores.Inbox, stores.AsyncPostgresInbox)):
        raise TypeError(f"inbox is an inbox of hookseal.claims, not {type(inbox).__name__}")
    store: Store | None = claims if claims is not None else inbox
    if store is not None and window is not None and store.keep < window:
        raise ValueError(
            f"keep is {store.keep} seconds, and a delivery is fresh for {window}: one that is"
            " forgotten while it is fresh would be handled again"
        )
    return store
