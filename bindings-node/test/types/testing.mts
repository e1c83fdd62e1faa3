// Compiled, not run: the types of the testing help, and of what else a test reads.

import {
  CaptureError,
  Scheme,
  explain,
  readCapture,
  verify,
  type Capture,
  type CaptureCode,
} from "hookseal";
import { SignedDelivery, secretFor, signDelivery, type LambdaEventV2 } from "hookseal/testing";
import commonjs = require("hookseal/testing");

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(): T | undefined {
  return undefined;
}

const delivery = signDelivery("stripe", { body: { id: "evt_1" }, url: "/hook", now: new Date() });
is<Same<typeof delivery, SignedDelivery>>();
signDelivery(new Scheme({ name: "a", base: "stripe" }), { secret: new Uint8Array(32) });
const secret: string = secretFor("github");
verify("github", secret, delivery);
// @ts-expect-error there is no such provider
signDelivery("strype");
// @ts-expect-error a number is no body
signDelivery("stripe", { body: 1 });
// @ts-expect-error only signDelivery makes one
new SignedDelivery();
// @ts-expect-error a delivery does not change
delivery.body = new Uint8Array();

const forged: SignedDelivery = delivery.with({ body: new TextEncoder().encode("{}") });
const first: SignedDelivery = new Array<commonjs.SignedDelivery>(forged)[0] ?? delivery;
const request: Request = first.request("/here");
const route = async (it: Request): Promise<Response> => new Response(it.body);
const response: Promise<Response> = delivery.send(route);
is<Same<Awaited<typeof response>, Response>>();
// @ts-expect-error a map is no client
delivery.send(new Map());

const event = delivery.lambdaEvent();
is<Same<typeof event, LambdaEventV2>>();
const path: string = delivery.lambdaEvent("1.0").path + event.rawPath + request.url;
const [query] = Object.values(delivery.lambdaEvent("alb").queryStringParameters);
is<Same<typeof query, string | undefined>>();
// @ts-expect-error there is no such format
delivery.lambdaEvent("3.0");

const captured = readCapture(path);
is<Same<typeof captured, Capture>>();
verify("stripe", secret, readCapture(new Uint8Array()));
const found = explain("stripe", secret, { ...captured, dangerShowExpected: true });
is<Same<typeof found.expected, string | undefined>>();
// @ts-expect-error a parsed request is no capture
readCapture({ headers: {} });

export function log(error: unknown): CaptureCode | undefined {
  return error instanceof CaptureError ? error.code : undefined;
}
