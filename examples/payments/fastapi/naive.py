"""What is usually written instead of claims. It is here to be caught: see proofs/claims."""

from psycopg_pool import ConnectionPool

import crash
from hookseal import Delivery
from ledger import book


def mark_first(pool: ConnectionPool, delivery: Delivery) -> None:
    """Loses what was marked and not yet booked when the process dies."""
    if _mark(pool, delivery):
        crash.at("claimed")
        with pool.connection() as connection:
            book(connection, delivery)
        crash.at("paid")


def mark_after(pool: ConnectionPool, delivery: Delivery) -> None:
    """Books again what was booked and not yet marked; and what arrives twice at once."""
    if not _is_marked(pool, delivery):
        crash.at("claimed")
        with pool.connection() as connection:
            book(connection, delivery)
        crash.at("paid")
        _mark(pool, delivery)


def no_guard(pool: ConnectionPool, delivery: Delivery) -> None:
    """Books each delivery: what the others are measured against."""
    with pool.connection() as connection:
        book(connection, delivery)


GUARDS = {"mark-first": mark_first, "mark-after": mark_after, "none": no_guard}


def _mark(pool: ConnectionPool, delivery: Delivery) -> bool:
    with pool.connection() as connection:
        sql = "INSERT INTO seen VALUES (%s) ON CONFLICT DO NOTHING"
        return connection.execute(sql, (delivery.event_id,)).rowcount == 1


def _is_marked(pool: ConnectionPool, delivery: Delivery) -> bool:
    with pool.connection() as connection:
        sql = "SELECT FROM seen WHERE event_id = %s"
        return connection.execute(sql, (delivery.event_id,)).rowcount == 1
