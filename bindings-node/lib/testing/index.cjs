"use strict";

const { SignedDelivery, signDelivery } = require("./delivery.cjs");
const { secretFor } = require("./secrets.cjs");

module.exports = { SignedDelivery, secretFor, signDelivery };
