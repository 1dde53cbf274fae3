import type { CheckRequest } from "../src/core/policy/application.ts";
import { abreast, asynchronous, type Contender } from "./contender.ts";
import { type Figures, mandatory } from "./fifteen.ts";
import { peer } from "./peers.ts";

/**
 * The fifteen in zen-engine: one decision with an expression node, compiled once, whose expressions are true where
 * a rule is broken. The answer is a record of fifteen booleans.
 */

type Decision = { evaluate: (context: object) => Promise<{ result: Readonly<Record<string, boolean>> }> };
type Module = {
  ZenEngine: new () => { createDecision: (content: object) => Decision };
  ZenDecisionContent: new (content: object) => object;
};

const words = (list: readonly string[]) => `[${list.map((one) => `'${one}'`).join(", ")}]`;
const whole = new Set(["budget", "indicators", "requestedGrant"]);
const blank = (path: string) => `(${path} == null or trim(${path}) == '')`;

export const expressionsFor = (figures: Figures): readonly (readonly [id: string, broken: string])[] => {
  const { categories } = figures;
  const codes = words(categories.map(({ code }) => code));
  const perCategory = (test: (one: Figures["categories"][number]) => string) =>
    categories.map((one) => `(a.category == '${one.code}' and ${test(one)})`).join(" or ");
  const ours = `#.programme == 'INNOVATION_FUND' and #.closeout == 'PENDING' and date(#.periodEnd) >= date('${figures.running}')`;
  return [
    [
      "form-complete",
      mandatory.map((path) => (whole.has(path) ? `a.${path} == null` : blank(`a.${path}`))).join(" or "),
    ],
    ["category-known", `a.category != null and a.category not in ${codes}`],
    ["international-is-applied-basic", "a.field == 'INTL_COOP' and a.category != 'APPLIED_BASIC'"],
    [
      "grant-ceiling",
      `a.requestedGrant != null and (${perCategory(({ ceiling }) => `a.requestedGrant > ${ceiling}`)})`,
    ],
    ["lead-type", `$.lead.type != null and $.lead.type not in ${words(figures.types)}`],
    [
      "lead-territory",
      `$.lead.region != null and not (${figures.regions.map((one) => `startsWith($.lead.region, '${one}')`).join(" or ")})`,
    ],
    [
      "lead-platform",
      "a.category == 'MAJOR_BASIC' and $.lead != null and (a.platform == null or a.platform not in $.lead.platforms) and none(a.attachments ?? [], #.type == 'PLATFORM_PROOF')",
    ],
    [
      "period-start",
      `a.periodStart != null and (${perCategory(({ start }) => `a.periodStart != '${start}'`)})`,
    ],
    [
      "period-order",
      "a.periodStart != null and a.periodEnd != null and date(a.periodEnd) < date(a.periodStart)",
    ],
    [
      "ongoing-project",
      `a.principalInvestigator.identityNo != null and some(registry.projects, ${ours} and #.principalInvestigator == a.principalInvestigator.identityNo)`,
    ],
    [
      "soft-investigator",
      "a.category == 'SOFT_SCI' and a.principalInvestigator.titleLevel not in ['SENIOR', 'ASSOCIATE_SENIOR'] and a.principalInvestigator.degree != 'DOCTOR' and a.principalInvestigator.adminRank != 'DEPUTY_DIVISION_OR_ABOVE'",
    ],
    ["commitment-investigator", "'PRINCIPAL_INVESTIGATOR' not in (a.commitments ?? [])"],
    ["not-classified", "a.declarations.nonClassified != true"],
    [
      "budget-total",
      "a.budget != null and a.requestedGrant != null and sum(map(filter(a.budget.lines, #.source == 'CITY'), #.amount ?? 0)) != a.requestedGrant",
    ],
    [
      "indicator-complete",
      `some(a.indicators ?? [], #.target == null or ${blank("#.unit")} or ${blank("#.verification")})`,
    ],
  ];
};

/** What the rules read and no more: a smaller context crosses into the engine faster. */
const contextOf = ({ application, registry }: CheckRequest) => {
  const {
    abstract: _abstract,
    keywords: _keywords,
    members: _members,
    partners: _partners,
    ...a
  } = application;
  return { a, registry: { organizations: registry.organizations, projects: registry.projects } };
};

const decisionFor = (figures: Figures) => {
  const expression = (id: string, key: string, value: string) => ({ id, key, value });
  return {
    nodes: [
      { id: "in", type: "inputNode", name: "request", position: { x: 0, y: 0 } },
      {
        id: "rules",
        type: "expressionNode",
        name: "rules",
        position: { x: 1, y: 0 },
        content: {
          expressions: [
            expression("lead", "lead", "filter(registry.organizations, #.uscc == a.leadOrganization)[0]"),
            ...expressionsFor(figures).map(([id, value]) => expression(id, id, value)),
          ],
        },
      },
      { id: "out", type: "outputNode", name: "answer", position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: "1", type: "edge", sourceId: "in", targetId: "rules" },
      { id: "2", type: "edge", sourceId: "rules", targetId: "out" },
    ],
  };
};

export const zenEngine = (figures: Figures): readonly Contender[] => {
  const { version, module } = peer("@gorules/zen-engine");
  const { ZenEngine, ZenDecisionContent } = module as Module;
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(decisionFor(figures)));
  const zen = asynchronous(`zen-engine ${version}`, async (request) => {
    const { result } = await decision.evaluate(contextOf(request));
    const failed: string[] = [];
    for (const id in result) if (result[id] === true) failed.push(id);
    return failed;
  });
  return [zen, abreast(zen, 64)];
};
