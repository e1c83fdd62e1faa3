// A worker that runs the vectors; it has them and the package as modules.

import * as hookseal from "./hookseal.mjs";
import files from "./vectors.json";
import { run, spoilt } from "./verdicts.mjs";

export default {
  fetch() {
    return Response.json([run(hookseal, files), run(hookseal, spoilt(files))]);
  },
};
