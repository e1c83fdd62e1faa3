// The README's own code: the first example, and the ways of other packages beside ours. The other
// blocks are the examples, which are run, with the commands, by frameworks/examples.test.mjs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { sign } from "hookseal";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = Array.from(readme.matchAll(/```(?:js|ts)\n([^]*?)```/g), ([, code]) => code);
const ways = blocks.filter((code) => code.includes("function before"));
// Beside the package, so that what a block imports is found.
const file = join(root, "test", `.readme-${process.pid}.mjs`);

after(() => rmSync(file, { force: true }));

function load(code) {
  writeFileSync(file, code);
  return import(`${file}?${Math.random()}`);
}

test("the first example", () => {
  writeFileSync(file, blocks[0]);
  const said = execFileSync(process.execPath, [file], { encoding: "utf8" });
  assert.equal(said, "evt_1 invoice.paid\n");
});

test("every block is run", () => {
  const folder = join(root, "examples");
  const examples = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const others = blocks.slice(1).filter((code) => !ways.includes(code));
  assert.deepEqual(others.toSorted(), examples.toSorted()); // each once, as it is
  const commands = Array.from(readme.matchAll(/```console\n([^]*?)```/g), ([, it]) => it);
  assert.deepEqual([commands[0], commands.length], ["$ npm install hookseal\n", 2]);
  const texts = readme.match(/^```text$/gm); // run by claims/command.test.mjs
  assert.equal(texts.length, 1);
  assert.equal(readme.match(/^```\w/gm).length, blocks.length + commands.length + texts.length);
});

test("every option of a receiver is there", () => {
  const named = (file, from) => {
    const text = readFileSync(join(root, "types", file), "utf8");
    const [declared] = text.slice(text.indexOf(from)).split(/^\/\*\*$/m);
    return Array.from(declared.matchAll(/^ +(?:\| \{ )?readonly (\w+)\??:/gm), ([, name]) => name);
  };
  const options = new Set([
    ...named("receive/index.d.ts", "export type SecretOptions"),
    ...named("receive/index.d.ts", "export type ReceiverOptions"),
    ...named("index.d.ts", "export interface VerifierOptions"),
  ]);
  for (const name of ["dangerAnyTime", "dangerWeakSecret"]) assert.ok(options.delete(name));
  assert.equal(options.size, 15);
  const [, table] = readme.split("## Options of a receiver\n");
  assert.deepEqual(
    [...options].filter((name) => !table.split("\n## ")[0].includes(`\`${name}\``)),
    [],
  );
});

const secrets = {
  stripe: "whsec_test_9f0c1b7a5d3e4f60",
  standardwebhooks: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  svix: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  "@octokit/webhooks-methods": "It's a Secret to Everybody",
};

for (const [from, secret] of Object.entries(secrets)) {
  test(`before and after: ${from}`, async () => {
    const code = ways.filter((it) => it.includes(`from "${from}"`));
    assert.equal(code.length, 1);
    const { before, after } = await load(code[0]);
    const [, provider] = /verify\("([^"]+)"/.exec(code[0]);
    const body = Buffer.from('{"id":"evt_1","type":"invoice.paid"}');
    const { headers } = sign(provider, secret, { body, eventId: "evt_1" });
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const received = Object.fromEntries(lower);
    assert.equal((await before(body, received, secret)).id, "evt_1");
    assert.equal((await after(body, received, secret)).id, "evt_1");
    const other = Buffer.concat([body, Buffer.from(" ")]);
    assert.equal(await before(other, received, secret), 400);
    assert.equal(await after(other, received, secret), 401);
  });
}

test("the ways from every package are tried", () => {
  assert.equal(ways.length, Object.keys(secrets).length);
});
