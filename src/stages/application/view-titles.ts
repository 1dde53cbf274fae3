import type {
  budgetSubjects,
  consentBases,
  ethicsFlags,
  fundingSources,
  indicatorTypes,
  memberRoles,
} from "../../core/application/content.ts";
import type { Bilingual } from "../../core/policy/words.ts";

/** Words for the codes of an application's content, as it is read. */

type Titles<Code extends string> = Readonly<Record<Code, Bilingual>>;

export const memberRoleTitles: Titles<(typeof memberRoles)[number]> = {
  KEY_MEMBER: { zh: "骨干", en: "Key member" },
  MEMBER: { zh: "成员", en: "Member" },
  STUDENT: { zh: "研究生", en: "Student" },
  FOREIGN: { zh: "境外成员", en: "Member abroad" },
};

export const budgetSubjectTitles: Titles<(typeof budgetSubjects)[number]> = {
  EQUIPMENT: { zh: "设备费", en: "Equipment" },
  OPERATING: { zh: "业务费", en: "Operating" },
  LABOR: { zh: "劳务费", en: "Labour" },
  INDIRECT: { zh: "间接费用", en: "Indirect" },
};

export const fundingSourceTitles: Titles<(typeof fundingSources)[number]> = {
  CITY: { zh: "申请资助", en: "Requested grant" },
  SELF: { zh: "自筹", en: "Own funds" },
  OTHER: { zh: "其他来源", en: "Other sources" },
};

export const indicatorTypeTitles: Titles<(typeof indicatorTypes)[number]> = {
  TECHNICAL: { zh: "技术指标", en: "Technical" },
  CONVERSION: { zh: "成果转化", en: "Conversion" },
  REPRESENTATIVE_WORK: { zh: "代表作", en: "Representative work" },
  NEW_TECHNOLOGY: { zh: "新技术", en: "New technology" },
  SOFT_SCIENCE: { zh: "软科学成果", en: "Soft-science result" },
  OTHER: { zh: "其他", en: "Other" },
};

export const ethicsTitles: Titles<(typeof ethicsFlags)[number]> = {
  NONE: { zh: "不涉及", en: "None" },
  HUMAN: { zh: "涉及人", en: "Human subjects" },
  ANIMAL: { zh: "涉及实验动物", en: "Laboratory animals" },
  BIOSAFETY: { zh: "生物安全", en: "Biosafety" },
  GENETIC_RESOURCES: { zh: "人类遗传资源", en: "Human genetic resources" },
  DATA: { zh: "数据安全与个人信息", en: "Data and personal information" },
};

export const consentTitles: Titles<(typeof consentBases)[number]> = {
  ACCOUNT: { zh: "本人在平台确认", en: "Confirms on the platform" },
  WRITTEN: { zh: "已取得书面同意", en: "Written consent held" },
};

export const attachmentTitles: Readonly<Record<string, Bilingual | undefined>> = {
  COOPERATION_AGREEMENT: { zh: "合作协议", en: "Cooperation agreement" },
  ETHICS_APPROVAL: { zh: "伦理审查材料", en: "Ethics approval" },
  WORK_IN_PROGRESS: { zh: "已完成工作证明", en: "Proof of work done" },
  PLATFORM_PROOF: { zh: "创新平台证明", en: "Proof of the platform" },
  BASE_PROOF: { zh: "科普基地证明", en: "Proof of the base" },
  MEDICAL_LICENCE: { zh: "医疗机构执业许可", en: "Medical licence" },
  FEASIBILITY_REPORT: { zh: "可行性报告", en: "Feasibility report" },
  STAMPED_SCAN: { zh: "盖章扫描件", en: "Stamped scan" },
  OTHER: { zh: "其他材料", en: "Other material" },
};
