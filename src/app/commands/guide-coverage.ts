import { coverageOf, type Enforcement, unaccounted } from "../../core/policy/coverage.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { loadPolicy } from "../../platform/policies.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { paint } from "./paint.ts";

const kinds = { rule: "机审", attestation: "声明", step: "人工", information: "告知" } as const;

const nameOf = (one: Enforcement): string =>
  one.kind === "rule" ? one.name : one.by === undefined ? one.name.zh : `${one.by.zh}：${one.name.zh}`;

/** The table as a page of the documentation. */
export const coveragePage = (policy: Policy): string => {
  const coverage = coverageOf(policy.clauses, policy.rules);
  const counts = (["rule", "attestation", "step", "information"] as const)
    .map(
      (kind) =>
        `${kinds[kind]} ${coverage.filter((one) => one.enforcement.some((each) => each.kind === kind)).length}`,
    )
    .join("，");
  const rows = coverage.map(({ clause, enforcement }) => {
    const means = enforcement.map((one) =>
      one.kind === "rule" ? `\`${one.name}\`` : `${kinds[one.kind]}·${nameOf(one)}`,
    );
    return `| ${clause.id} | ${clause.node} | ${clause.summary.zh} | ${means.join("；")} |\n`;
  });
  return `# 指南如何执行 · How the guide is carried out

由 \`zhinan guide coverage ${policy.id} --markdown\` 生成，不手改。Generated; do not edit.

${policy.programme.title.zh}：${coverage.length} 条，${counts}；未落实 ${unaccounted(coverage).length} 条。

| 条款 | 位置 | 内容 | 由什么落实 |
|---|---|---|---|
${rows.join("")}`;
};

export const guideCoverage: Command = {
  name: ["guide", "coverage"],
  positional: [{ name: "POLICY", required: true }],
  options: [jsonOption, { name: "markdown", help: "文档页 / a page of the documentation" }],
  summary: "每条条款怎么执行 / how every clause is carried out",
  help: `列出指南的每条条款由什么落实：规则、声明、有名有姓的人工环节，或告知。没有落实的条款列在最后，退出码为 1。
Lists what carries out every clause: a rule, an attestation, a human step with its actor, or information. Exit code 1 if a clause is unaccounted for.`,
  run: async ({ positional, switches }) => {
    const policy = await loadPolicy(positional[0] ?? "");
    const coverage = coverageOf(policy.clauses, policy.rules);
    const open = unaccounted(coverage);
    const clauses = coverage.map(({ clause, enforcement }) => ({
      id: clause.id,
      node: clause.node,
      enforcement: enforcement.map((one) => ({ kind: one.kind, name: nameOf(one) })),
    }));
    if (switches.has("markdown")) await write(coveragePage(policy));
    else if (switches.has("json")) await write(`${JSON.stringify({ clauses, unaccounted: open })}\n`);
    else {
      for (const { id, node, enforcement } of clauses) {
        const means = enforcement.map((one) => `${paint.quiet(kinds[one.kind])} ${one.name}`).join("  ");
        await write(`${paint.clause(id.padEnd(9))} ${node}  ${means}\n`);
      }
      const words = `共 ${clauses.length} 条，未落实 ${open.length} 条`;
      await write(`${open.length === 0 ? paint.good(words) : paint.error(`${words}：${open.join("、")}`)}\n`);
    }
    return open.length === 0 ? 0 : 1;
  },
};
