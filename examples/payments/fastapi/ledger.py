"""The ledger: a row for each payment. Without a constraint, so that a double would be seen."""

from contextlib import suppress

import psycopg
from psycopg import Connection
from psycopg_pool import ConnectionPool

from hookseal import Delivery

_TABLES = (
    "CREATE TABLE IF NOT EXISTS payments (event_id text NOT NULL, amount bigint NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seen (event_id text PRIMARY KEY)",  # of naive.py
)


def setup(pool: ConnectionPool) -> None:
    for table in _TABLES:
        with suppress(psycopg.IntegrityError), pool.connection() as connection:
            connection.execute(table)  # it fails where another process makes the same one just now


def book(connection: Connection, delivery: Delivery) -> None:
    amount = delivery.json()["data"]["object"]["amount_received"]
    sql = "INSERT INTO payments (event_id, amount) VALUES (%s, %s)"
    connection.execute(sql, (delivery.event_id, amount))
