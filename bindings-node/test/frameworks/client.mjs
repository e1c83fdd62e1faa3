// A client that sends what it is told to: repeated headers, chunks, half a body.

import { request } from "node:http";
import { connect } from "node:net";

// Status, headers and body of the answer.
export function send(
  port,
  { path, body, headers, method },
  { chunked = false, agent = false } = {},
) {
  const length = chunked ? ["Transfer-Encoding", "chunked"] : ["Content-Length", `${body.length}`];
  const all = [["Host", "127.0.0.1"], ...headers, ...(method === "GET" ? [] : [length])];
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, method, headers: all.flat(), agent };
    const sending = request(options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    sending.on("error", reject);
    for (let at = 0; at < body.length; at += 1000) sending.write(body.subarray(at, at + 1000));
    sending.end();
  });
}

// Sends the head and what is given of the body, and goes away.
export function abort(port, { path, body, headers }) {
  const head = [`POST ${path} HTTP/1.1`, "Host: a", `Content-Length: ${body.length}`];
  const lines = [...head, ...headers.map((pair) => pair.join(": ")), "", ""];
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(lines.join("\r\n"));
      socket.write(body.subarray(0, 10));
      setTimeout(() => socket.resetAndDestroy(), 30);
    });
    socket.on("close", resolve).on("error", () => undefined);
  });
}

// Sends chunks until there is an answer: its status line.
export function endless(port, path) {
  const chunk = `400\r\n${" ".repeat(1024)}\r\n`;
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const timer = setInterval(() => socket.write(chunk), 1);
      socket.on("close", () => clearInterval(timer));
    });
    const patience = setTimeout(() => socket.destroy(new Error("no answer")), 5000);
    socket.on("close", () => clearTimeout(patience));
    socket.on("error", reject).on("data", (data) => {
      text += data;
      if (!text.includes("\r\n")) return;
      resolve(text.split("\r\n")[0]);
      socket.destroy();
    });
  });
}
