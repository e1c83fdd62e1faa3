// From a delivery to all that the page shows of it.

import type { Explanation, Scheme, VerifierOptions } from "hookseal";

import { textOf } from "../shared/bytes.js";
import { sentAt, valueOf } from "../shared/find.js";
import type {
  Analysis,
  Compared,
  Part,
  Parted,
  Question,
  Taken,
  Timed,
  Trouble,
} from "../shared/protocol.js";
import { rowOf, windowOf, type Row } from "../shared/row.js";
import type { Api } from "./api.js";
import { draw } from "./draw.js";
import { takeApart } from "./headers.js";
import { keyOf } from "./key.js";
import { contentOf } from "./parts.js";

/** Stands in where no secret was given: it is text, hex and base64. */
const STAND_IN = "0123456789abcdef".repeat(4);

/** What is only known with the secret. */
const AFTER_THE_SECRET =
  /^(signature_mismatch|body_hash_mismatch|claim_mismatch|(empty|weak|malformed)_secret|wrong_key_type)$/;

/** One question, its scheme, and the times by which it is judged: in seconds. */
interface Case {
  readonly api: Api;
  readonly question: Question;
  readonly secret: string;
  readonly scheme: Scheme;
  readonly row: Row;
  readonly options: VerifierOptions;
  readonly clock: number;
  readonly sentAt: number | undefined;
  readonly now: number;
}

export async function analyse(
  api: Api,
  question: Question,
  clock = Math.floor(Date.now() / 1000),
): Promise<Analysis | Trouble> {
  try {
    return await told(caseOf(api, question, clock));
  } catch (error) {
    return troubleOf(error);
  }
}

/** What the package says of what it cannot take. */
export function troubleOf(error: unknown): Trouble {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { kind: "trouble", code: String(code ?? "unknown"), message: String(message) };
}

const known = new Map<string, Scheme>();

export function schemeOf(api: Api, provider: string, toml: string | undefined): Scheme {
  if (toml !== undefined) return api.Scheme.fromToml(toml);
  if (known.size === 0) for (const scheme of api.providers()) known.set(scheme.name, scheme);
  // A name that nobody has is refused by the package, in its own words.
  return known.get(provider) ?? new api.Scheme({ name: "unknown", base: provider as "stripe" });
}

function caseOf(api: Api, question: Question, clock: number): Case {
  const scheme = schemeOf(api, question.provider, question.toml);
  const row = rowOf(scheme);
  const sent = sentAt(question, row);
  const { now, weak, tolerance } = question;
  return {
    api,
    question,
    secret: question.secret === "" ? STAND_IN : question.secret,
    scheme,
    row,
    options: { dangerWeakSecret: weak, tolerance },
    clock,
    sentAt: sent,
    now: typeof now === "number" ? now : now === "clock" ? clock : (own(row, sent) ?? clock),
  };
}

// The time at which a delivery was good.
function own(row: Row, sent: number | undefined): number | undefined {
  return sent === undefined || row.timestamp?.clock !== "expiry" ? sent : sent - 1;
}

async function told(it: Case): Promise<Analysis> {
  const { question, row, scheme } = it;
  const explanation = explained(it);
  const needsSecret = question.secret === "" && AFTER_THE_SECRET.test(explanation.verdict);
  const content = await contentOf(explanation.signed, question, row);
  const key = needsSecret ? undefined : await keyOf(it.secret, question, row);
  const expected = needsSecret ? undefined : expectedOf(it, explanation.expected);
  const received = receivedOf(it);
  const drawn =
    key?.bytes &&
    content.bytes &&
    (await draw({
      algorithm: row.algorithm,
      encoding: row.encoding,
      key: key.bytes,
      message: content.bytes,
      known: [expected, explanation.verdict === "verified" ? received[0] : undefined].flatMap(
        (one) => (one === undefined ? [] : tagOf(one, row)),
      ),
      reveals: question.reveal.key,
    }));
  return {
    kind: "analysis",
    needsSecret,
    explanation: { ...explanation, expected: undefined },
    row,
    bound: scheme.bound,
    findings: scheme.lint(),
    source: scheme.source,
    toml: scheme.toToml(),
    headers: takeApart(row, question.headers).map((header) => masked(header, it)),
    parts: content.parts.filter(isShown),
    isContentWhole: content.bytes !== undefined,
    key: key && { ...key, bytes: question.reveal.key ? key.bytes : undefined },
    drawn,
    compared: comparedOf(it, received, expected),
    timed: timedOf(it, explanation),
    taken: takenOf(it, explanation),
    answer: answerOf(it, explanation),
  };
}

// Of a JWS, its last part; of a signature under the id of a key, what stands after the id.
function tagOf(signature: string, { encoding, signature: { key_mark: mark } }: Row): string {
  const end = encoding === "jws" ? "." : mark;
  return end === undefined ? signature : signature.slice(signature.lastIndexOf(end) + 1);
}

function explained(it: Case): ReturnType<Api["explain"]> {
  const { question } = it;
  return it.api.explain(
    it.scheme,
    it.secret,
    {
      ...deliveryOf(question),
      now: it.now,
      otherSecrets: question.otherSecrets,
      framework: question.framework,
      dangerShowExpected: true,
    },
    it.options,
  );
}

function deliveryOf({ headers, body, url, method }: Question) {
  return { headers, body, url, method };
}

function isShown(part: Part): boolean {
  return part.length > 0 || part.role === "body" || part.role === "secret";
}

// A shared token is the secret itself: it is not shown, nor is any other text that holds it.
function masked(header: Parted, it: Case): Parted {
  const { secret } = it.question;
  const isToken = it.row.algorithm === "shared-token";
  const spans = header.spans.map((span) => {
    const holds = secret.length > 3 && span.text.includes(secret);
    const hides = holds || (isToken && span.role === "signature");
    return hides ? { text: `${span.text.length} characters`, role: "secret" as const } : span;
  });
  return { ...header, spans };
}

function receivedOf({ row, question }: Case): string[] {
  if (row.algorithm === "shared-token") return [];
  const inHeaders = takeApart(row, question.headers)
    .flatMap(({ spans }) => spans)
    .filter(({ role }) => role === "signature")
    .map(({ text }) => text);
  if (row.signature.header !== undefined) return inHeaders;
  const value = valueOf(row.signature, question, row);
  const text = value && textOf(value);
  return text === undefined || row.signature.body === true ? [] : [text];
}

// The signature that would verify: not of a token, nor of a public key.
function expectedOf({ row }: Case, told: string | undefined): string | undefined {
  const isOpen = row.algorithm !== "shared-token" && row.key.format !== "public-key";
  return isOpen ? told : undefined;
}

function comparedOf(it: Case, received: string[], expected: string | undefined): Compared {
  return {
    received,
    canShow: expected !== undefined,
    expected: it.question.reveal.expected ? expected : undefined,
  };
}

function timedOf(it: Case, { verdict }: Explanation): Timed {
  const { past, future } = windowOf(it.row, it.question.tolerance);
  const byClock = verdict === "verified" && it.now !== it.clock ? verdictByClock(it) : undefined;
  return { sentAt: it.sentAt, now: it.now, clock: it.clock, past, future, byClock };
}

function verdictByClock({ api, scheme, secret, question, options, clock }: Case) {
  try {
    api.verify(scheme, secret, { ...deliveryOf(question), now: clock }, options);
    return undefined;
  } catch (error) {
    const { code, message } = troubleOf(error);
    return { verdict: code, message };
  }
}

function takenOf({ api, scheme, secret, question, options, now }: Case, it: Explanation) {
  if (it.verdict !== "verified") return undefined;
  const delivery = api.verify(scheme, secret, { ...deliveryOf(question), now }, options);
  const { eventId, eventType } = delivery;
  return { eventId, eventType } satisfies Taken;
}

// An endpoint validation is no delivery: there is an answer to it.
function answerOf({ api, scheme, secret, question, options, now }: Case, it: Explanation) {
  if (it.verdict === "verified") return undefined;
  try {
    const by = new api.Verifier(scheme, secret, options);
    const method = question.method ?? "POST";
    const answer = api.handshake(by, { ...deliveryOf(question), now, method });
    return answer && { status: answer.status, body: answer.body };
  } catch {
    return undefined;
  }
}
