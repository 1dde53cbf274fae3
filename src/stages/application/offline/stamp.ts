import { createHash } from "node:crypto";
import { applyChanges, type Content } from "../../../core/application/content.ts";
import { fieldsOf, readQuestions, type Units } from "../../../core/application/entry.ts";
import { type KnownUnits, withRegistered } from "../form/units.ts";
import type { Writing } from "../form/writing.ts";

/**
 * What a file for offline work carries unseen: which application, pack and category it was made for, and a hash of each answer as it
 * stood then, so that what was changed in the file is told from what was changed on the platform meanwhile.
 */
export type Stamp = {
  readonly application: string;
  readonly pack: string;
  readonly packHash: string;
  readonly category: string;
  readonly version: number;
  /** Names this very file: rows without a key get theirs from it. */
  readonly serial: string;
  /** By the question's path. */
  readonly base: Readonly<Record<string, string>>;
};

/** An answer as one text: equal for equal answers. */
export const saidOf = (content: Content, path: string, units: Units): string =>
  JSON.stringify(
    path === "direction"
      ? [content.category, content.field, content.direction]
      : path === "members"
        ? // Two identity numbers may look the same behind their masks.
          [fieldsOf(content, path, units), content.members.map((one) => one.identity?.hash ?? "")]
        : fieldsOf(content, path, units),
  );

export const hashOfSaid = (said: string): string =>
  createHash("sha256").update(said).digest("hex").slice(0, 16);

/** Content as a form would send it back untouched: white space trimmed, registered partners filled in. */
export const asPosted = (content: Content, paths: readonly string[], units: KnownUnits): Content => {
  const fields = new URLSearchParams();
  for (const path of paths)
    for (const [name, value] of [[`${path}.asked`, "1"] as const, ...fieldsOf(content, path, units)])
      fields.append(name, value);
  return applyChanges(
    content,
    withRegistered(readQuestions(fields, paths, content, units), units),
    ({ identityNo: _shown, ...member }, before) => ({ ...member, identity: before?.identity ?? null }),
  );
};

export const stampOf = ({ facts, units }: Writing, paths: readonly string[]): Stamp => {
  const posted = asPosted(facts.content, paths, units);
  return {
    application: facts.id,
    pack: facts.call.policy.id,
    packHash: facts.call.policy.hash,
    category: facts.content.category ?? "",
    version: facts.draftVersion,
    serial: crypto.randomUUID().slice(0, 6),
    base: Object.fromEntries(paths.map((path) => [path, hashOfSaid(saidOf(posted, path, units))])),
  };
};

const prefix = "zhinan.";
const basePrefix = `${prefix}base.`;

/** As names and short texts: cells of a hidden sheet, properties of a document. */
export const stampEntries = ({ base, ...plain }: Stamp): readonly (readonly [string, string])[] => [
  ...Object.entries(plain).map(([name, value]) => [prefix + name, String(value)] as const),
  ...Object.entries(base).map(([path, hash]) => [basePrefix + path, hash] as const),
];

/** Null where the file carries none. */
export const readStamp = (entries: Readonly<Record<string, string>>): Stamp | null => {
  const of = (name: string) => entries[prefix + name] ?? "";
  if (of("application") === "" || of("pack") === "") return null;
  return {
    application: of("application"),
    pack: of("pack"),
    packHash: of("packHash"),
    category: of("category"),
    version: Number(of("version")) || 0,
    serial: /^[0-9a-f]{6}$/.test(of("serial")) ? of("serial") : "000000",
    base: Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => name.startsWith(basePrefix))
        .map(([name, value]) => [name.slice(basePrefix.length), value]),
    ),
  };
};
