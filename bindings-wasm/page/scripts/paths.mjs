import { fileURLToPath } from "node:url";

/** A path, from the folder of these scripts. */
export function pathOf(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}
