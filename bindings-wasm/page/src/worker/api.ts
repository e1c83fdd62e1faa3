// The package that the page runs, as far as it uses it.

import type * as Hookseal from "hookseal";

/** A request as somebody captured it. */
export interface Capture {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: readonly (readonly [string, string | Uint8Array])[];
  readonly body: Uint8Array;
}

/** The signature that would verify: in the explanation where the package can tell it. */
type Explain = (
  provider: Hookseal.Scheme,
  secret: string,
  received: Hookseal.ToExplain & { readonly dangerShowExpected: boolean },
  options: Hookseal.VerifierOptions,
) => Hookseal.Explanation & { readonly expected?: string | undefined };

export type Api = Pick<
  typeof Hookseal,
  "Scheme" | "Verifier" | "detect" | "handshake" | "providers" | "sign" | "verify"
> & {
  readonly explain: Explain;
  readonly readCapture: (captured: Uint8Array | string) => Capture;
};
