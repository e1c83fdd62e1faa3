"use strict";

// How a delivery gets into a server under test.

function send(delivery, client, path) {
  if (typeof client?.inject === "function") return client.inject(injection(delivery, path));
  if (typeof client?.request === "function") return client.request(delivery.request(path));
  if (isServer(client)) throw new TypeError("give supertest's request(app) in place of the app");
  if (typeof client === "function") return client(delivery.request(path));
  const method = delivery.method.toLowerCase();
  if (typeof client?.[method] === "function") return tested(delivery, client[method](path));
  throw new TypeError(
    "a client is supertest's request(app), an app with inject or request, or a function that takes " +
      "a Request",
  );
}

// Of Express and Koa: their own methods have the names of supertest's.
function isServer(client) {
  return typeof client?.listen === "function";
}

function injection({ method, headers, body }, path) {
  return { method, url: path, headers, payload: body };
}

// What superagent would write again as JSON are the signed bytes.
function tested({ headers, body }, test) {
  return test
    .set(headers)
    .serialize((bytes) => bytes)
    .send(body);
}

module.exports = { send };
