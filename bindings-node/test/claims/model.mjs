// The sequential model of a claim, and a search for an order in which a history agrees with it: each
// operation takes effect at one moment between its call and its return (Wing and Gong).

// What can be told of a moment by the clock of another process, in milliseconds.
const SLACK = 25;

const ABSENT = { phase: "absent", fence: 0 };

// The state after an operation; nothing, where the model does not allow what it gave.
function after(state, op, lease) {
  return op.op === "claim" ? claimed(state, op, lease) : settled(state, op);
}

function claimed(state, { body, from, to, found }, lease) {
  const isKnown = state.phase !== "absent";
  const isOther = isKnown && state.body !== body;
  switch (found.outcome) {
    case "conflict":
      return isOther && found.isDone === (state.phase === "done") ? state : undefined;
    case "done":
      return state.phase === "done" && !isOther ? state : undefined;
    case "busy": {
      const isHeld = state.phase === "claimed" && !isOther && !state.isFree;
      const isLeased = isHeld && from <= state.to + lease + SLACK;
      return isLeased && found.retryAfter * 1000 <= lease ? state : undefined;
    }
    case "run": {
      const isOver = state.isFree || to >= state.from + lease - SLACK;
      const isFree = !isKnown || (state.phase === "claimed" && !isOther && isOver);
      if (!isFree || found.fence <= state.fence) return undefined;
      return { phase: "claimed", fence: found.fence, body, from, to, isFree: false };
    }
  }
}

function settled(state, { op, fence, from, to, found }) {
  const isOurs = state.phase === "claimed" && (fence === undefined || state.fence === fence);
  if (found !== isOurs) return undefined;
  if (!isOurs) return state;
  if (op === "complete") return { ...state, phase: "done" };
  return op === "release" ? { ...state, isFree: true } : { ...state, from, to, isFree: false };
}

// The keys of a history which no order explains.
export function violations(histories, lease) {
  const byKey = new Map();
  for (const op of histories.flat()) {
    if (!byKey.has(op.key)) byKey.set(op.key, []);
    byKey.get(op.key).push(op);
  }
  return [...byKey].filter(([, ops]) => !isExplained(ops, lease)).map(([key]) => key);
}

// Depth first; what was tried in vain from the same operations left and the same state is not tried
// again.
function isExplained(ops, lease) {
  const sorted = ops.toSorted((a, b) => a.from - b.from);
  const tried = new Set();
  const stack = [{ start: 0, ahead: [], state: ABSENT }];
  while (stack.length > 0) {
    const { start, ahead, state } = stack.pop();
    if (start === sorted.length) return true;
    for (const at of nexts(sorted, start, ahead)) {
      const next = after(state, sorted[at], lease);
      if (next === undefined) continue;
      const step = { ...advanced(start, [...ahead, at]), state: next };
      const known = JSON.stringify([step.start, step.ahead, Object.values(next)]);
      if (!tried.has(known)) stack.push(step);
      tried.add(known);
    }
  }
  return false;
}

// Those left that were called before any of those left had returned: the earliest last, which is tried
// first.
function nexts(sorted, start, ahead) {
  const found = [];
  let end = Infinity;
  for (let at = start; at < sorted.length && sorted[at].from <= end; at += 1) {
    if (ahead.includes(at)) continue;
    found.push(at);
    end = Math.min(end, sorted[at].to);
  }
  return found.filter((at) => sorted[at].from <= end).reverse();
}

// Without those at the start that are done.
function advanced(start, ahead) {
  const left = new Set(ahead);
  let at = start;
  while (left.delete(at)) at += 1;
  return { start: at, ahead: [...left].sort((a, b) => a - b) };
}
