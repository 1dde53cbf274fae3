import { type CheckRequest, checkRequestSchema } from "../src/core/policy/application.ts";
import { judgeOf, severityAt } from "../src/core/policy/judge.ts";
import { type Judge, judgeFor } from "../src/platform/judge.ts";
import { loadPolicy } from "../src/platform/policies.ts";
import { generate } from "./applications.ts";
import type { Contender } from "./contender.ts";
import { byHand, fifteen, figuresOf, ours } from "./fifteen.ts";
import { jsonRulesEngine } from "./json-rules-engine.ts";
import { zenEngine } from "./zen-engine.ts";

/**
 * Claim: one core judges at least 20,000 applications a second by all rules of the submit stage, and at least ten
 * times as many as json-rules-engine by the same fifteen rules.
 */

const APPLICATIONS = 20_000;
/** Of these, how many a slow contender judges in a turn. */
const PART = 4_000;
const SAMPLE = 2_000;
const RUNS = 9;

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const signed = (ids: readonly string[]) => ids.toSorted().join(" ");

type Rates = { readonly perSecond: number; readonly slowest: number; readonly fastest: number };

/** Applications a second of each, all contenders in turn, so that a busy moment hits all alike. */
const race = async (
  contenders: readonly Pick<Contender, "name" | "pass" | "slow">[],
  requests: readonly CheckRequest[],
): Promise<Readonly<Record<string, Rates>>> => {
  const rates = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const part = requests.slice(0, PART);
  // The first two turns warm up and are not counted.
  for (let turn = -2; turn < RUNS; turn += 1)
    for (const { name, pass, slow } of contenders) {
      const some = slow === true ? part : requests;
      const start = performance.now();
      const faults = await pass(some);
      const rate = (some.length * 1000) / (performance.now() - start);
      if (faults === 0) throw new Error(`${name} found no fault at all`);
      if (turn >= 0) rates.get(name)!.push(rate);
    }
  const rounded = (all: readonly number[]) => ({
    perSecond: Math.round(median(all)),
    slowest: Math.round(Math.min(...all)),
    fastest: Math.round(Math.max(...all)),
  });
  return Object.fromEntries([...rates].map(([name, all]) => [name, rounded(all)]));
};

/** Speed counts among equals only: all contenders must fail the same rules of the same applications. */
const compare = async (contenders: readonly Contender[], requests: readonly CheckRequest[]) => {
  const [first, ...others] = contenders;
  const seen = new Set<string>();
  for (const request of requests) {
    const ids = await first!.failed(request);
    for (const id of ids) seen.add(id);
    for (const other of others) {
      const theirs = signed(await other.failed(request));
      if (theirs !== signed(ids))
        throw new Error(
          `${request.application.id}: ${first!.name} finds "${signed(ids)}", ${other.name} "${theirs}"`,
        );
    }
  }
  const silent = fifteen.filter((id) => !seen.has(id));
  if (silent.length > 0) throw new Error(`no application of the sample fails ${silent.join(", ")}`);
};

const judging = (name: string, judge: Judge, slow = false) => ({
  name,
  slow,
  pass: (requests: readonly CheckRequest[]) => {
    let sum = 0;
    for (const request of requests) sum += judge(request).findings.length;
    return sum;
  },
});

export const run = async () => {
  const policy = await loadPolicy("dalian-2024");
  const generated = generate(policy, APPLICATIONS);
  const parsing = performance.now();
  const requests = generated.map(({ request }) => checkRequestSchema.parse(request));
  const parsedPerSecond = Math.round((APPLICATIONS * 1000) / (performance.now() - parsing));

  const judge = judgeOf(policy.id, policy.programme, policy.rules);
  const submit = await race(
    [judging("all", judge), judging("all, direction finder behind", await judgeFor(policy), true)],
    requests,
  );

  const figures = figuresOf(policy);
  const mine = ours(policy);
  const rival = jsonRulesEngine(figures);
  const contenders = [mine, rival, ...zenEngine(figures), byHand(figures)];
  await compare(contenders, requests.slice(0, SAMPLE));
  const same = await race(contenders, requests);

  const judged = requests.map(judge);
  const share = (part: number) => Math.round((part * 1000) / APPLICATIONS) / 10;
  return {
    name: "rules",
    applications: {
      count: APPLICATIONS,
      faultyPercent: share(generated.filter(({ faults }) => faults.length > 0).length),
      blockedPercent: share(judged.filter(({ verdict }) => verdict === "blocked").length),
      parsedPerSecond,
    },
    rules: {
      submit: policy.rules.filter((rule) => severityAt(rule, "submit") !== null).length,
      firing: new Set(judged.flatMap(({ findings }) => findings.map(({ rule }) => rule))).size,
    },
    submit,
    fifteen: same,
    timesJsonRulesEngine: Math.round((same[mine.name]!.perSecond * 10) / same[rival.name]!.perSecond) / 10,
  };
};
