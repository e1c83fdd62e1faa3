"use strict";

// AWS Lambda: events of API Gateway (REST and HTTP APIs), of function URLs and of load balancers.

const { Buffer } = require("node:buffer");
const { STATUS_CODES } = require("node:http");

const { Delivery } = require("../delivery.cjs");
const { BodyConsumedError } = require("./errors.cjs");
const { check } = require("./judge.cjs");
const { handled } = require("./handled.cjs");
const { Receiver, judged } = require("./receiver.cjs");

const ADVICE =
  "choose the Lambda proxy integration, without a mapping template, and hand the event over as " +
  "it came";

function webhook(receiver, handler) {
  check(receiver, handler);
  return async (event, context) => {
    const delivery = judged(receiver, headOf(event), bodyOf(event));
    if (!(delivery instanceof Delivery)) return sent(event, delivery);
    const run = () => handler(delivery, event, context);
    const { answer, value } = await handled(receiver, delivery, run, isFailed);
    if (answer !== undefined) return sent(event, answer);
    return value === undefined ? sent(event, receiver.acknowledgement()) : value;
  };
}

function isFailed(response) {
  return response?.statusCode >= 400;
}

function headOf(event) {
  const context = event?.requestContext;
  if (!isObject(context)) throw noRequest();
  const method = context.http?.method ?? event.httpMethod;
  // The context's path has the stage in it, which the sender's URL has too.
  const path = event.rawPath ?? context.path ?? event.path;
  if (typeof method !== "string" || typeof path !== "string") throw noRequest();
  const query = queryOf(event, "elb" in context);
  const peer = context.http?.sourceIp ?? context.identity?.sourceIp;
  return {
    method,
    target: query === "" ? path : `${path}?${query}`,
    headers: headersOf(event),
    peer,
  };
}

function bodyOf({ body, isBase64Encoded }) {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== "string") throw noRequest();
  if (!isBase64Encoded) return Buffer.from(body, "utf8");
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") !== body) throw noRequest();
  return bytes;
}

// `headers` has only the last of a repeated one; format 2.0 takes the cookies out.
function headersOf(event) {
  const { cookies } = event;
  const pairs = all(event.multiValueHeaders, event.headers);
  if (Array.isArray(cookies) && cookies.length > 0) pairs.push(["cookie", cookies.join("; ")]);
  return pairs;
}

// API Gateway has decoded the parameters, a load balancer has not.
function queryOf(event, isRaw) {
  const { rawQueryString, queryStringParameters, multiValueQueryStringParameters } = event;
  if (typeof rawQueryString === "string") return rawQueryString;
  const spelled = isRaw ? (text) => text : escaped;
  return all(multiValueQueryStringParameters, queryStringParameters)
    .map((pair) => pair.map(spelled).join("="))
    .join("&");
}

function all(many, single) {
  const lists = isObject(many) && Object.keys(many).length > 0 ? many : (single ?? {});
  return Object.entries(lists).flatMap(([name, of]) => [of].flat().map((one) => [name, `${one}`]));
}

function escaped(text) {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  return bytes.replace(/[^\w.~-]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

// In the form of the event.
function sent(event, { status, headers, body }) {
  const response = { statusCode: status, body, isBase64Encoded: false };
  if (isObject(event.multiValueHeaders)) {
    const many = Object.entries(headers).map(([name, value]) => [name, [value]]);
    response.multiValueHeaders = Object.fromEntries(many);
  } else {
    response.headers = { ...headers };
  }
  if ("elb" in event.requestContext) {
    response.statusDescription = `${status} ${STATUS_CODES[status]}`;
  }
  return response;
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}

function noRequest() {
  return new BodyConsumedError("the event is no HTTP request with its raw body", ADVICE);
}

module.exports = { BodyConsumedError, Receiver, webhook };
