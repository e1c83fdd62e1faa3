// Compiled, not run: the types of receivers.

import { type Answer, type Delivery, type DeliveryCode, explain } from "hookseal";
import {
  BODY_LIMIT,
  BodyConsumedError,
  type Capture,
  type CapturedRequest,
  Receiver,
  type ReceiverOptions,
  type RefusalCode,
} from "hookseal/receive";
import { type RequestOptions, verifyRequest } from "hookseal/web";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined {
  return undefined;
}

const receiver = new Receiver("stripe", {
  secretEnv: ["NEW", "OLD"],
  url: "https://a.example",
  allowFrom: ["192.0.2.0/24"],
  trustedProxies: 1,
  tolerance: 300,
  onRefused(code, capture) {
    is<Same<typeof code, RefusalCode>>();
    is<Same<typeof capture, Capture>>();
    explain("stripe", "secret", { ...capture, framework: "express" });
    explain("stripe", "secret", capture);
  },
  now: () => new Date(),
});
const judged = receiver.receive(
  { method: "POST", target: "/", headers: [["a", "b"]], peer: "::1" },
  new Uint8Array(BODY_LIMIT),
);
is<Same<typeof judged, Delivery | Answer>>();
is<Same<Exclude<RefusalCode, DeliveryCode>, "address_not_allowed">>();
is<Same<ReturnType<Capture["toJSON"]>, CapturedRequest>>();

const options: ReceiverOptions = { secret: "secret" };
const ofRequest: RequestOptions = { provider: "stripe", secret: "secret" };
declare const request: Request;
const verified = await verifyRequest(request, ofRequest);
is<Same<typeof verified, Delivery | Response>>();
console.log(options, new Error() instanceof BodyConsumedError);

// @ts-expect-error there is no such provider
new Receiver("strype", options);
// @ts-expect-error a secret is needed
new Receiver("stripe", {});
// @ts-expect-error one of them
new Receiver("stripe", { secret: "secret", secretEnv: "NAME" });
// @ts-expect-error an environment variable may be unset
new Receiver("stripe", { secret: process.env["STRIPE_WEBHOOK_SECRET"] });
// @ts-expect-error there is no such option
new Receiver("stripe", { secret: "secret", tolerence: 1 });
// @ts-expect-error a receiver has a window
new Receiver("stripe", { secret: "secret", dangerAnyTime: true });
// @ts-expect-error headers are pairs
receiver.receive({ method: "POST", target: "/", headers: {} }, new Uint8Array(0));
// @ts-expect-error a body is bytes
receiver.receive({ method: "POST", target: "/", headers: [] }, "");
