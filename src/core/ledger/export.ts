/** An export of the ledger: JSON Lines, a header with its signed head, then every entry in order; readable without the platform. */
import type { Hash } from "./bytes.ts";
import { canonicalJson } from "./canonical.ts";
import { type ChainReader, chainReader, type ChainVerdict } from "./chain.ts";
import { type ChainedEntry, isEntry, lineOf } from "./entry.ts";
import { type Head, headSchema, isSigned, type Verify } from "./head.ts";

export const exportKind = "zhinan-ledger-export";

export const headerLine = (head: Head): string => canonicalJson({ kind: exportKind, version: 1, head });

/** The head of a header line; null where the line is no header. `exact`: it stands there letter for letter. */
export const readHeader = (line: string): { readonly head: Head; readonly exact: boolean } | null => {
  const value = parsed(line) as { kind?: unknown; version?: unknown; head?: unknown } | null;
  if (typeof value !== "object" || value?.kind !== exportKind || value.version !== 1) return null;
  const head = headSchema.safeParse(value.head);
  return head.success ? { head: head.data, exact: headerLine(head.data) === line } : null;
};

/** An entry from its line; null unless the line is its one spelling. */
export const readLine = (line: string): ChainedEntry | null => {
  const value = parsed(line) as { entry?: unknown; hash?: unknown } | null;
  if (typeof value !== "object" || value === null || !isEntry(value.entry) || typeof value.hash !== "string")
    return null;
  const spelling = spelled(value.entry);
  if (spelling === null || lineOf(spelling, value.hash) !== line) return null;
  return { entry: value.entry, spelling, hash: value.hash };
};

/** Verdict of a whole export. `headSound`: the head in the header is spelled and signed as it was. */
export type ExportVerdict = ChainVerdict & { readonly headSound: boolean };

export type ExportReader = {
  readonly add: (line: string) => void;
  /** Lines that were no text or too long. */
  readonly addUnreadable: () => void;
  readonly finish: () => ExportVerdict;
};

/** Reads the lines after the header. `trusted`: a head kept elsewhere, by whoever checks. */
export const exportReader = (
  hash: Hash,
  verify: Verify,
  header: { readonly head: Head; readonly exact: boolean },
  trusted: { readonly number: number; readonly root: string } | null,
): ExportReader => {
  const { head, exact } = header;
  const headSound = exact && isSigned(verify, head);
  // A head that nobody signed vouches for nothing.
  const heads = new Map(headSound ? [[head.number, head.root]] : []);
  const clash = trusted !== null && heads.has(trusted.number) && heads.get(trusted.number) !== trusted.root;
  if (trusted !== null) heads.set(trusted.number, trusted.root);
  const chain: ChainReader = chainReader(hash, head.funder, heads);
  return {
    add: (line) => chain.add(readLine(line)),
    addUnreadable: () => chain.add(null),
    finish: () => {
      const verdict = chain.finish();
      const more = headSound && verdict.entries > head.number && verdict.verified;
      if (more) return { ...verdict, verified: false, firstBad: head.number + 1, fault: "order", headSound };
      const sound = headSound && !clash;
      if (verdict.verified && !sound) return { ...verdict, verified: false, fault: "head", headSound: false };
      return { ...verdict, headSound: sound };
    },
  };
};

/** The same for lines in memory, header first. Null where the first line is no header. */
export const verifyExport = (
  hash: Hash,
  verify: Verify,
  lines: Iterable<string>,
  trusted: { readonly number: number; readonly root: string } | null = null,
): ExportVerdict | null => {
  let reader: ExportReader | null = null;
  for (const line of lines) {
    if (reader !== null) {
      reader.add(line);
      continue;
    }
    const header = readHeader(line);
    if (header === null) return null;
    reader = exportReader(hash, verify, header, trusted);
  }
  return reader?.finish() ?? null;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const spelled = (value: unknown): string | null => {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
};
