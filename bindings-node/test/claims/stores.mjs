// Each store over each client, in one shape: how its claims are made, and how what it holds is shifted
// in time.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { MemoryClaims, PostgresClaims, RedisClaims, SqliteClaims } from "hookseal/claims";

import * as servers from "./servers.mjs";

const [major] = process.versions.node.split(".");
export const SQLITE = Number(major) < 22 ? "better-sqlite3" : "node:sqlite";

// A database of better-sqlite3, or, where Node has one itself, of that.
export async function sqliteDatabase(path = ":memory:") {
  if (SQLITE === "node:sqlite") return new (await import("node:sqlite")).DatabaseSync(path);
  const { default: Database } = await import("better-sqlite3");
  return new Database(path);
}

export function sqliteFile() {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-store-"));
  const stop = () => rmSync(folder, { recursive: true, force: true });
  return { path: join(folder, "claims.db"), stop };
}

export async function memory() {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  return {
    name: "memory",
    make: async (options) => new MemoryClaims({ now, ...options }),
    shift: async (seconds) => void (ahead += seconds * 1000),
    stop: async () => undefined,
  };
}

export async function sqlite() {
  const database = await sqliteDatabase();
  return {
    name: SQLITE,
    database,
    make: (options) => new SqliteClaims(database, options).setup(),
    shift: async (seconds) => {
      const ago = `- ${seconds * 1000}`;
      database.exec(
        `UPDATE hookseal_claims SET lease_until = lease_until ${ago}, keep_until = keep_until ${ago}`,
      );
    },
    stop: async () => database.close(),
  };
}

export async function postgres() {
  const { default: pg } = await import("pg");
  const { settings, stop, server } = await servers.postgres();
  const pool = new pg.Pool({ ...settings, max: 20 });
  pool.on("error", () => undefined);
  return {
    name: "postgresql",
    pool,
    settings,
    server,
    make: (options) => new PostgresClaims(pool, options).setup(),
    shift: async (seconds) => {
      const ago = `- INTERVAL '${seconds} seconds'`;
      await pool.query(
        `UPDATE hookseal_claims SET lease_until = lease_until ${ago}, keep_until = keep_until ${ago}`,
      );
    },
    stop: async () => {
      await pool.end();
      await stop();
    },
  };
}

export async function ioredis(...flags) {
  const { default: Redis } = await import("ioredis");
  const { path, stop, server } = await servers.redis(...flags);
  const client = new Redis(path, { maxRetriesPerRequest: 0 });
  client.on("error", () => undefined);
  await client.ping();
  const end = async () => {
    client.disconnect();
    await stop();
  };
  return { name: "ioredis", client, path, server, ...overRedis(client, client), stop: end };
}

export async function nodeRedis() {
  const { default: Redis } = await import("ioredis");
  const { createClient } = await import("redis");
  const { path, stop, server } = await servers.redis();
  const client = createClient({ socket: { path, reconnectStrategy: false } });
  client.on("error", () => undefined);
  await client.connect();
  const other = new Redis(path);
  const end = async () => {
    client.destroy();
    other.disconnect();
    await stop();
  };
  return { name: "redis", client, server, ...overRedis(client, other), stop: end };
}

function overRedis(client, other) {
  return {
    make: (options) => new RedisClaims(client, options).setup(),
    shift: async (seconds) => {
      for (const key of await other.keysBuffer("*")) await shiftKey(other, key, seconds * 1000);
    },
  };
}

async function shiftKey(client, key, ago) {
  const left = (await client.pttl(key)) - ago;
  if (left <= 0) return void (await client.del(key));
  const value = (await client.getBuffer(key)).toString("latin1");
  const [, fence, until, digest] = /^(\d+):(\d+):([^]*)$/.exec(value);
  const ends = until === "0" ? 0 : Number(until) - ago;
  const shifted = Buffer.from(`${fence}:${ends}:${digest}`, "latin1");
  await client.set(key, shifted, "PX", left);
}

export const ALL = { memory, sqlite, postgres, ioredis, redis: nodeRedis };
