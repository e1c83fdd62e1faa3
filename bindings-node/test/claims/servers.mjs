// Private servers for these tests, in a folder of their own, reached by sockets in it. Without their
// programs the tests fail.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const DEBIAN = "/usr/lib/postgresql";

function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort() : [];
  const folder = versions.map((it) => join(DEBIAN, it, "bin")).findLast((it) => existsSync(it));
  if (folder === undefined)
    throw new Error("install Debian's postgresql: its programs are not here");
  return folder;
}

// PostgreSQL refuses to be root.
const AS_USER =
  process.getuid() === 0 ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

// A server ends with these tests, also where they are ended themselves.
function mortal(command, flags = []) {
  return ["setpriv", ...flags, "--pdeathsig", "INT", "--", ...command];
}

function ownedFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-store-"));
  if (process.getuid() === 0) {
    const id = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    chownSync(folder, id("-u"), id("-g"));
  }
  return folder;
}

async function listening(path, child) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`a server ended: ${child.spawnargs.join(" ")}`);
    const socket = connect(path);
    const isOpen = await new Promise((resolve) => {
      socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await wait(25);
  }
  throw new Error(`nothing listens on ${path}`);
}

// A server that can be stopped and started again on the same data.
class Server {
  constructor(command, path) {
    Object.assign(this, { command, path });
  }

  async start() {
    const [program, ...words] = this.command;
    this.child = spawn(program, words, { stdio: "ignore" });
    this.child.on("error", () => undefined);
    await Promise.race([listening(this.path, this.child), failed(this.child)]);
    return this;
  }

  async stop(signal = "SIGTERM") {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, "exit");
    this.child.kill(signal);
    await closed;
  }
}

async function failed(child) {
  const [error] = await once(child, "error");
  throw error;
}

export async function postgres() {
  const folder = ownedFolder();
  const data = join(folder, "data");
  const program = (name) => join(programs(), name);
  const made = [program("initdb"), "-D", data, "-A", "trust", "-U", "hookseal"];
  const [initdb, ...words] = mortal(made, AS_USER);
  execFileSync(initdb, [...words, "--no-sync", "--no-locale", "-E", "UTF8"], { stdio: "ignore" });
  const settings = { fsync: "off", listen_addresses: "", unix_socket_directories: folder };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = mortal([program("postgres"), "-D", data, "-N", "100", ...flags], AS_USER);
  const server = await new Server(command, join(folder, ".s.PGSQL.5432")).start();
  const settingsOf = { host: folder, user: "hookseal", database: "postgres" };
  await ready(settingsOf);
  const stop = async () => {
    await server.stop("SIGINT");
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, settings: settingsOf, folder, stop };
}

// It listens a little before it answers.
export async function ready(settings) {
  const { default: pg } = await import("pg");
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new pg.Client(settings);
    client.on("error", () => undefined);
    const isReady = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isReady) return;
    await wait(25);
  }
  throw new Error("PostgreSQL does not answer");
}

export async function redis(...flags) {
  const folder = mkdtempSync(join(tmpdir(), "hookseal-store-"));
  const path = join(folder, "redis.sock");
  const words = ["--port", "0", "--unixsocket", path, "--dir", folder, "--save", "", ...flags];
  const server = await new Server(mortal(["redis-server", ...words]), path).start();
  const stop = async () => {
    await server.stop("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, path, stop };
}
