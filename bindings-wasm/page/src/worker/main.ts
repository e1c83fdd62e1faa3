// The worker's start: no network from here on, and then the package.

import * as hookseal from "hookseal";

import type { Ask } from "../shared/protocol.js";
import { troubleOf } from "./analyse.js";
import type { Api } from "./api.js";
import { answer } from "./engine.js";
import { lock } from "./lock.js";

lock(self);

const api = hookseal as unknown as Api;

self.addEventListener("message", async ({ data }: MessageEvent<{ id: number; ask: Ask }>) => {
  const told = await answer(api, data.ask).catch(troubleOf);
  self.postMessage({ id: data.id, answer: told });
});
