"use strict";

// For a framework that has no helper here.

const { BodyConsumedError } = require("./errors.cjs");
const { BODY_LIMIT, Receiver } = require("./receiver.cjs");

module.exports = { BODY_LIMIT, BodyConsumedError, Receiver };
