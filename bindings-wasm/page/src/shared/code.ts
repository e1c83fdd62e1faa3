// Code that verifies deliveries of one configuration. The secret is never in it: it is read from an
// environment variable.

export type Language = "node" | "python" | "rust";

export const LANGUAGES: readonly (readonly [Language, string])[] = [
  ["node", "Node"],
  ["python", "Python"],
  ["rust", "Rust"],
];

/** What of a configuration shows in the code. */
export interface Configured {
  readonly provider: string;
  /** The text of a scheme of one's own. */
  readonly toml?: string | undefined;
  readonly url?: string | undefined;
  readonly readsUrl: boolean;
  readonly readsMethod: boolean;
  readonly tolerance?: number | undefined;
  readonly weak: boolean;
  readonly several: boolean;
}

export function codeFor(language: Language, it: Configured): string {
  return { node, python, rust }[language](it);
}

/** The name of the variable that holds the secret: `STRIPE_WEBHOOK_SECRET`. */
export function variable(provider: string): string {
  return `${constant(provider)}_WEBHOOK_SECRET`;
}

function constant(provider: string): string {
  return provider.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}

/** The origin of the URL, quoted: what comes after it is the request's own. */
function originOf({ url }: Configured): string {
  const origin = /^https?:\/\/[^/?#"\\]+/.exec(url ?? "")?.[0];
  return JSON.stringify(origin ?? "https://example.com");
}

const CONFIGURED = "as the provider has it, not as a proxy passes it on";

function node(it: Configured): string {
  const env = `process.env.${variable(it.provider)}`;
  const options = [
    ...(it.tolerance === undefined ? [] : [`tolerance: ${it.tolerance}`]),
    ...(it.weak ? ["dangerWeakSecret: true"] : []),
  ];
  const scheme = it.toml === undefined ? JSON.stringify(it.provider) : "scheme";
  const secret = it.several ? `[${env}, ${env}_OLD]` : env;
  const last = options.length > 0 ? `, { ${options.join(", ")} }` : "";
  const request = [
    "body: rawBody",
    "headers: request.rawHeaders",
    ...(it.readsUrl ? [`url: ORIGIN + request.url`] : []),
    ...(it.readsMethod ? ["method: request.method"] : []),
  ];
  const uses = it.toml === undefined ? "" : "Scheme, ";
  return blocks(
    `import { ${uses}VerificationError, Verifier } from "hookseal";`,
    it.toml !== undefined && `const scheme = Scheme.fromToml(\`${backticked(it.toml)}\`);`,
    it.readsUrl && `// The URL begins ${CONFIGURED}.\nconst ORIGIN = ${originOf(it)};`,
    `// Once, when the program starts.
const verifier = new Verifier(${scheme}, ${secret}${last});`,
    `// For every delivery: rawBody is a Buffer, before any parsing.
export function receive(request, rawBody) {
  try {
    return verifier.verify({ ${request.join(", ")} });
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    console.error("refused:", error.code); // for your log; answer with error.status
    return undefined;
  }
}`,
  );
}

function python(it: Configured): string {
  const env = `os.environ["${variable(it.provider)}"]`;
  const old = `os.environ["${variable(it.provider)}_OLD"]`;
  const scheme = it.toml === undefined ? JSON.stringify(it.provider) : "scheme";
  const options = [
    scheme,
    it.several ? `[${env}, ${old}]` : env,
    ...(it.tolerance === undefined ? [] : [`tolerance=${it.tolerance}`]),
    ...(it.weak ? ["danger_weak_secret=True"] : []),
  ];
  const request = [
    "raw_body",
    "headers",
    ...(it.readsUrl ? ["url=ORIGIN + target"] : []),
    ...(it.readsMethod ? ["method=method"] : []),
  ];
  const given = `headers${it.readsUrl ? ", target: str" : ""}${it.readsMethod ? ", method: str" : ""}`;
  return blocks(
    "import os",
    "import hookseal",
    it.toml !== undefined && `scheme = hookseal.Scheme.from_toml(r'''${it.toml.trim()}\n''')`,
    it.readsUrl && `# The URL begins ${CONFIGURED}.\nORIGIN = ${originOf(it)}`,
    `# Once, when the program starts.
verifier = hookseal.Verifier(${options.join(", ")})\n`,
    `# For every delivery: raw_body is bytes, before any parsing.
def receive(raw_body: bytes, ${given}) -> hookseal.Delivery | None:
    try:
        return verifier.verify(${request.join(", ")})
    except hookseal.VerificationError as error:
        print("refused:", error.code)  # for your log; answer with error.status
        return None`,
  );
}

function rust(it: Configured): string {
  const isOwn = it.toml !== undefined;
  const add = it.weak ? "danger_weak_secret" : "new";
  const row = isOwn ? "scheme" : `&providers::${constant(it.provider)}`;
  const env = (name: string) => `std::env::var("${name}")?`;
  const old = it.weak ? "and_danger_weak_secret" : "and_secret";
  const chain = [
    ...(it.several ? [`\n    .${old}(&${env(`${variable(it.provider)}_OLD`)})?`] : []),
    ...(it.tolerance === undefined ? [] : [`\n    .tolerance(${it.tolerance})?`]),
  ];
  const request = [
    "Request::new(headers, raw_body)",
    ...(it.readsUrl ? [".url(&url)"] : []),
    ...(it.readsMethod ? [".method(method)"] : []),
  ];
  const names = ["Request", "UnixTime", "Verifier", isOwn ? "OwnedScheme" : "providers"];
  return blocks(
    `use hookseal::{${names.sort().join(", ")}};`,
    isOwn &&
      `// Feature \`scheme-text\`.\nlet scheme = OwnedScheme::from_toml(${raw(it.toml)})?.leak();`,
    `// Once, when the program starts.
let verifier = Verifier::${add}(${row}, &${env(variable(it.provider))})?${chain.join("")};`,
    it.readsUrl &&
      `// The URL begins ${CONFIGURED}.\nlet url = [${originOf(it)}, target].concat();`,
    `// For every delivery: raw_body is bytes, before any parsing.
let request = ${request.join("")};
match verifier.verify(&request, UnixTime::now()) {
    Ok(delivery) => handle(delivery),
    Err(error) => eprintln!("refused: {}", error.code()), // for your log
}`,
  );
}

/** A raw string, with as many signs around it as the text does not have. */
function raw(toml = ""): string {
  let signs = "#";
  while (toml.includes(`"${signs}`)) signs += "#";
  return `r${signs}"${toml.trim()}\n"${signs}`;
}

/** With a blank line between them. */
function blocks(...texts: readonly (string | false)[]): string {
  return `${texts.filter((text) => text !== false).join("\n\n")}\n`;
}

function backticked(toml: string): string {
  return `\n${toml.trim()}\n`
    .replaceAll("\\", "\\\\")
    .replaceAll("`", "\\`")
    .replaceAll("${", "\\${");
}
