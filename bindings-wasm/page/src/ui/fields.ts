// The plain fields: each shows a part of the state, and changes it.

import type { Framework } from "hookseal";

import { byId, h } from "./dom.js";
import type { State, Store } from "./store.js";

/** What each framework is called. */
const FRAMEWORKS: Record<Framework, string> = {
  express: "Express",
  fastify: "Fastify",
  nestjs: "NestJS",
  "nextjs-pages": "Next.js, pages router",
  "nextjs-app": "Next.js, app router",
  hono: "Hono",
  koa: "Koa",
  "cloud-functions": "Google Cloud Functions, Firebase",
  "aws-lambda": "AWS Lambda, API Gateway",
  fastapi: "FastAPI, Starlette",
  flask: "Flask",
  django: "Django",
  drf: "Django REST framework",
  aiohttp: "aiohttp",
  axum: "axum",
  actix: "Actix Web",
  rails: "Rails",
  spring: "Spring",
  aspnet: "ASP.NET Core",
};

type TextKey = "secret" | "otherSecrets" | "method" | "url" | "headers" | "typedNow" | "tolerance";

const TEXTS: readonly (readonly [id: string, key: TextKey])[] = [
  ["secret", "secret"],
  ["other-secrets", "otherSecrets"],
  ["method", "method"],
  ["url", "url"],
  ["headers", "headers"],
  ["typed-now", "typedNow"],
  ["tolerance", "tolerance"],
];

export function isFramework(name: string): name is Framework {
  return Object.hasOwn(FRAMEWORKS, name);
}

export function bindFields(store: Store): void {
  for (const [id, key] of TEXTS) bindText(store, byId(id) as HTMLInputElement, key);
  bindFramework(store);
  bindNow(store);
  bindWeak(store);
  bindSecret();
}

function bindText(store: Store, input: HTMLInputElement, key: TextKey): void {
  input.addEventListener("input", () => store.update({ [key]: input.value }));
  store.listen((state) => {
    if (input.value !== state[key]) input.value = state[key];
  });
}

function bindFramework(store: Store): void {
  const select = byId("framework") as HTMLSelectElement;
  for (const [name, title] of Object.entries(FRAMEWORKS)) {
    select.append(h("option", { value: name }, title));
  }
  select.addEventListener("change", () => {
    store.update({ framework: isFramework(select.value) ? select.value : "" });
  });
  store.listen((state) => {
    select.value = state.framework;
  });
}

function bindNow(store: Store): void {
  const radios = document.querySelectorAll<HTMLInputElement>("input[name=now]");
  for (const radio of radios) {
    radio.addEventListener("change", () => store.update({ now: radio.value as State["now"] }));
  }
  byId("typed-now").addEventListener("input", () => store.update({ now: "typed" }));
  store.listen(({ now }) => {
    for (const radio of radios) radio.checked = radio.value === now;
  });
}

function bindWeak(store: Store): void {
  const box = byId("weak") as HTMLInputElement;
  box.addEventListener("change", () => store.update({ weak: box.checked }));
  store.listen(({ weak }) => {
    box.checked = weak;
  });
}

function bindSecret(): void {
  const secret = byId("secret");
  // A line end in a secret counts, so it is pasted on purpose and not typed by habit.
  secret.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) event.preventDefault();
  });
  const button = byId("show-secret");
  button.addEventListener("click", () => {
    const isVeiled = secret.classList.toggle("veiled");
    button.setAttribute("aria-pressed", String(!isVeiled));
    button.textContent = isVeiled ? "Show" : "Hide";
  });
}
