// Bytes as people can see them: what is invisible becomes a sign of its own.

/** A run of text, or one byte or character that cannot be seen as it is. */
export interface Shown {
  readonly text: string;
  readonly isSign: boolean;
  /** What the sign stands for, in words. */
  readonly title?: string;
  /** After it a line ends. */
  readonly ends?: boolean;
}

const SIGNS: Record<string, readonly [sign: string, title: string]> = {
  "\n": ["\\n", "line feed, 0a"],
  "\r": ["\\r", "carriage return, 0d"],
  "\t": ["\\t", "tab, 09"],
  "\0": ["\\0", "zero byte, 00"],
  "\ufeff": ["BOM", "byte order mark, ef bb bf"],
  "\u00a0": ["nbsp", "no-break space, c2 a0"],
  "\u200b": ["zwsp", "zero width space, e2 80 8b"],
};

// What has no shape: controls, and blanks other than the plain one.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

export function visible(bytes: Uint8Array): Shown[] {
  const all: Shown[] = [];
  let run = "";
  const end = () => {
    if (run !== "") all.push({ text: run, isSign: false });
    run = "";
  };
  const sign = (text: string, title: string, ends = false) => {
    end();
    all.push({ text, isSign: true, title, ends });
  };
  for (const one of characters(bytes)) {
    if (typeof one === "number") {
      const byte = one.toString(16).padStart(2, "0");
      sign(`\\x${byte}`, `byte ${byte}, which is no UTF-8`);
    } else if (INVISIBLE.test(one)) {
      const code = one.codePointAt(0)?.toString(16).padStart(4, "0") ?? "";
      const [text, title] = SIGNS[one] ?? [`U+${code}`, `character U+${code}`];
      sign(text, title, one === "\n");
    } else {
      run += one;
    }
  }
  end();
  return all;
}

// The characters of UTF-8, and each byte that is of none.
function* characters(bytes: Uint8Array): Generator<string | number> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let at = 0; at < bytes.length;) {
    const length = lengthOf(bytes[at] ?? 0);
    const character = decoded(decoder, bytes.subarray(at, at + length));
    if (character === undefined) {
      yield bytes[at] ?? 0;
      at += 1;
    } else {
      yield character;
      at += length;
    }
  }
}

function lengthOf(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
