// The ledger: a row for each payment, in another store than the claims, as a payment API would be.
// Without a constraint, so that a double would be seen.

const SCHEMA =
  "CREATE TABLE IF NOT EXISTS payments (event_id text NOT NULL, amount bigint NOT NULL)";

export async function book(pool, delivery) {
  const amount = delivery.json().data.object.amount_received;
  const sql = "INSERT INTO payments (event_id, amount) VALUES ($1, $2)";
  await pool.query(sql, [delivery.eventId, amount]);
}

// Several receivers start at once, and PostgreSQL may refuse to make a table twice.
export async function setUp(pool) {
  await pool.query(SCHEMA).catch(() => pool.query(SCHEMA));
}
