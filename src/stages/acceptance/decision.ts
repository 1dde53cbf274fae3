import type { Finding } from "../../core/policy/judge.ts";
import type { Procedure } from "../../core/policy/procedure.ts";
import { reasonsFor } from "../../core/policy/procedure.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Place } from "../../ui/place.ts";
import { say } from "../../ui/place.ts";
import type { Trouble } from "../registration/desk.ts";
import type { Item } from "./item.ts";
import { openedBy } from "./openable.ts";
import { openableFields } from "./reasons.ts";

export const choices = ["accept", "correct", "refuse"] as const;
export type Choice = (typeof choices)[number];

/** The decision as it stands in the form: suggested by the findings, or as the officer left it. */
export type Typed = {
  readonly choice: Choice | "";
  readonly codes: ReadonlySet<string>;
  readonly facts: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly remarks: ReadonlyMap<string, string>;
  readonly notice: string;
};

/** Names a finding that a person decides, in the form. */
export const remarkName = ({ rule, path }: Pick<Finding, "rule" | "path">): string =>
  `remark.${rule}|${path}`;

/** What the rules suggest: codes of what they found, their words as the facts, their places as what opens. Nothing is decided by it. */
export const suggestedFor = (item: Item, place: Pick<Place, "language">): Typed => {
  const errors = item.findings.filter((one) => one.severity === "error");
  const { policy } = item.facts.call;
  const openable = openableFields(policy, item.frozen.content.category);
  const reasons = reasonsFor(policy.procedure, errors);
  const of = (clauses: readonly string[]) => errors.filter((one) => clauses.includes(one.clause));
  return {
    choice: "",
    codes: new Set(reasons.map((one) => one.code)),
    facts: new Map(
      reasons.map((one) => [
        one.code,
        [...new Set(of(one.clauses).map(({ message }) => say(place, message)))].join("\n"),
      ]),
    ),
    fields: new Map(
      reasons.map((one) => [
        one.code,
        new Set(
          of(one.clauses)
            .map(({ path }) => openedBy(path))
            .filter((field) => openable.includes(field)),
        ),
      ]),
    ),
    remarks: new Map(),
    notice: "",
  };
};

/** What the officer posted, kept whatever comes of it. */
export const typedOf = (form: URLSearchParams): Typed => {
  const codes = form.getAll("code");
  const named = (prefix: string) =>
    [...form.entries()]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name, value] as const);
  const all = [...new Set([...codes, ...named("fact.").map(([name]) => name.slice("fact.".length))])];
  return {
    choice: choices.find((one) => one === form.get("decision")) ?? "",
    codes: new Set(codes),
    facts: new Map(all.map((code) => [code, form.get(`fact.${code}`) ?? ""])),
    fields: new Map(all.map((code) => [code, new Set(form.getAll(`fields.${code}`))])),
    remarks: new Map(named("remark.")),
    notice: form.get("notice") ?? "",
  };
};

type Fault = { readonly place: string; readonly reason: Bilingual };

/** What is still to be written before the decision can be carried out, each at its place. */
export const faultsIn = (typed: Typed, findings: readonly Finding[]): readonly Fault[] => {
  if (typed.choice === "")
    return [
      {
        place: "decision",
        reason: {
          zh: "请先选择受理、补正或不予受理。",
          en: "Choose acceptance, correction or refusal first.",
        },
      },
    ];
  if (typed.choice === "accept")
    return findings
      .filter((one) => one.severity === "confirm" && (typed.remarks.get(remarkName(one)) ?? "").trim() === "")
      .map((one) => ({
        place: remarkName(one),
        reason: { zh: `请写明你的判断：${one.title.zh}`, en: `Give your judgement: ${one.title.en}` },
      }));
  if (typed.codes.size === 0)
    return [
      {
        place: "code",
        reason: { zh: "请至少勾选一项原因，并写明事实。", en: "Tick at least one reason and give its fact." },
      },
    ];
  const faults: Fault[] = [];
  for (const code of typed.codes) {
    if ((typed.facts.get(code) ?? "").trim() === "")
      faults.push({
        place: `fact.${code}`,
        reason: { zh: `请写明 ${code} 的事实。`, en: `Give the fact for ${code}.` },
      });
    if (typed.choice === "correct" && (typed.fields.get(code)?.size ?? 0) === 0)
      faults.push({
        place: `fields.${code}`,
        reason: { zh: `请勾选 ${code} 补正时可改的内容。`, en: `Tick what may be changed for ${code}.` },
      });
  }
  return faults;
};

export const troubleFor = (faults: readonly Fault[]): Trouble => ({
  status: 422,
  reason: {
    zh: "还有几处要写，写完再办理。你已经填写的都在下面。",
    en: "Some points are still to be written; what you entered is below.",
  },
  findings: [],
  faults,
});

/** The reasons in the order of the pack's list. */
export const givenIn = (typed: Typed, procedure: Procedure) =>
  procedure.reasons
    .filter(({ code }) => typed.codes.has(code))
    .map(({ code }) => ({ code, fact: typed.facts.get(code) ?? "" }));

/** Ids in a page: what leads to a control from the list of what is missing. */
export const idOf = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, "-");
