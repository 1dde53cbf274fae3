import { applicationStates, applicationTransitions } from "../core/lifecycle/application.ts";
import { permits, type Permit } from "../core/permission/matrix.ts";
import type { Policy } from "../core/policy/policy.ts";
import { roles } from "../core/role.ts";
import { actions } from "./actions.ts";
import { apiDocument } from "./api/routes.ts";
import { queries } from "./queries.ts";

/** The pages of docs/ that are drawn from the tables; a test fails while one is stale. */

const head = (title: string, lead: string) =>
  `# ${title}\n\n由 \`zhinan docs write\` 生成，不手改。Generated; do not edit.\n\n${lead}\n`;

const scopes: Readonly<Record<Permit["scope"], string>> = {
  own: "自己的",
  team: "自己参加的",
  unit: "本单位的",
  partner: "本单位参加合作的",
  department: "归口本部门的",
  division: "本处室的",
  everything: "全部",
};
const once: Readonly<Record<NonNullable<Permit["once"]>, string>> = {
  filed: "提交之后",
  endorsed: "单位报送之后",
  recommended: "推荐之后",
  appealed: "申请复审之后",
};
const ties: Readonly<Record<NonNullable<Permit["except"]>[number], string>> = {
  investigator: "项目负责人本人除外",
  initialReviewer: "初审经办人本人除外",
  firstDecider: "原决定人本人除外",
  proposer: "提出人本人除外",
};

const sentence = (permit: Permit): string =>
  [
    `${roles[permit.role].title.zh}：${scopes[permit.scope]}`,
    permit.once === undefined ? "" : once[permit.once],
    ...(permit.except ?? []).map((one) => ties[one]),
  ]
    .filter((one) => one !== "")
    .join("，");

const titleOf = (name: string): string =>
  actions.find((one) => one.name === name)?.title.zh ??
  queries.find((one) => one.name === name)?.title.zh ??
  "";

/** Who may do and see what, in sentences. */
export const permissionsPage = (): string =>
  [
    head(
      "谁可以做什么 · Permissions",
      "默认不准；表中没有的，谁也不能做。看得见才办得了：看不见的，与不存在一样。\nDenied unless a row allows it; what one may not see is as if it were not there.",
    ),
    "| 办理或查看 | | 谁，对哪些 |",
    "|---|---|---|",
    ...Object.keys(permits)
      .sort()
      .map((name) => {
        const row = permits[name];
        const who = [
          ...(row?.anyone === true ? ["任何人"] : []),
          ...(row?.self === true ? ["本人：自己的账户"] : []),
          ...(row?.permits ?? []).map(sentence),
        ];
        return `| \`${name}\` | ${titleOf(name)} | ${who.join("<br>")} |`;
      }),
    "",
  ].join("\n");

const actorsOf = (codes: readonly (keyof typeof roles)[]) =>
  codes.length === 0 ? "系统" : codes.map((one) => roles[one].title.zh).join("、");

/** The life of an application as a diagram and a table; the clauses are those of one pack. */
export const lifecyclePage = ({ procedure, programme }: Policy): string =>
  [
    head(
      "一项申报的经过 · Lifecycle",
      `图和表出自同一张表（\`src/core/lifecycle/application.ts\`），条款出自“${programme.title.zh}”。G：指南所定；D：指南未说，平台的默认。`,
    ),
    "```mermaid",
    "stateDiagram-v2",
    ...Object.entries(applicationStates).flatMap(([state, { zh }]) =>
      applicationTransitions.some((one) => one.to === state || one.from.includes(state as "DRAFT"))
        ? [`  ${state}: ${zh}`]
        : [],
    ),
    ...applicationTransitions.flatMap(({ id, from, to, title }) =>
      from.length === 0
        ? [`  [*] --> ${to}: ${id} ${title.zh}`]
        : from.filter((one) => one !== to).map((one) => `  ${one} --> ${to}: ${id} ${title.zh}`),
    ),
    "```",
    "",
    "| | 从 | 到 | 事项 | 谁 | 条款 | |",
    "|---|---|---|---|---|---|---|",
    ...applicationTransitions.map(
      ({ id, action, title, from, to, actors, origin }) =>
        `| ${id} | ${from.map((one) => applicationStates[one].zh).join("、") || "—"} | ${applicationStates[to].zh} | ${title.zh} \`${action}\` | ${actorsOf(actors)} | ${procedure.clauses[action] ?? "—"} | ${origin} |`,
    ),
    "",
  ].join("\n");

/** File under the root -> text. */
export const generatedDocuments = (policy: Policy): ReadonlyMap<string, string> =>
  new Map([
    ["docs/lifecycle.md", lifecyclePage(policy)],
    ["docs/permissions.md", permissionsPage()],
    ["docs/openapi.json", `${JSON.stringify(apiDocument(), null, 2)}\n`],
  ]);
