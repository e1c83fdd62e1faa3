"""The ledger: a row for each payment. Without a constraint, so that a double would be seen."""

from psycopg import Connection
from psycopg_pool import ConnectionPool

from hookseal import Delivery

_TABLES = (
    "CREATE TABLE IF NOT EXISTS payments (event_id text NOT NULL, amount bigint NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seen (event_id text PRIMARY KEY)",  # of naive.py
)


def setup(pool: ConnectionPool) -> None:
    with pool.connection() as connection:
        # Several receivers start at once, and PostgreSQL may refuse to make a table twice.
        connection.execute("SELECT pg_advisory_xact_lock(1)")
        for table in _TABLES:
            connection.execute(table)


def book(connection: Connection, delivery: Delivery) -> None:
    amount = delivery.json()["data"]["object"]["amount_received"]
    sql = "INSERT INTO payments (event_id, amount) VALUES (%s, %s)"
    connection.execute(sql, (delivery.event_id, amount))
