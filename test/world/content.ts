import type { Changes } from "../../src/core/application/content.ts";

const long = (words: string, times = 8) => words.repeat(times);

/** Everything that the rules of the guide ask of an applied-basic application; what a test is about is overwritten. */
export const completeContent = (over: Partial<Changes> = {}): Changes => ({
  category: "APPLIED_BASIC",
  field: "CLEAN_ENERGY",
  direction: "AB-31",
  title: "高比能锂硫电池电解质界面调控与储能系统应用研究",
  abstract: long(
    "围绕高比能锂硫电池在规模储能中的循环稳定性问题，研究电解质界面调控方法，建立储能系统应用模型。",
    3,
  ),
  keywords: ["锂硫电池", "电解质", "储能"],
  periodEnd: "2027-12-31",
  requestedGrant: 30_000_000,
  budget: {
    lines: [
      {
        key: "b1",
        subject: "EQUIPMENT",
        source: "CITY",
        amount: 10_000_000,
        explanation: "购置电化学工作站一台，用于界面阻抗测试。",
      },
      {
        key: "b2",
        subject: "OPERATING",
        source: "CITY",
        amount: 20_000_000,
        explanation: "材料费、测试化验加工费与差旅费，按三年测算。",
      },
    ],
  },
  indicators: [
    {
      key: "i1",
      type: "TECHNICAL",
      code: null,
      name: "电池循环寿命",
      comparator: ">=",
      target: 1_000,
      unit: "次",
      verification: "第三方检测报告",
    },
    {
      key: "i2",
      type: "CONVERSION",
      code: null,
      name: "成果转化合同金额",
      comparator: ">=",
      target: 50,
      unit: "万元",
      verification: "技术合同登记证明",
    },
  ],
  sections: Object.fromEntries(
    [
      "rationale",
      "state",
      "objectives",
      "content",
      "problems",
      "route",
      "novelty",
      "schedule",
      "base",
      "risks",
      "results",
      "ownership",
    ].map((id) => [id, long("本部分说明研究的依据、内容与方法，数据来自前期实验，结论可以复核。")]),
  ),
  declarations: { nonClassified: true, intellectualPropertyClear: true, ethics: ["NONE"], commitment: true },
  ...over,
});
