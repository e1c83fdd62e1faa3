// Compiled, not run: the types of what `require` gives.

import hookseal = require("hookseal");

const verifier: hookseal.Verifier = new hookseal.Verifier("github", "secret");
const delivery: hookseal.Delivery = verifier.verify({ bodyText: "a", headers: {} });
const provider: hookseal.Provider = "stripe";
// @ts-expect-error there is no such provider
const other: hookseal.Provider = "strype";
console.log(delivery.scheme, provider, other);

import receive = require("hookseal/receive");
import express = require("hookseal/express");

const receiver: receive.Receiver = new express.Receiver("github", { secretEnv: "GITHUB_SECRET" });
express.webhook(receiver, (it) => console.log(it.eventId));
