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

const isNamePart = (one: string | undefined) => one !== undefined && /^[\w-]$/.test(one);

/** What stands before and after each `${…}` of the sources, as far as it could be part of a name. */
const composedIn = (sources: string): readonly (readonly [head: string, tail: string])[] => {
  const found: (readonly [string, string])[] = [];
  for (let at = sources.indexOf("${"); at >= 0; at = sources.indexOf("${", at + 2)) {
    const close = sources.indexOf("}", at);
    let from = at;
    while (isNamePart(sources[from - 1])) from -= 1;
    let to = close + 1;
    while (isNamePart(sources[to])) to += 1;
    if (from < at) found.push([sources.slice(from, at), sources.slice(close + 1, to)]);
  }
  return found;
};

/** Whether a class is written out in the sources, or fits a name that is put together there (`zn-sev--${look}`). */
const usedIn = (sources: string) => {
  const composed = composedIn(sources);
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
  // Rules end at the first brace; only groups (@media, @supports) hold others.
  const block = (from: number): readonly [kept: string, end: number] => {
    let kept = "";
    let at = from;
    while (at < css.length && css[at] !== "}") {
      const open = css.indexOf("{", at);
      if (open < 0) break;
      const head = css.slice(at, open);
      if (head.startsWith("@media") || head.startsWith("@supports")) {
        const [inner, end] = block(open + 1);
        if (inner !== "") kept += `${head}{${inner}}`;
        at = end + 1;
      } else {
        const end = css.indexOf("}", open);
        const selectors = head.startsWith("@") ? [head] : selectorsOf(head).filter(needed);
        if (selectors.length > 0) kept += `${selectors.join(",")}${css.slice(open, end + 1)}`;
        at = end + 1;
      }
    }
    return [kept, at];
  };
  return block(0)[0];
};
