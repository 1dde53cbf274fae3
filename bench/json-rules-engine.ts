import type { CheckRequest } from "../src/core/policy/application.ts";
import { asynchronous, type Contender } from "./contender.ts";
import { type Figures, mandatory } from "./fifteen.ts";
import { peer } from "./peers.ts";

/**
 * The fifteen in json-rules-engine: a rule fires when it is broken. One engine for all, custom operators, facts
 * computed once for a run, and in place of JSONPath a resolver of plain dotted paths, which is much faster.
 */

type Value = string | number | boolean | null | readonly string[] | { fact: string; path?: string };
type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { fact: string; path?: string; operator: string; value: Value };
type Almanac = { factValue: <T>(fact: string, params?: object, path?: string) => Promise<T> };
type Engine = {
  addRule: (rule: { conditions: Condition; event: { type: string } }) => unknown;
  addOperator: (name: string, test: (fact: never, value: never) => boolean) => unknown;
  addFact: (name: string, compute: (params: object, almanac: Almanac) => unknown) => unknown;
  run: (facts: object) => Promise<{ events: readonly { type: string }[] }>;
};
type Module = { Engine: new (rules: readonly [], options: object) => Engine };

const blank = (value: unknown) =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

const steps = new Map<string, readonly string[]>();
const pathResolver = (from: unknown, path: string): unknown => {
  let way = steps.get(path);
  if (way === undefined) steps.set(path, (way = path.split(".")));
  let value = from as Record<string, unknown> | null | undefined;
  for (const step of way) value = value?.[step] as Record<string, unknown> | null | undefined;
  return value;
};

const of = (path: string, operator: string, value: Value): Condition => ({
  fact: "application",
  path,
  operator,
  value,
});
const the = (fact: string, operator: string, value: Value): Condition => ({ fact, operator, value });

export const rulesFor = (figures: Figures): readonly (readonly [id: string, broken: Condition])[] => [
  ["form-complete", { any: mandatory.map((path) => of(path, "blank", true)) }],
  [
    "category-known",
    {
      all: [
        of("category", "given", true),
        of(
          "category",
          "notIn",
          figures.categories.map(({ code }) => code),
        ),
      ],
    },
  ],
  [
    "international-is-applied-basic",
    { all: [of("field", "equal", "INTL_COOP"), of("category", "notEqual", "APPLIED_BASIC")] },
  ],
  ["grant-ceiling", { all: [of("requestedGrant", "greaterThan", { fact: "category", path: "ceiling" })] }],
  [
    "lead-type",
    {
      all: [
        { fact: "lead", path: "type", operator: "given", value: true },
        { fact: "lead", path: "type", operator: "notIn", value: figures.types },
      ],
    },
  ],
  [
    "lead-territory",
    { all: [{ fact: "lead", path: "region", operator: "outside", value: figures.regions }] },
  ],
  [
    "lead-platform",
    {
      all: [
        of("category", "equal", "MAJOR_BASIC"),
        {
          fact: "lead",
          path: "platforms",
          operator: "doesNotContain",
          value: { fact: "application", path: "platform" },
        },
        of("attachments", "withoutType", "PLATFORM_PROOF"),
      ],
    },
  ],
  [
    "period-start",
    {
      all: [
        of("periodStart", "given", true),
        { fact: "category", path: "start", operator: "given", value: true },
        of("periodStart", "notEqual", { fact: "category", path: "start" }),
      ],
    },
  ],
  ["period-order", { all: [of("periodEnd", "before", { fact: "application", path: "periodStart" })] }],
  ["ongoing-project", { all: [the("running", "equal", true)] }],
  [
    "soft-investigator",
    {
      all: [
        of("category", "equal", "SOFT_SCI"),
        of("principalInvestigator.titleLevel", "notIn", ["SENIOR", "ASSOCIATE_SENIOR"]),
        of("principalInvestigator.degree", "notEqual", "DOCTOR"),
        of("principalInvestigator.adminRank", "notEqual", "DEPUTY_DIVISION_OR_ABOVE"),
      ],
    },
  ],
  ["commitment-investigator", { all: [of("commitments", "lacks", "PRINCIPAL_INVESTIGATOR")] }],
  ["not-classified", { all: [of("declarations.nonClassified", "notEqual", true)] }],
  [
    "budget-total",
    {
      all: [
        of("budget", "given", true),
        of("requestedGrant", "given", true),
        the("cityTotal", "notEqual", { fact: "application", path: "requestedGrant" }),
      ],
    },
  ],
  ["indicator-complete", { all: [of("indicators", "someBlank", ["target", "unit", "verification"])] }],
];

type Application = CheckRequest["application"];
type Registry = CheckRequest["registry"];

const define = (engine: Engine, figures: Figures) => {
  engine.addOperator("given", (fact: unknown, given: boolean) => (fact !== undefined) === given);
  engine.addOperator("blank", (fact: unknown, wanted: boolean) => blank(fact) === wanted);
  engine.addOperator("before", (fact: string | undefined, other: string | undefined) =>
    fact !== undefined && other !== undefined ? fact < other : false,
  );
  engine.addOperator(
    "outside",
    (fact: string | null | undefined, prefixes: readonly string[]) =>
      typeof fact === "string" && !prefixes.some((prefix) => fact.startsWith(prefix)),
  );
  engine.addOperator(
    "lacks",
    (fact: readonly string[] | undefined, one: string) => !(fact?.includes(one) ?? false),
  );
  engine.addOperator(
    "withoutType",
    (fact: readonly { type: string }[] | undefined, type: string) =>
      !(fact?.some((one) => one.type === type) ?? false),
  );
  engine.addOperator(
    "someBlank",
    (fact: readonly Record<string, unknown>[] | undefined, keys: readonly string[]) =>
      fact?.some((one) => keys.some((key) => blank(one[key]))) ?? false,
  );

  const categories = new Map(figures.categories.map((one) => [one.code, one]));
  engine.addFact("category", async (_, almanac) =>
    categories.get((await almanac.factValue<Application>("application")).category ?? ""),
  );
  engine.addFact("lead", async (_, almanac) => {
    const { leadOrganization } = await almanac.factValue<Application>("application");
    const { organizations } = await almanac.factValue<Registry>("registry");
    return organizations.find((one) => one.uscc === leadOrganization);
  });
  engine.addFact("running", async (_, almanac) => {
    const { principalInvestigator: person } = await almanac.factValue<Application>("application");
    const { projects } = await almanac.factValue<Registry>("registry");
    return (
      person?.identityNo !== undefined &&
      projects.some(
        (one) =>
          one.programme === "INNOVATION_FUND" &&
          one.closeout === "PENDING" &&
          one.periodEnd >= figures.running &&
          one.principalInvestigator === person.identityNo,
      )
    );
  });
  engine.addFact("cityTotal", async (_, almanac) => {
    const { budget } = await almanac.factValue<Application>("application");
    let total = 0;
    for (const line of budget?.lines ?? []) if (line.source === "CITY") total += line.amount ?? 0;
    return total;
  });
};

export const jsonRulesEngine = (figures: Figures): Contender => {
  const { version, module } = peer("json-rules-engine");
  const engine = new (module as Module).Engine([], { allowUndefinedFacts: true, pathResolver });
  define(engine, figures);
  for (const [type, conditions] of rulesFor(figures)) engine.addRule({ conditions, event: { type } });
  return asynchronous(`json-rules-engine ${version}`, async ({ application, registry }) => {
    const { events } = await engine.run({ application, registry });
    return events.map(({ type }) => type);
  });
};
