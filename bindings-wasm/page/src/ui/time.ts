// The time on a line: now, the window around it, and when the delivery was signed.

import type { Analysis, Timed } from "../shared/protocol.js";
import { fill, h, svg } from "./dom.js";
import { panel } from "./panel.js";

/** Where now stands when all is in sight, in per cent of the line. */
const MARGIN = 8;

export function time() {
  const it = panel("The time", "");
  return {
    root: it.root,
    show({ timed, row, bound }: Analysis): void {
      if (!bound.timestamp) {
        const text =
          "This scheme signs no time: a delivery can be sent again at any time, and verifies.";
        fill(it.body, h("p", {}, text));
        return;
      }
      const expires = row.timestamp?.clock === "expiry";
      fill(it.body, line(timed), legend(timed, expires));
    },
  };
}

function line(timed: Timed): SVGElement {
  const { now, past, future, sentAt } = timed;
  const at = scale(timed);
  const y = 22;
  const label = words(timed, false).join(". ");
  const from = at(now - past);
  const marks = [
    svg("line", { x1: "0%", x2: "100%", y1: y, y2: y, class: "axis" }),
    svg("rect", {
      x: `${from}%`,
      width: `${Math.max(at(now + future) - from, 0.5)}%`,
      y: y - 9,
      height: 18,
      rx: 4,
      class: "window",
    }),
    svg("line", { x1: `${at(now)}%`, x2: `${at(now)}%`, y1: y - 15, y2: y + 15, class: "now" }),
    sentAt !== undefined &&
      svg("circle", {
        cx: `${at(sentAt)}%`,
        cy: y,
        r: 7,
        class: isInside(timed) ? "sent in" : "sent out",
      }),
  ];
  return svg("svg", { class: "timeline", height: 44, role: "img", "aria-label": label }, ...marks);
}

// Far away is at the edge: a line to scale would show nothing else.
function scale({ now, past, future, sentAt }: Timed): (seconds: number) => number {
  const width = Math.max(past + future, 1);
  const sent = Math.min(Math.max(sentAt ?? now, now - past - width), now + future + width);
  const from = Math.min(now - past, sent);
  const until = Math.max(now + future, sent);
  const room = 100 - 2 * MARGIN;
  return (seconds) => {
    const inside = Math.min(Math.max(seconds, from), until);
    return MARGIN + (room * (inside - from)) / Math.max(until - from, 1);
  };
}

function isInside({ now, past, future, sentAt }: Timed): boolean {
  return sentAt !== undefined && sentAt >= now - past && sentAt <= now + future;
}

function legend(timed: Timed, expires: boolean): HTMLElement {
  const [window = "", sent = "", now = ""] = words(timed, expires);
  return h(
    "ul",
    { class: "times" },
    h("li", {}, h("span", { class: "key sent-key" }), sent),
    h("li", {}, h("span", { class: "key now-key" }), now),
    h("li", {}, h("span", { class: "key window-key" }), window),
  );
}

function words({ now, past, future, sentAt, clock }: Timed, expires: boolean): string[] {
  const window = expires
    ? `The window: until it expires, and ${span(past)} more`
    : `The window: ${span(past)} back and ${span(future)} ahead`;
  const verb = expires ? "It expires" : "Signed";
  const sent = sentAt === undefined ? `${verb}: not told` : `${verb} ${moment(sentAt)}`;
  const distance = sentAt === undefined ? "" : apart(sentAt, now);
  const judged = `Judged ${moment(now)}${now === clock ? ", by this clock" : ""}${distance}`;
  return [window, sent, judged];
}

function apart(sentAt: number, now: number): string {
  if (now === sentAt) return ", the same second";
  return now > sentAt ? `, ${span(now - sentAt)} later` : `, ${span(sentAt - now)} earlier`;
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

function span(seconds: number): string {
  for (const [unit, name] of UNITS) {
    const count = Math.floor(seconds / unit);
    if (count >= 2 || (count === 1 && seconds % unit === 0)) return plural(count, name);
  }
  return plural(seconds, "second");
}

function plural(count: number, name: string): string {
  return `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
}
