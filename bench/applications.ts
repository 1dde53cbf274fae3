import { directionTexts } from "../src/core/direction/texts.ts";
import type { CheckRequest } from "../src/core/policy/application.ts";
import type { Policy } from "../src/core/policy/policy.ts";
import { type Category, type Field, leaves } from "../src/core/policy/programme.ts";
import { faults } from "./faults.ts";
import { organizationCode, residentNumber } from "./numbers.ts";
import { type Chance, chanceOf } from "./random.ts";

/**
 * Applications as a call receives them, made up from the pack: all categories, fields and directions, abstracts
 * out of the guide's own words, each with the slice of the register that concerns it.
 */

type Registry = CheckRequest["registry"];
/** A request that is still complete: faults take away from it. */
export type Draft = {
  readonly chance: Chance;
  readonly policy: Policy;
  readonly category: Category;
  readonly field: Field;
  readonly leaf: { readonly code: string; readonly title: { readonly zh: string } };
  /** Title and abstract for the direction of this code. */
  readonly describe: (code: string) => { readonly title: string; readonly abstract: string };
  readonly request: CheckRequest;
};
export type Generated = { readonly request: CheckRequest; readonly faults: readonly string[] };

const shares: readonly (readonly [code: string, until: number])[] = [
  ["MAJOR_BASIC", 0.1],
  ["APPLIED_BASIC", 0.58],
  ["BENEFIT_RND", 0.8],
  ["SCI_POP", 0.88],
  ["SOFT_SCI", 1],
];
const families = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱"];
const given = ["伟", "静", "磊", "洋", "晓东", "文博", "雪", "志强", "海燕", "明轩", "思远", "佳宁"];
const endings = ["关键技术研究", "机理与方法研究", "应用基础研究", "性能调控研究", "系统构建与示范"];
const wishes = [
  "拟建立模型并完成样机验证，形成可推广的成套方法。",
  "已有前期数据与发表论文，团队具备所需实验条件。",
  "成果将在本地企业试用，预期签订技术合同并申请发明专利。",
];
const works = ["材料与测试化验加工", "设备购置与试制", "劳务与专家咨询", "差旅与会议", "数据采集与计算"];
const measured = [
  ["能量密度", "Wh/kg"],
  ["识别准确率", "%"],
  ["样机", "台"],
  ["疲劳寿命", "次"],
  ["回收率", "%"],
] as const;
const subjects = ["EQUIPMENT", "OPERATING", "LABOR", "INDIRECT"] as const;

const nameOf = (chance: Chance) => `${chance.pick(families)}${chance.pick(given)}`;

const describer = (policy: Policy, chance: Chance) => {
  const texts = new Map(
    directionTexts(policy).map((one) => [one.code, { ...one, body: one.body.replace(/\s+/g, "") }]),
  );
  return (code: string) => {
    const { title, body } = texts.get(code) ?? { title: code, body: "" };
    const from = chance.below(Math.max(1, body.length - 160));
    const excerpt = body.slice(from, from + chance.between(90, 160));
    return {
      title: `面向${title}的${body.slice(from, from + 8).replace(/[，。；：、（）]/g, "")}${chance.pick(endings)}`,
      abstract: `本项目围绕${title}开展研究。${excerpt}。${wishes.join("").slice(0, chance.between(30, 75))}`,
    };
  };
};

const budgetOf = (chance: Chance, grant: number) => {
  const count = chance.between(3, 8);
  const share = Math.floor(grant / count);
  return {
    lines: Array.from({ length: count + 1 }, (_, index) =>
      index === count
        ? { subject: "OPERATING" as const, source: "SELF" as const, amount: share, explanation: "单位自筹" }
        : {
            subject: subjects[index % subjects.length]!,
            source: "CITY" as const,
            amount: index === 0 ? grant - share * (count - 1) : share,
            explanation: `${chance.pick(works)}，按预计数量与单价测算`,
          },
    ),
  };
};

const indicator = (name: string, target: number, unit: string, verification: string) => ({
  name,
  comparator: ">=" as const,
  target,
  unit,
  verification,
});

const indicatorsOf = (chance: Chance, category: Category, leaf: string) => {
  if (category.code === "SCI_POP")
    return [{ type: "OTHER" as const, code: null, ...indicator("科普活动", 12, "场", "活动记录") }];
  if (category.code === "SOFT_SCI") {
    const soft = (code: "RESEARCH_REPORT_CHARACTERS" | "ADVISORY_REPORT_CHARACTERS", least: number) => ({
      type: "SOFT_SCIENCE" as const,
      code,
      ...indicator("报告", least + 1000 * chance.below(9), "字", "提交报告"),
    });
    const specialties = {
      type: "SOFT_SCIENCE" as const,
      code: "SPECIALTY_DIRECTIONS" as const,
      ...indicator("专科方向", chance.between(6, 7), "个", "提交报告"),
    };
    return [
      soft("RESEARCH_REPORT_CHARACTERS", 30_000),
      soft("ADVISORY_REPORT_CHARACTERS", 5_000),
      ...(leaf === "SS-02" ? [specialties] : []),
    ];
  }
  const technical = Array.from({ length: chance.between(1, 4) }, () => {
    const [name, unit] = chance.pick(measured);
    return {
      type: "TECHNICAL" as const,
      code: null,
      ...indicator(name, chance.between(1, 400), unit, "第三方检测报告"),
    };
  });
  const conversion = {
    type: "CONVERSION" as const,
    code: null,
    ...indicator("技术合同成交额", chance.between(1, 200), "万元", "合同登记"),
  };
  return [...technical, conversion];
};

const registryOf = (chance: Chance, uscc: string, partner: string, category: Category): Registry => ({
  organizations: [
    ...Array.from({ length: chance.below(3) }, (_, index) => ({
      uscc: organizationCode(chance),
      name: `其他单位${index + 1}`,
      type: "ENTERPRISE" as const,
      region: "210202",
      platforms: [],
      bases: [],
    })),
    {
      uscc,
      name: category.code === "BENEFIT_RND" ? "示例医院" : "示例大学",
      type: category.code === "BENEFIT_RND" ? "MEDICAL_INSTITUTION" : "UNIVERSITY",
      region: "210200",
      quotaGroup: null,
      medicalLicence: category.code === "BENEFIT_RND",
      platforms: category.code === "MAJOR_BASIC" ? ["PL1", "PL2"] : [],
      bases: category.code === "SCI_POP" ? [{ id: "B1", level: "MUNICIPAL" as const }] : [],
    },
    { uscc: partner, name: "示例企业", type: "ENTERPRISE", region: "210211", platforms: [], bases: [] },
  ],
  // Other people's: what a register sends along for an organisation, none of it in the way.
  projects: Array.from({ length: chance.below(5) }, () => ({
    programme: "INNOVATION_FUND" as const,
    category: "APPLIED_BASIC",
    principalInvestigator: residentNumber(chance),
    leadOrganization: uscc,
    periodEnd: chance.pick(["2023-12-31", "2024-12-31", "2025-12-31"]),
    closeout: chance.pick(["PENDING", "PASSED"] as const),
  })),
  applications: Array.from({ length: chance.below(8) }, (_, index) => ({
    id: `O${index}`,
    category: "APPLIED_BASIC",
    principalInvestigator: residentNumber(chance),
    leadOrganization: uscc,
    state: chance.pick(["DRAFT", "ORG_REVIEW", "RECOMMENDED", "WITHDRAWN"] as const),
  })),
  integrityRecords: chance.happens(0.1)
    ? [{ subject: residentNumber(chance), kind: "MISCONDUCT", from: "2022-01-01", to: "2026-12-31" }]
    : [],
});

const complete = (
  policy: Policy,
  chance: Chance,
  describe: Draft["describe"],
  id: string,
): Omit<Draft, "describe"> => {
  const share = chance.next();
  const code = shares.find(([, until]) => share < until)![0];
  const category = policy.programme.categories.find((one) => one.code === code)!;
  const field = chance.pick(category.fields);
  const leaf = chance.pick(leaves(field));
  const abroad = policy.programme.partnerRegions.find((one) => one.directions.includes(leaf.code));
  const uscc = organizationCode(chance);
  const partner = organizationCode(chance);
  const grant = Math.floor(category.ceiling.amount * chance.pick([1, 1, 1, 0.8, 0.5]));
  const human = category.code === "BENEFIT_RND" && chance.happens(0.5);
  const { title, abstract } = describe(leaf.code);
  const request: CheckRequest = {
    policy: policy.id,
    stage: "submit",
    at: `2024-06-${chance.between(10, 30)}T${chance.between(10, 23)}:${chance.between(10, 59)}:00+08:00`,
    application: {
      id,
      category: category.code,
      field: field.code,
      direction: leaf.code,
      title,
      abstract,
      keywords: [leaf.title.zh.slice(0, 4), "示范"],
      periodStart: category.period.start.date,
      periodEnd: category.period.end.date,
      extensionReason: null,
      requestedGrant: grant,
      leadOrganization: uscc,
      platform: category.code === "MAJOR_BASIC" ? "PL1" : null,
      sciencePopularizationBase: category.code === "SCI_POP" ? "B1" : null,
      principalInvestigator: {
        name: nameOf(chance),
        identityType: "RESIDENT_ID",
        identityNo: residentNumber(chance),
        titleLevel: chance.pick(["SENIOR", "ASSOCIATE_SENIOR"]),
        degree: chance.pick(["DOCTOR", "MASTER"]),
        adminRank: null,
      },
      members: [
        ...Array.from({ length: chance.between(2, 9) }, () => ({
          name: nameOf(chance),
          identityType: "RESIDENT_ID" as const,
          identityNo: residentNumber(chance),
          organization: uscc,
          side: "DOMESTIC" as const,
        })),
        ...(abroad
          ? [
              {
                name: "示例外方",
                identityType: "PASSPORT" as const,
                identityNo: "X1234567",
                side: "FOREIGN" as const,
              },
            ]
          : []),
      ],
      partners: [
        ...(chance.happens(0.4)
          ? [
              {
                name: "示例企业",
                uscc: partner,
                type: "ENTERPRISE" as const,
                region: "210211",
                countryOrRegion: "CN",
                tasks: "中试与应用验证",
              },
            ]
          : []),
        ...(abroad
          ? [
              {
                name: "示例海外研究所",
                uscc: null,
                type: "RESEARCH_INSTITUTE" as const,
                region: null,
                countryOrRegion: chance.pick(abroad.countries),
                tasks: "工艺验证",
              },
            ]
          : []),
      ],
      budget: budgetOf(chance, grant),
      indicators: indicatorsOf(chance, category, leaf.code),
      attachments: [
        { type: "FEASIBILITY_REPORT" },
        ...(abroad ? [{ type: "COOPERATION_AGREEMENT" as const }] : []),
        ...(leaf.code === "SP-03" ? [{ type: "WORK_IN_PROGRESS" as const }] : []),
        ...(human ? [{ type: "ETHICS_APPROVAL" as const }] : []),
      ],
      commitments: ["PRINCIPAL_INVESTIGATOR", "LEAD_ORGANIZATION"],
      declarations: {
        nonClassified: true,
        intellectualPropertyClear: true,
        ethics: [human ? "HUMAN" : "NONE"],
      },
      completionPercent: leaf.code === "SP-03" ? chance.between(30, 90) : null,
    },
    registry: registryOf(chance, uscc, partner, category),
  };
  return { chance, policy, category, field, leaf, request };
};

/** `count` applications; about 35 in 100 of them with one fault, two or three. */
export const generate = (policy: Policy, count: number, seed = 2024): readonly Generated[] => {
  const chance = chanceOf(seed);
  const describe = describer(policy, chance);
  return Array.from({ length: count }, (_, index) => {
    const draft: Draft = { ...complete(policy, chance, describe, `B${index + 1}`), describe };
    const broken = new Set<string>();
    if (chance.happens(0.35)) {
      const fitting = faults.filter((one) => one.fits?.(draft) ?? true);
      const wanted = chance.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
      while (broken.size < wanted) {
        const fault = chance.pick(fitting);
        // Two faults may want the same part; the first to take it away wins.
        if (!broken.has(fault.name)) fault.make(draft.request.application, draft);
        broken.add(fault.name);
      }
    }
    return { request: draft.request, faults: [...broken] };
  });
};
