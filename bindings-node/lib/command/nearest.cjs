"use strict";

// The three names that are most like a name.
function nearest(name, names) {
  const wanted = name.slice(0, 40).toLowerCase();
  const far = (other) =>
    other.includes(wanted) || wanted.includes(other) ? 1 : edits(wanted, other);
  const ranked = names.map((other) => ({ other, edits: far(other) }));
  ranked.sort((a, b) => a.edits - b.edits || (a.other < b.other ? -1 : 1));
  return ranked.slice(0, 3).map(({ other }) => other);
}

// How many letters must be added, dropped or changed to make one text of the other.
function edits(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const letter of one) {
    const next = [row[0] + 1];
    for (let at = 0; at < other.length; at += 1) {
      const changed = row[at] + (letter === other[at] ? 0 : 1);
      next.push(Math.min(changed, row[at + 1] + 1, next[at] + 1));
    }
    row = next;
  }
  return row.at(-1);
}

module.exports = { nearest };
