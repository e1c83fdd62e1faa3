// Node reads the bytes from the disk.

import { readFileSync } from "node:fs";

export default new WebAssembly.Module(readFileSync(new URL(HOOKSEAL_FILE, import.meta.url)));
