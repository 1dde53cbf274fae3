import type { Stretch } from "./chains.ts";
import { own, shortestPassage } from "./mask.ts";
import { ownIn, type Prepared } from "./prepared.ts";
import { endOffsetOf, lastAtMost, offsetOf, sectionAt, type Text } from "./text.ts";

/** From a stretch's last equal character to a punctuation mark: changed words at its edge belong to it. */
const nearMark = 10;
const unevenMark = 5;
/** Two stretches this near on both sides are one. */
const nearStretch = 24;

const nextMark = ({ clauses, sections }: Text, position: number): number => {
  const section = sections[sectionAt({ sections } as Text, Math.max(0, position - 1))]!;
  const at = lastAtMost(clauses, 1, position * 2 - 1) + 1;
  return Math.min(section.to, at < clauses.length ? clauses[at]! >>> 1 : section.to);
};

const markBefore = ({ clauses, sections }: Text, position: number): number => {
  const section = sections[sectionAt({ sections } as Text, position)]!;
  const at = lastAtMost(clauses, 1, position * 2 + 1);
  return Math.max(section.from, at >= 0 ? clauses[at]! >>> 1 : section.from);
};

/** Takes in equal characters at both ends, counted or not, then the changed words up to a punctuation mark on both sides. */
const widen = (query: Prepared, candidate: Text, stretch: Stretch): Stretch => {
  const { text } = query;
  const [a, b] = [text.codes, candidate.codes];
  let { from, to, inFrom, inTo } = stretch;
  while (from > 0 && inFrom > 0 && a[from - 1] === b[inFrom - 1] && a[from - 1] !== 0)
    [from, inFrom] = [from - 1, inFrom - 1];
  while (to < a.length && inTo < b.length && a[to] === b[inTo] && a[to] !== 0)
    [to, inTo] = [to + 1, inTo + 1];
  const equal = stretch.equal + ownIn(query, from, stretch.from) + ownIn(query, stretch.to, to);
  const ahead = nextMark(text, to) - to;
  const inAhead = nextMark(candidate, inTo) - inTo;
  if (Math.max(ahead, inAhead) <= nearMark && Math.abs(ahead - inAhead) <= unevenMark)
    [to, inTo] = [to + ahead, inTo + inAhead];
  const behind = from - markBefore(text, from);
  const inBehind = inFrom - markBefore(candidate, inFrom);
  if (Math.max(behind, inBehind) <= nearMark && Math.abs(behind - inBehind) <= unevenMark)
    [from, inFrom] = [from - behind, inFrom - inBehind];
  return { from, to, inFrom, inTo, equal };
};

/** Joins what follows each other closely in the same two sections. Takes them in any order, gives them in the query's. */
const join = (query: Prepared, candidate: Text, stretches: readonly Stretch[]): readonly Stretch[] => {
  const joined: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (
      last !== undefined &&
      one.from - last.to <= nearStretch &&
      one.inFrom - last.inTo <= nearStretch &&
      one.inFrom >= last.inFrom &&
      Math.abs(one.from - last.from - (one.inFrom - last.inFrom)) <= nearStretch * 2 &&
      sectionAt(query.text, last.from) === sectionAt(query.text, one.from) &&
      sectionAt(candidate, last.inFrom) === sectionAt(candidate, one.inFrom)
    ) {
      joined[joined.length - 1] = {
        ...last,
        to: Math.max(last.to, one.to),
        inTo: Math.max(last.inTo, one.inTo),
        equal: last.equal + one.equal,
      };
    } else if (last === undefined || one.to > last.to) joined.push(one);
  }
  return joined;
};

/** Text that does not count stands at no end of a stretch. */
const trim = ({ mask }: Prepared, stretch: Stretch): Stretch => {
  let { from, to, inFrom, inTo } = stretch;
  while (from < to && inFrom < inTo && mask[from] !== own) [from, inFrom] = [from + 1, inFrom + 1];
  while (from < to && inFrom < inTo && mask[to - 1] !== own) [to, inTo] = [to - 1, inTo - 1];
  return { ...stretch, from, to, inFrom, inTo };
};

const longEnough = (text: Text, from: number, to: number): boolean =>
  to > from && endOffsetOf(text, to - 1) - offsetOf(text, from) >= shortestPassage;

/** Widened, joined, and with what is too short or does not count left out. */
export const settle = (query: Prepared, candidate: Text, stretches: readonly Stretch[]): readonly Stretch[] =>
  join(
    query,
    candidate,
    stretches.map((one) => widen(query, candidate, one)),
  )
    .filter(
      ({ from, to, inFrom, inTo }) =>
        ownIn(query, from, to) > 0 && longEnough(query.text, from, to) && longEnough(candidate, inFrom, inTo),
    )
    .map((one) => {
      const trimmed = trim(query, one);
      return longEnough(query.text, trimmed.from, trimmed.to) &&
        longEnough(candidate, trimmed.inFrom, trimmed.inTo)
        ? trimmed
        : one;
    });
