/** People by a key that is one for one person: the normalised identity number, or its hash. */
export type Team = { readonly investigator: string; readonly members: readonly string[] };

export type TeamSignal =
  | { readonly kind: "same-investigator" }
  /** The same people under another name; `shared` counts both investigators where they are members of the other team. */
  | { readonly kind: "overlapping-team"; readonly shared: readonly string[]; readonly share: number }
  | null;

/** From this share of the smaller team on an overlap is worth saying; a policy pack may say otherwise. */
export const overlapping = 0.5;

/** What two teams have in common. Someone is counted once; two shared people at least make an overlap. */
export const teamSignal = (a: Team, b: Team, least: number = overlapping): TeamSignal => {
  if (a.investigator !== "" && a.investigator === b.investigator) return { kind: "same-investigator" };
  const [first, second] = [everyone(a), everyone(b)];
  const shared = [...first].filter((person) => second.has(person)).sort();
  const smaller = Math.min(first.size, second.size);
  const share = smaller === 0 ? 0 : shared.length / smaller;
  return shared.length >= 2 && share >= least ? { kind: "overlapping-team", shared, share } : null;
};

const everyone = ({ investigator, members }: Team): ReadonlySet<string> =>
  new Set([investigator, ...members].filter((person) => person !== ""));
