/** Half-width, small, without losing positions: every character keeps its place. */
const fold = (text: string): string =>
  Array.from(text, (one) => {
    const folded = one.normalize("NFKC").toLowerCase();
    return folded.length === one.length ? folded : one;
  }).join("");

/** Words of a search: at most eight, the shortest way of saying "all of these". */
export const termsOf = (query: string): readonly string[] =>
  [
    ...new Set(
      fold(query)
        .split(/\s+/u)
        .filter((term) => term !== ""),
    ),
  ].slice(0, 8);

type Span = readonly [from: number, to: number];

/** Places of the terms in a text, joined where they touch. */
export const spansOf = (text: string, terms: readonly string[]): readonly Span[] => {
  const folded = fold(text);
  const found: [number, number][] = [];
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push([at, at + term.length]);
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const joined: [number, number][] = [];
  for (const span of found) {
    const last = joined.at(-1);
    if (last !== undefined && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else joined.push(span);
  }
  return joined;
};

/** A text with the terms marked. */
export const Marked = ({ text, terms }: { text: string; terms: readonly string[] }) => {
  const spans = spansOf(text, terms);
  let at = 0;
  return (
    <>
      {spans.map(([from, to]) => {
        const before = text.slice(at, from);
        at = to;
        return (
          <>
            {before}
            <mark>{text.slice(from, to)}</mark>
          </>
        );
      })}
      {text.slice(at)}
    </>
  );
};
