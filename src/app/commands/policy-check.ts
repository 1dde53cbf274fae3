import { auditPolicy } from "../../core/policy/audit.ts";
import { compareCase } from "../../core/policy/cases.ts";
import { judgeOf } from "../../core/policy/judge.ts";
import { hashOf, loadPolicy, policyIds, publishedHashOf } from "../../platform/policies.ts";
import type { Command } from "./command.ts";
import { write } from "./input.ts";
import { paint } from "./paint.ts";

/** Faults of one pack: its shape, its references, its worked cases, and its hash once it is published. */
export const faultsOfPack = async (id: string): Promise<readonly string[]> => {
  const policy = await loadPolicy(id);
  const judge = judgeOf(id, policy.programme, policy.rules);
  const cases = policy.cases.flatMap((one) => {
    const { expected, found, holds } = compareCase(one, judge(one.request));
    return holds ? [] : [`cases ${one.case}: expected [${expected.join(", ")}], found [${found.join(", ")}]`];
  });
  const published = await publishedHashOf(id);
  const hash = await hashOf(id);
  const drift =
    published === null || published === hash
      ? []
      : [`published.json: the pack was published as ${published} and is now ${hash}; a change is a new pack`];
  return [...auditPolicy(policy), ...cases, ...drift];
};

export const policyCheck: Command = {
  name: ["policy", "check"],
  positional: [{ name: "POLICY", required: false }],
  options: [],
  summary: "核对规则包 / check the policy packs",
  help: `核对规则包的形状、引用、判例，以及已发布规则包的摘要。没有 POLICY 时核对全部。
Checks shape, references and worked cases of a pack, and the hash of a published one. All packs where POLICY is missing.`,
  run: async ({ positional }) => {
    let good = true;
    for (const id of positional[0] === undefined ? await policyIds() : [positional[0]]) {
      const faults = await faultsOfPack(id);
      const { rules, clauses, cases, publishedOn } = await loadPolicy(id);
      const size = `${clauses.length} 条款 clauses, ${rules.length} 规则 rules, ${cases.length} 判例 cases`;
      const state = publishedOn === null ? "未发布 not published" : `${publishedOn} 发布 published`;
      await write(
        `${faults.length === 0 ? paint.good("通过 pass") : paint.error("不通过 fail")}  ${id}  ${size}, ${state}\n`,
      );
      for (const fault of faults) await write(`  ${fault}\n`);
      good &&= faults.length === 0;
    }
    return good ? 0 : 1;
  },
};
