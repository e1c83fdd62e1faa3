"use strict";

const { SignedDelivery, signDelivery } = require("./lib/testing/delivery.cjs");
const { secretFor } = require("./lib/testing/secrets.cjs");

module.exports = { SignedDelivery, secretFor, signDelivery };
