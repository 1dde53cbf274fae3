import type { ScanExpected, ScanFinding } from "../../core/document/scan-compare.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Ground } from "../../platform/errors.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { Platform } from "../../platform/platform.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { orderOf, versionPapers } from "../application/papers/orders.ts";
import { paperSource } from "../application/papers/source.ts";

/** What may hold a scan, by content. */
export const scanTypes: ReadonlySet<string> = new Set(["application/pdf", "image/jpeg", "image/png"]);

/** Longer than this nobody waits inside a transaction; the reading goes on and the next request finds it. */
export const patience = 20_000;

export type FrozenVersion = { readonly number: number; readonly hash: string; readonly code: string };

/** The newest first. */
export const frozenVersions = (
  database: Queryable,
  funder: string,
  application: string,
): Promise<readonly FrozenVersion[]> =>
  database
    .selectFrom("application_version")
    .select(["number", "hash", "code"])
    .where("funder", "=", funder)
    .where("application", "=", application)
    .orderBy("number", "desc")
    .execute();

const nameOf = (number: number) => ({ zh: `第 ${number} 版`, en: `version ${number}` });

/** `inside` a transaction only what was drawn before counts: a drawing would wait for the application that is held. */
export type Where = "inside" | "outside";

/** Pages of the form as it is printed; null where that is not known here and the printed numbers alone tell. */
const pagesOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  number: number,
  where: Where,
): Promise<number | null> => {
  try {
    const order = orderOf("application-form", await paperSource(platform, actor, facts, number));
    const { known, make } = platform.documents;
    return (where === "inside" ? await known(order) : await make(order))?.pages ?? null;
  } catch {
    return null;
  }
};

/** What the stamped scan of a version should hold: the form with all its pages; its other papers may stand with it. */
export const expectedOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  versions: readonly FrozenVersion[],
  current: FrozenVersion,
  where: Where,
): Promise<ScanExpected> => {
  const pages = await pagesOf(platform, actor, facts, current.number, where);
  const [main, ...rest] = versionPapers;
  return {
    code: current.code,
    name: nameOf(current.number),
    others: versions
      .filter((one) => one.number !== current.number)
      .map(({ code, number }) => ({ code, name: nameOf(number) })),
    papers: [{ kind: main, pages }, ...rest.map((kind) => ({ kind, pages: null }))],
  };
};

export const groundsOfScan = (clause: string, findings: readonly ScanFinding[]): readonly Ground[] =>
  findings.map(({ rule, severity, message }) => ({
    rule,
    clause,
    severity,
    overridable: false,
    path: "file",
    message,
  }));
