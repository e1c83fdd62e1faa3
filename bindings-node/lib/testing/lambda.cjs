"use strict";

// The events that AWS hands to a function.

const { Buffer } = require("node:buffer");

const MAKERS = { "1.0": restEvent, "2.0": httpEvent, alb: balancerEvent };

function lambdaEvent(delivery, format) {
  if (!Object.hasOwn(MAKERS, format)) {
    throw new TypeError(`a format is one of ${Object.keys(MAKERS).join(", ")}`);
  }
  const { host, pathname, search } = new URL(delivery.request().url);
  const headers = { host, ...delivery.headers };
  const { method } = delivery;
  const event = { method, headers, host: headers.host, path: pathname, query: search.slice(1) };
  return { ...MAKERS[format](event), ...bodyOf(delivery.body) };
}

// As text where it is text: the rest is in base64.
function bodyOf(bytes) {
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes);
  return { body: isText ? text : bytes.toString("base64"), isBase64Encoded: !isText };
}

// API Gateway, payload format 2.0; and function URLs.
function httpEvent({ method, headers, host, path, query }) {
  const http = { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "" };
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { domainName: host, http, routeKey: "$default", stage: "$default" },
  };
}

// API Gateway, payload format 1.0.
function restEvent({ method, headers, host, path, query }) {
  return {
    version: "1.0",
    resource: path,
    path,
    httpMethod: method,
    ...lists("headers", "multiValueHeaders", Object.entries(headers)),
    ...parameters(new URLSearchParams(query)),
    requestContext: { domainName: host, httpMethod: method, path, stage: "$default" },
  };
}

// An application load balancer, which does not decode what is in the query.
function balancerEvent({ method, headers, path, query }) {
  const pairs = query === "" ? [] : query.split("&").map((it) => /^([^=]*)=?([^]*)$/.exec(it));
  const lasts = pairs.map(([, name, value]) => [name, value]);
  return {
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:test" } },
    httpMethod: method,
    path,
    headers,
    queryStringParameters: Object.fromEntries(lasts),
  };
}

function parameters(pairs) {
  return lists("queryStringParameters", "multiValueQueryStringParameters", [...pairs]);
}

// The last value of each name, and all.
function lists(one, many, pairs) {
  const all = new Map();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return { [one]: Object.fromEntries(pairs), [many]: Object.fromEntries(all) };
}

module.exports = { lambdaEvent };
