import type { Bilingual } from "../../core/policy/words.ts";
import type {
  baseLevels,
  degrees,
  identityTypes,
  organizationTypes,
  titleLevels,
} from "../../core/policy/application.ts";

/** Words for the codes that forms offer and tables show. */

type Titles<Code extends string> = Readonly<Record<Code, Bilingual>>;

export const organizationTypeTitles: Titles<(typeof organizationTypes)[number]> = {
  UNIVERSITY: { zh: "高等院校", en: "University" },
  RESEARCH_INSTITUTE: { zh: "科研院所", en: "Research institute" },
  RESTRUCTURED_INSTITUTE: { zh: "转制科研院所", en: "Restructured institute" },
  NEW_RND_INSTITUTION: { zh: "新型研发机构", en: "New R&D institution" },
  MEDICAL_INSTITUTION: { zh: "医疗机构", en: "Medical institution" },
  PUBLIC_INSTITUTION: { zh: "具有科研业务职能的事业单位", en: "Public institution with research duties" },
  PRIVATE_NON_ENTERPRISE: { zh: "民办非企业单位", en: "Private non-enterprise unit" },
  ENTERPRISE: { zh: "企业", en: "Enterprise" },
  OTHER: { zh: "其他", en: "Other" },
};

export const identityTypeTitles: Titles<(typeof identityTypes)[number]> = {
  RESIDENT_ID: { zh: "居民身份证", en: "Resident identity card" },
  PASSPORT: { zh: "护照", en: "Passport" },
  HK_MACAO_TAIWAN: { zh: "港澳台居民来往内地通行证或居住证", en: "Hong Kong, Macao or Taiwan permit" },
  FOREIGN_PR: { zh: "外国人永久居留身份证", en: "Foreign permanent resident card" },
};

export const titleLevelTitles: Titles<(typeof titleLevels)[number]> = {
  SENIOR: { zh: "正高级", en: "Senior" },
  ASSOCIATE_SENIOR: { zh: "副高级", en: "Associate senior" },
  INTERMEDIATE: { zh: "中级", en: "Intermediate" },
  JUNIOR: { zh: "初级", en: "Junior" },
  NONE: { zh: "无", en: "None" },
};

export const degreeTitles: Titles<(typeof degrees)[number]> = {
  DOCTOR: { zh: "博士", en: "Doctor" },
  MASTER: { zh: "硕士", en: "Master" },
  BACHELOR: { zh: "学士", en: "Bachelor" },
  OTHER: { zh: "其他", en: "Other" },
};

export const baseLevelTitles: Titles<(typeof baseLevels)[number]> = {
  DISTRICT: { zh: "区级", en: "District" },
  MUNICIPAL: { zh: "市级", en: "Municipal" },
  PROVINCIAL: { zh: "省级", en: "Provincial" },
  NATIONAL: { zh: "国家级", en: "National" },
};

export const departmentBases = ["TERRITORIAL", "AFFILIATION"] as const;
export const departmentBasisTitles: Titles<(typeof departmentBases)[number]> = {
  TERRITORIAL: { zh: "属地", en: "Territory" },
  AFFILIATION: { zh: "隶属", en: "Affiliation" },
};

export const organizationStandings = ["PENDING", "ACTIVE", "REFUSED", "CLOSED"] as const;
export const organizationStandingTitles: Titles<(typeof organizationStandings)[number]> = {
  PENDING: { zh: "待启用", en: "Waiting" },
  ACTIVE: { zh: "已启用", en: "Active" },
  REFUSED: { zh: "未予启用", en: "Refused" },
  CLOSED: { zh: "已停用", en: "Closed" },
};

export const accountStandings = ["PENDING", "ACTIVE", "SUSPENDED", "REFUSED"] as const;
export const accountStandingTitles: Titles<(typeof accountStandings)[number]> = {
  PENDING: { zh: "待启用", en: "Waiting" },
  ACTIVE: { zh: "已启用", en: "Active" },
  SUSPENDED: { zh: "已暂停", en: "Suspended" },
  REFUSED: { zh: "未予启用", en: "Refused" },
};

export const organizationKinds = ["INSTITUTION", "DEPARTMENT", "BUREAU"] as const;
export const organizationKindTitles: Titles<(typeof organizationKinds)[number]> = {
  INSTITUTION: { zh: "申报单位", en: "Institution" },
  DEPARTMENT: { zh: "归口管理部门", en: "Competent department" },
  BUREAU: { zh: "主办部门", en: "Bureau" },
};

export const programmes = ["INNOVATION_FUND", "OTHER"] as const;
export const programmeTitles: Titles<(typeof programmes)[number]> = {
  INNOVATION_FUND: { zh: "本基金", en: "This fund" },
  OTHER: { zh: "其他计划", en: "Another programme" },
};

export const closeouts = ["PENDING", "PASSED", "FAILED"] as const;
export const closeoutTitles: Titles<(typeof closeouts)[number]> = {
  PENDING: { zh: "未验收", en: "Not closed out" },
  PASSED: { zh: "验收通过", en: "Passed" },
  FAILED: { zh: "验收未通过", en: "Not passed" },
};

export const integrityKinds = ["MISCONDUCT", "SOCIAL_CREDIT"] as const;
export const integrityKindTitles: Titles<(typeof integrityKinds)[number]> = {
  MISCONDUCT: { zh: "科研失信", en: "Research misconduct" },
  SOCIAL_CREDIT: { zh: "社会信用", en: "Social credit" },
};
