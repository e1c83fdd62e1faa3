// The page: what is given on the one side, what is told of it on the other.

import type { Analysis, Trouble } from "./shared/protocol.js";
import { Answer, watchVerdict } from "./ui/verdict.js";
import { bindBody } from "./ui/body.js";
import { bound } from "./ui/bound.js";
import { Client } from "./ui/client.js";
import { code } from "./ui/code.js";
import { compared } from "./ui/compared.js";
import { byId } from "./ui/dom.js";
import { Examples } from "./ui/examples.js";
import { bindFields } from "./ui/fields.js";
import { ladder } from "./ui/ladder.js";
import { maths } from "./ui/maths.js";
import { bindDetection, bindPaste } from "./ui/paste.js";
import { ProviderField } from "./ui/provider.js";
import { ready } from "./ui/ready.js";
import { openShared, share } from "./ui/share.js";
import { signed } from "./ui/signed.js";
import { hasDelivery, questionOf, Store, type State } from "./ui/store.js";
import { bindTheme } from "./ui/theme.js";
import { time } from "./ui/time.js";

/** How long nothing is typed before it is judged, in milliseconds. */
const PAUSE = 120;

async function start(): Promise<void> {
  bindTheme();
  watchVerdict();
  await ready();
  const store = new Store();
  const answer = new Answer(store);
  const walk = ladder();
  const rest = [
    signed(),
    compared(store),
    time(),
    bound(),
    share(store),
    code(store),
    maths(store),
  ];
  const panels = [walk, ...rest];
  byId("walk").append(walk.root);
  byId("panels").append(...rest.map(({ root }) => root));

  const client = new Client(told, () => {
    const text = "The worker of this page could not be started. A reload may help.";
    answer.wants("The page cannot compute", text);
  });

  function told(it: Analysis | Trouble): void {
    if (!isComplete(store.state)) return;
    showPanels(it.kind !== "trouble");
    provider.trouble = it.kind === "trouble" ? it.message : undefined;
    if (it.kind === "trouble") answer.trouble(it);
    else {
      answer.show(it);
      for (const panel of panels) panel.show(it);
      provider.toml = it.toml;
    }
    document.body.dataset.state = "told";
  }

  bindFields(store);
  bindBody(store);
  const tellExample = bindPaste(store, client);
  const provider = new ProviderField(store);
  const examples = new Examples(store, client, tellExample);
  bindDetection(store, client, (names) => (provider.found = names));
  judge(store, client, answer);
  openShared(store);

  const known = await client.ask({ ask: "providers" });
  provider.providers = known;
  examples.providers = known;
  document.body.dataset.ready = "";
}

function showPanels(isShown: boolean): void {
  for (const id of ["walk", "panels"]) byId(id).hidden = !isShown;
}

function isComplete(state: State): boolean {
  return hasDelivery(state) && (state.provider !== "" || state.toml !== undefined);
}

// Judges what is given, whenever it changes.
function judge(store: Store, client: Client, answer: Answer): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.listen((state) => {
    byId("empty").hidden = hasDelivery(state);
    clearTimeout(timer);
    if (isComplete(state)) {
      document.body.dataset.state = "asked";
      timer = setTimeout(() => client.analyse(questionOf(store.state)), PAUSE);
      return;
    }
    showPanels(false);
    document.body.dataset.state = "incomplete";
    if (!hasDelivery(state)) answer.nothing();
    else
      answer.wants(
        "Who sent this?",
        "Its headers do not tell. Choose the provider, or type a scheme of your own.",
      );
  });
}

void start();
