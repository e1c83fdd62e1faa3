// What the build puts in beside the sources.

import { recorded } from "./recorded.mjs";

/** `recorded-deliveries`: the deliveries that examples start from. */
export function recordedPlugin() {
  return {
    name: "recorded-deliveries",
    setup(build) {
      build.onResolve({ filter: /^recorded-deliveries$/ }, ({ path }) => ({
        path,
        namespace: "recorded",
      }));
      build.onLoad({ filter: /.*/, namespace: "recorded" }, () => ({
        contents: JSON.stringify(recorded()),
        loader: "json",
      }));
    },
  };
}
