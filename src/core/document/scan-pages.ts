import type { DocumentKind } from "./kind.ts";
import { bareCode } from "./page-code.ts";
import { type ScanPage, type ScanReading, showsSeal } from "./scan.ts";
import type { ScanComparison, ScanExpected } from "./scan-compare.ts";

/** One page of the file for a person to look at: 1 to 200 of them stand in a row. */
export type ScanPageState = {
  /** `right`: carries the expected code; `wrong`: another one; `extra`: an additional page; `unread`: to be looked at. */
  readonly state: "right" | "wrong" | "extra" | "unread";
  readonly page: number;
  readonly papers: readonly { readonly kind: DocumentKind | null; readonly number: number | null }[];
  readonly seal: boolean;
};

export const pageStates = (
  reading: ScanReading,
  { code }: ScanExpected,
  { findings }: ScanComparison,
): readonly ScanPageState[] => {
  if ("fault" in reading) return [];
  const places = (...rules: readonly string[]) =>
    new Set(findings.flatMap((one) => (rules.includes(one.rule) ? one.pages : [])));
  const [wrong, extra] = [places("scan-stale", "scan-foreign"), places("scan-extra")];
  const stateOf = (page: number, seen: readonly ScanPage[]): ScanPageState["state"] => {
    if (wrong.has(page)) return "wrong";
    if (seen.some((one) => one.code === bareCode(code))) return "right";
    return extra.has(page) ? "extra" : "unread";
  };
  return [...new Set(reading.pages.map((one) => one.page))].map((page) => {
    const seen = reading.pages.filter((one) => one.page === page);
    return {
      page,
      state: stateOf(page, seen),
      papers: seen.flatMap(({ code: read, kind, number }) => (read === null ? [] : [{ kind, number }])),
      seal: seen.some(showsSeal),
    };
  });
};
