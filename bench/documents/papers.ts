import { createHash } from "node:crypto";
import { budgetSubjects, type Content, fundingSources } from "../../src/core/application/content.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import type { DocumentOrder } from "../../src/platform/documents.ts";
import type {
  ApplicationFormData,
  PaperQuestion,
} from "../../src/stages/application/papers/application-form.ts";
import type { BudgetExplanationData } from "../../src/stages/application/papers/budget-explanation.ts";
import type { PaperHead } from "../../src/stages/application/papers/head.ts";
import { budgetLines, budgetSummary, type Sheet } from "../../src/stages/application/papers/budget-table.ts";
import { type Chance, chanceOf } from "../random.ts";

/** Papers of the length of real ones, each with other words: sentences are the guide's own, in another order. */

const sentencesOf = (policy: Policy): readonly string[] =>
  (JSON.stringify(policy.clauses).match(/[\u4e00-\u9fff（）、，；%\d]{16,90}/g) ?? []).map(
    (one) => `${one}。`,
  );

const families = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
const given = ["伟", "静", "磊", "晓东", "文博", "雪", "志强", "海燕"];
const nameOf = (chance: Chance) => `${chance.pick(families)}${chance.pick(given)}`;

const budgetSheets = (lines: Content["budget"]["lines"]): readonly Sheet[] => [
  budgetSummary(lines),
  budgetLines(lines, {}),
];

export type Writer = {
  readonly form: (number: number) => ApplicationFormData;
  readonly budget: (number: number) => BudgetExplanationData;
  readonly head: (number: number) => PaperHead;
};

const long = [
  "一、立项依据与研究意义",
  "二、国内外研究现状",
  "三、研究目标",
  "四、研究内容",
  "五、拟解决的关键问题",
  "六、技术路线与可行性",
  "七、特色与创新",
  "八、年度计划",
  "九、研究基础与条件",
  "十、风险与对策",
  "十一、预期成果",
  "十二、知识产权归属",
] as const;

/** Characters of one long answer; twelve of them, with the tables, fill thirty pages. */
const answerLength = 2_130;

export const writerOf = (policy: Policy): Writer => {
  const sentences = sentencesOf(policy);
  const prose = (chance: Chance, characters: number): readonly string[] => {
    const lines: string[] = [];
    for (let total = 0; total < characters;) {
      let line = "";
      const until = Math.min(chance.between(160, 320), characters - total);
      while (line.length < until) line += chance.pick(sentences);
      lines.push(line);
      total += line.length;
    }
    return lines;
  };
  const text = (chance: Chance, characters: number) =>
    prose(chance, characters).join("").slice(0, characters);
  const amount = (chance: Chance) => chance.between(1, 60).toFixed(2);
  const question = (title: string, over: Partial<PaperQuestion>): PaperQuestion => ({
    title,
    path: "",
    shape: "short",
    lines: [],
    sheets: [],
    ...over,
  });
  const table = (
    rows: number,
    row: (index: number) => Sheet["rows"][number],
    ...head: readonly string[]
  ): Sheet => ({
    head,
    rows: Array.from({ length: rows }, (_, index) => row(index)),
  });

  const head = (number: number): PaperHead => {
    const chance = chanceOf(number);
    const hash = createHash("sha256").update(String(number)).digest("hex");
    const code = hash.slice(0, 12).toUpperCase().match(/.{4}/g)!.join("-");
    const investigator = nameOf(chance);
    return {
      author: [investigator],
      draft: false,
      label: `2024-${number}`,
      year: 2024,
      funder: policy.programme.funder.zh,
      platform: policy.programme.platform.zh,
      version: "第 1 版",
      code,
      hash,
      filedOn: "2024年6月20日",
      title: `${text(chance, 24).replaceAll(/[，。；]/g, "")}研究`,
      titleEn: `Study number ${number} of interfaces and their control`,
      category: policy.programme.categories[0]?.title.zh ?? "",
      field: "示例领域",
      direction: "示例方向",
      organization: "示例理工大学",
      uscc: "91000000000000000X",
      department: "示例归口管理部门",
      investigator,
      period: "2025年1月1日 至 2027年12月31日",
      grant: "30.00 万元",
    };
  };

  const budgetOf = (chance: Chance, count: number): Content["budget"]["lines"] =>
    Array.from({ length: count }, (_, index) => ({
      key: `b${index}`,
      subject: chance.pick(budgetSubjects),
      source: chance.pick(fundingSources),
      amount: chance.between(1, 600) * 10_000,
      explanation: text(chance, chance.between(40, 110)),
    }));

  return {
    head,
    form: (number) => {
      const chance = chanceOf(number + 1_000_000);
      return {
        ...head(number),
        sections: [
          {
            title: "基本信息",
            questions: [
              ...["项目名称", "英文名称", "关键词", "执行期", "申请经费", "合作单位"].map((title) =>
                question(title, { lines: [text(chance, 30)] }),
              ),
              question("摘要", { shape: "long", lines: prose(chance, 500) }),
            ],
          },
          ...long.map((title) => ({
            title,
            questions: [question(title, { shape: "long" as const, lines: prose(chance, answerLength) })],
          })),
          {
            title: "项目组成员",
            questions: [
              question("成员", {
                path: "members",
                shape: "sheets",
                sheets: [
                  table(
                    12,
                    () => [
                      [nameOf(chance), "2102**********0012"],
                      "示例理工大学",
                      ["教授", "主要成员"],
                      [text(chance, 60)],
                      "6",
                      "已同意",
                    ],
                    "姓名、证件号码",
                    "单位",
                    "职称、角色",
                    "分工",
                    "每年月数",
                    "本人确认",
                  ),
                ],
              }),
            ],
          },
          {
            title: "经费预算",
            questions: [
              question("预算", {
                path: "budget.lines",
                shape: "sheets",
                sheets: budgetSheets(budgetOf(chance, 20)),
              }),
            ],
          },
          {
            title: "考核指标",
            questions: [
              question("指标", {
                path: "indicators",
                shape: "sheets",
                sheets: [
                  table(
                    12,
                    (index) => [
                      `指标 ${index + 1}`,
                      text(chance, 24),
                      `≥ ${amount(chance)}`,
                      text(chance, 16),
                    ],
                    "类型",
                    "名称",
                    "目标值",
                    "验证方式",
                  ),
                ],
              }),
            ],
          },
        ],
      };
    },
    budget: (number) => {
      const lines = budgetOf(chanceOf(number + 2_000_000), 22);
      return {
        ...head(number),
        summary: budgetSummary(lines),
        lines: budgetLines(lines, {}),
        shares: { head: ["合作单位", "分工", "分配经费（万元）"], rows: [] },
      };
    },
  };
};

export const orderOf = (policy: Policy, kind: DocumentOrder["kind"], data: PaperHead): DocumentOrder => ({
  policy: policy.id,
  kind,
  code: data.code,
  data,
  at: Date.parse("2024-06-20T09:00:00+08:00"),
  application: null,
});
