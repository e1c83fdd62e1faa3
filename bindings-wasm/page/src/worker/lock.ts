// What a worker could send something with is taken away before it is handed anything. The policy
// forbids it as well: this holds where a server does not send the policy with the worker's file.

const WAYS = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "RTCPeerConnection",
  "BroadcastChannel",
  "Worker",
  "SharedWorker",
  "importScripts",
  "indexedDB",
  "caches",
];

export function lock(scope: object): void {
  for (const name of WAYS) {
    for (let it: object | null = scope; it !== null; it = Object.getPrototypeOf(it)) {
      if (Object.hasOwn(it, name)) Reflect.deleteProperty(it, name);
    }
    Object.defineProperty(scope, name, { value: undefined });
  }
}
