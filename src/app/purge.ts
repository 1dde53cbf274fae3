/** Splits a selector list at its own commas, not at those inside brackets. */
const selectorsOf = (list: string): readonly string[] => {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    const one = list[at];
    if (one === "(" || one === "[") depth += 1;
    else if (one === ")" || one === "]") depth -= 1;
    else if (one === "," && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, list.slice(from)];
};

/** Whether a class is written out in the sources, or fits a name that is put together there (`zn-sev--${look}`). */
const usedIn = (sources: string) => {
  const composed = [...sources.matchAll(/([a-z][\w-]*)\$\{[^{}]*\}([\w-]*)/g)].map(
    (match) => [match[1] ?? "", match[2] ?? ""] as const,
  );
  const known = new Map<string, boolean>();
  return (name: string): boolean => {
    const used =
      known.get(name) ??
      (sources.includes(name) ||
        composed.some(
          ([head, tail]) =>
            name.startsWith(head) &&
            name.endsWith(tail) &&
            /^[a-z\d]+$/i.test(name.slice(head.length, name.length - tail.length)),
        ));
    known.set(name, used);
    return used;
  };
};

/** Compressed CSS without the rules for classes that no page has: the component libraries bring many. */
export const purge = (css: string, sources: string): string => {
  const used = usedIn(sources);
  const needed = (selector: string) =>
    [...selector.replaceAll(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "").matchAll(/\.([a-zA-Z][\w-]*)/g)].every(
      (match) => used(match[1] ?? ""),
    );
  return css
    .replaceAll(/([^{}@;]+)\{([^{}]*)\}/g, (_rule, list: string, body: string) => {
      const kept = selectorsOf(list).filter(needed);
      return kept.length === 0 ? "" : `${kept.join(",")}{${body}}`;
    })
    .replaceAll(/@(?:media|supports)[^{}]+\{\s*\}/g, "");
};
