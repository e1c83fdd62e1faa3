// The package that the page runs: the build with the public-key algorithms.

import { pathOf } from "./paths.mjs";

export const MODULE = process.env.HOOKSEAL_MODULE ?? pathOf("../../dist/all.mjs");
