import { degrees, identityTypes, organizationTypes, titleLevels } from "../policy/application.ts";
import {
  budgetSubjects,
  consentBases,
  fundingSources,
  indicatorCodes,
  indicatorTypes,
  memberRoles,
} from "./content.ts";

/**
 * The sheets of a form: which columns a list has and how each is read.
 * `choice`: one of `values`, or `empty` where nothing is chosen. `identity`: a number in clear or its mask. `unit`: a registered
 * organisation by name or code. `code`: a unified social credit code.
 */
export type Column =
  | { readonly name: string; readonly kind: "text" | "amount" | "identity" | "unit" | "code" }
  | { readonly name: string; readonly kind: "number"; readonly least: number; readonly most: number }
  | {
      readonly name: string;
      readonly kind: "choice";
      readonly values: readonly string[];
      readonly empty: string | null;
    };

export const sheetNames = ["members", "partners", "budget.lines", "indicators"] as const;
export type SheetName = (typeof sheetNames)[number];
export const isSheet = (path: string): path is SheetName => sheetNames.some((one) => one === path);

const text = (name: string): Column => ({ name, kind: "text" });
const choice = (name: string, values: readonly string[], empty: string | null): Column => ({
  name,
  kind: "choice",
  values,
  empty,
});
/** Any text of its own kind: the page offers the choices, and what an older page offered stays. */
const open = (name: string, empty: string | null): Column => choice(name, [], empty);

export const columnsOf: Readonly<Record<SheetName, readonly Column[]>> = {
  members: [
    text("name"),
    choice("identityType", identityTypes, "RESIDENT_ID"),
    { name: "identityNo", kind: "identity" },
    { name: "organization", kind: "unit" },
    choice("side", ["DOMESTIC", "FOREIGN"], "DOMESTIC"),
    choice("role", memberRoles, "MEMBER"),
    choice("titleLevel", titleLevels, "NONE"),
    choice("degree", degrees, "OTHER"),
    { name: "monthsPerYear", kind: "number", least: 0, most: 12 },
    text("tasks"),
    choice("consent", consentBases, null),
  ],
  partners: [
    text("name"),
    { name: "uscc", kind: "code" },
    choice("type", organizationTypes, null),
    open("region", null),
    open("countryOrRegion", "CN"),
    text("tasks"),
    { name: "share", kind: "amount" },
  ],
  "budget.lines": [
    choice("subject", budgetSubjects, null),
    choice("source", fundingSources, null),
    { name: "amount", kind: "amount" },
    text("explanation"),
  ],
  indicators: [
    choice("type", indicatorTypes, null),
    choice("code", indicatorCodes, null),
    text("name"),
    choice("comparator", [">=", "<=", "="], ">="),
    { name: "target", kind: "number", least: -1e15, most: 1e15 },
    text("unit"),
    text("verification"),
  ],
};
