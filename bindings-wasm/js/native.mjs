// The WebAssembly module with the interface of the native half of the package for Node.

import * as glue from "hookseal:glue";
import module from "hookseal:module";

glue.initSync({ module });

const bytesPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const bufferOf = getter("buffer");
const offsetOf = getter("byteOffset");
const lengthOf = getter("byteLength");

function getter(name) {
  const { get } = Object.getOwnPropertyDescriptor(bytesPrototype, name);
  return (bytes) => get.call(bytes);
}

// The glue believes what an array says of itself. So it gets the same bytes as an array of the class
// itself, which no caller can have changed.
function plain(value) {
  if (!ArrayBuffer.isView(value)) return value;
  return new Uint8Array(bufferOf(value), offsetOf(value), lengthOf(value));
}

// What was received comes first, as a list, and its body is the first of that.
function takesPlain({ prototype }, ...names) {
  for (const name of names) {
    const method = prototype[name];
    prototype[name] = function call([body, ...line], ...more) {
      return method.call(this, [plain(body), ...line], ...more.map(plain));
    };
  }
}

takesPlain(glue.Row, "answer", "enrol");
takesPlain(glue.Setup, "sign", "signOutgoing", "explain");
takesPlain(glue.Verifier, "answer", "tell");

// The function that has to be fast: the memory has the body, and the headers behind it.
const { judge } = glue.Verifier.prototype;
glue.Verifier.prototype.verify = function verify(memory) {
  return (length, end, now, url, method) => {
    const body = memory.subarray(0, length);
    return judge.call(this, body, memory.subarray(length, end), now, url, method);
  };
};
glue.Verifier.prototype.judge = function judgeAny([body, headers, url, method, now]) {
  return judge.call(this, plain(body), headers, now, url, method);
};

export class Setup extends glue.Setup {
  constructor(row, secrets, options) {
    const { dangerWeakSecret, dangerAnyTime, tolerance, futureTolerance, bodyLimit } = options;
    super(row, secrets, dangerWeakSecret, dangerAnyTime, tolerance, futureTolerance, bodyLimit);
  }
}

export const { Endpoint, Row, Verifier, defaultBodyLimit, detect, frameworks, names, outcomes } = glue;
export const PUBLIC_MESSAGE = glue.publicMessage();

export function readCapture(bytes) {
  return glue.readCapture(plain(bytes));
}
