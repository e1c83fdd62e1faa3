// The page's side of its worker. Of questions that wait only the newest is asked: typing is faster
// than a search for causes in a long body.

import type { Answers, Ask, Question } from "../shared/protocol.js";

type Name = keyof Answers;
type OnAnalysis = (answer: Answers["analyse"], question: Question) => void;
type Told = { readonly id: number; readonly answer: unknown };

export class Client {
  readonly #worker = new Worker(new URL("worker.js", document.baseURI), { type: "module" });
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #ids = 0;
  #isBusy = false;
  #newest: Question | undefined;
  readonly #onAnalysis: OnAnalysis;

  constructor(onAnalysis: OnAnalysis, onFailure: () => void) {
    this.#onAnalysis = onAnalysis;
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      this.#waiting.get(data.id)?.(data.answer);
      this.#waiting.delete(data.id);
    });
    this.#worker.addEventListener("error", onFailure);
    this.#worker.addEventListener("messageerror", onFailure);
  }

  ask<Kind extends Name>(ask: Extract<Ask, { ask: Kind }>): Promise<Answers[Kind]> {
    const id = ++this.#ids;
    const answer = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
    this.#worker.postMessage({ id, ask });
    return answer as Promise<Answers[Kind]>;
  }

  /** Asks for an analysis; while one is made, only the newest question waits. */
  analyse(question: Question): void {
    this.#newest = question;
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#newest !== undefined) {
      const question = this.#newest;
      this.#newest = undefined;
      this.#onAnalysis(await this.ask({ ask: "analyse", question }), question);
    }
    this.#isBusy = false;
  }
}
