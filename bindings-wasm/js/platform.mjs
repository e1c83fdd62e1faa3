// What Node has and the web has not, as `bindings-node/lib/platform.cjs` names it.

const tagOf = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const sizes = [ArrayBuffer, globalThis.SharedArrayBuffer]
  .filter((Memory) => Memory !== undefined)
  .map((Memory) => getter(Memory.prototype, "byteLength"));

// What an object is, not what somebody has made it say.
function getter(prototype, name) {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (object) => get.call(object);
}

export function isUint8Array(value) {
  return tagOf(value) === "Uint8Array";
}

// A view is none, and to ask it would throw, which takes longer than a MAC.
export function isAnyArrayBuffer(value) {
  return !ArrayBuffer.isView(value) && sizes.some((size) => succeeds(() => size(value)));
}

export function isDate(value) {
  return succeeds(() => Date.prototype.getTime.call(value));
}

function succeeds(call) {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}

// Bytes are plain `Uint8Array`s here.
export const Buffer = {
  from(value) {
    return typeof value === "string" ? new TextEncoder().encode(value) : new Uint8Array(value);
  },

  allocUnsafeSlow(length) {
    return new Uint8Array(length);
  },

  prototype: {
    // Node keeps a small body as a text, which is its cheapest copy. Here that is bytes.
    latin1Slice(start, end) {
      return this.slice(start, end);
    },
  },
};

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
}

export function latin1Of(bytes) {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
