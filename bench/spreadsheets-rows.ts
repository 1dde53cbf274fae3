import { chanceOf } from "./random.ts";

/** A list of a city's applications, twenty columns, in Chinese; nobody in it exists. The same seed gives the same rows. */

export type Value = string | number | Date | null;
export const rowCount = 50_000;

const headers = [
  "编号",
  "项目名称",
  "负责人",
  "单位",
  "归口管理部门",
  "类别",
  "领域",
  "方向",
  "申请经费（万元）",
  "总经费（万元）",
  "执行期开始",
  "执行期结束",
  "状态",
  "受理编号",
  "处室",
  "推荐函",
  "联系电话",
  "提交时间",
  "摘要",
  "备注",
] as const;
export const kinds = [
  "text",
  "text",
  "text",
  "text",
  "text",
  "text",
  "text",
  "text",
  "money",
  "money",
  "date",
  "date",
  "text",
  "text",
  "text",
  "text",
  "text",
  "instant",
  "text",
  "text",
] as const;
export const columns = headers.map((header, place) => ({
  header,
  width: header === "项目名称" || header === "摘要" ? 48 : 18,
  kind: kinds[place]!,
}));

const phrases = [
  "面向高端装备的",
  "基于多尺度建模的",
  "海洋环境下",
  "新型催化材料",
  "智能制造",
  "关键技术研究",
  "精准诊疗",
  "机理与应用",
  "数据驱动",
  "低碳转化",
  "耐腐蚀涂层",
  "协同控制方法",
  "肿瘤免疫微环境",
  "高效储能器件",
  "示范验证",
];
const states = ["草稿", "单位审核", "归口初审", "已推荐", "已受理", "不予受理"];

/** One by one, in the civil values that our writer takes: fen, `2024-06-30`, milliseconds. */
export const rows = function* (count = rowCount): Generator<readonly (string | number | null)[]> {
  const chance = chanceOf(6);
  const words = (length: number) => Array.from({ length }, () => chance.pick(phrases)).join("");
  for (let number = 1; number <= count; number += 1) {
    const unit = chance.below(200);
    yield [
      `2024-${String(number).padStart(5, "0")}`,
      words(3),
      `测试${chance.below(9_000)}`,
      `示例单位${unit}`,
      `第${unit % 12}归口管理部门`,
      chance.pick(["重点项目", "面上项目", "青年项目"]),
      chance.pick(["先进制造", "生命健康", "海洋科学", "新材料"]),
      words(1),
      chance.between(500, 5_000) * 10_000,
      chance.between(600, 9_000) * 10_000,
      "2024-10-01",
      `20${chance.between(26, 27)}-09-30`,
      chance.pick(states),
      chance.happens(0.3) ? `SL2024${number}` : null,
      chance.pick(["基础研究处", "社会发展处", "高新技术处"]),
      chance.happens(0.5) ? `示例函〔2024〕${unit}号` : null,
      `138****${chance.between(1_000, 9_999)}`,
      Date.parse("2024-06-01T09:00:00+08:00") + chance.below(2_000_000_000),
      words(8),
      // Some begin like a formula.
      chance.happens(0.02) ? `=${words(1)}` : chance.happens(0.2) ? words(2) : null,
    ];
  }
};
