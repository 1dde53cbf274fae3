import type { Changes } from "../../../core/application/content.ts";
import type { Units } from "../../../core/application/entry.ts";
import type { Queryable } from "../../../platform/database/connect.ts";

type Unit = {
  readonly uscc: string;
  readonly name: string;
  readonly type: string | null;
  readonly region: string | null;
};

/** The registered institutions, as a form names, finds and offers them. */
export type KnownUnits = Units & {
  readonly all: readonly Unit[];
  /** Names that hold the typed words, a few of them. */
  readonly like: (typed: string) => readonly string[];
  readonly byCode: (uscc: string) => Unit | undefined;
};

const folded = (name: string) => name.normalize("NFKC").replace(/\s/g, "").toLowerCase();

export const knownUnits = async (database: Queryable, funder: string): Promise<KnownUnits> => {
  const rows = await database
    .selectFrom("organization")
    .select(["uscc", "name_zh", "type", "region"])
    .where("funder", "=", funder)
    .where("kind", "=", "INSTITUTION")
    .where("standing", "=", "ACTIVE")
    .where("uscc", "is not", null)
    .orderBy("name_zh")
    .execute();
  return unitsOf(
    rows.map((row) => ({ uscc: row.uscc ?? "", name: row.name_zh, type: row.type, region: row.region })),
  );
};

export const unitsOf = (all: readonly Unit[]): KnownUnits => {
  const byCode = new Map(all.map((one) => [one.uscc, one]));
  const byName = new Map<string, Unit[]>();
  for (const one of all) byName.set(folded(one.name), [...(byName.get(folded(one.name)) ?? []), one]);
  const holding = (typed: string) =>
    folded(typed).length < 2 ? [] : all.filter((one) => folded(one.name).includes(folded(typed)));
  return {
    all,
    byCode: (uscc) => byCode.get(uscc),
    // A name that two organisations share names neither.
    nameOf: (uscc) => {
      const unit = byCode.get(uscc);
      return unit !== undefined && byName.get(folded(unit.name))?.length === 1 ? unit.name : uscc;
    },
    codeOf: (name) => {
      const exact = byName.get(folded(name)) ?? [];
      const found = exact.length > 0 ? exact : holding(name);
      return found.length === 1 ? (found[0]?.uscc ?? null) : null;
    },
    like: (typed) =>
      holding(typed)
        .slice(0, 5)
        .map((one) => one.name),
  };
};

/** Nobody types what the register knows: name, code, type and seat of a registered partner. */
export const withRegistered = (changes: Changes, units: KnownUnits): Changes => {
  const { partners } = changes;
  if (partners === undefined) return changes;
  return {
    ...changes,
    partners: partners.map((one) => {
      const code = one.uscc ?? (one.name === "" ? null : units.codeOf(one.name));
      const unit = code === null ? undefined : units.byCode(code);
      // A name that only holds the typed words is a guess; a code is not.
      if (unit === undefined || (one.uscc === null && folded(unit.name) !== folded(one.name))) return one;
      return Object.assign({}, one, {
        uscc: unit.uscc,
        name: one.name === "" ? unit.name : one.name,
        type: one.type ?? unit.type,
        region: one.region ?? unit.region,
      });
    }),
  };
};
