import type { AttachmentType } from "../attach.ts";
import type { Content } from "../../../core/application/content.ts";
import type { Application, OrganizationRecord } from "../../../core/policy/application.ts";
import type { Bilingual } from "../../../core/policy/words.ts";

/** Words for the values of a form's lists, in the order in which they are offered. */

type Member = Content["members"][number];
type Line = Content["budget"]["lines"][number];
type Indicator = Content["indicators"][number];
type Terms<Key extends string> = Readonly<Record<Key, Bilingual>>;
const both = (zh: string, en: string): Bilingual => ({ zh, en });

export const identityTypeTerms: Terms<Member["identityType"]> = {
  RESIDENT_ID: both("居民身份证", "Resident identity card"),
  PASSPORT: both("护照", "Passport"),
  HK_MACAO_TAIWAN: both("港澳台居民证件", "Permit of Hong Kong, Macao or Taiwan residents"),
  FOREIGN_PR: both("外国人永久居留证", "Permanent residence card"),
};
export const roleTerms: Terms<Member["role"]> = {
  KEY_MEMBER: both("骨干", "Key member"),
  MEMBER: both("参与", "Member"),
  STUDENT: both("学生", "Student"),
  FOREIGN: both("外方", "Foreign member"),
};
export const sideTerms: Terms<Member["side"]> = {
  DOMESTIC: both("中方", "Chinese side"),
  FOREIGN: both("外方", "Foreign side"),
};
export const titleTerms: Terms<Member["titleLevel"]> = {
  SENIOR: both("正高级", "Senior"),
  ASSOCIATE_SENIOR: both("副高级", "Associate senior"),
  INTERMEDIATE: both("中级", "Intermediate"),
  JUNIOR: both("初级", "Junior"),
  NONE: both("无职称", "No title"),
};
export const degreeTerms: Terms<Member["degree"]> = {
  DOCTOR: both("博士", "Doctor"),
  MASTER: both("硕士", "Master"),
  BACHELOR: both("学士", "Bachelor"),
  OTHER: both("其他", "Other"),
};
export const consentTerms: Terms<NonNullable<Member["consent"]>> = {
  ACCOUNT: both("本人登录确认", "Confirms by signing in"),
  WRITTEN: both("已取得书面同意", "Written consent obtained"),
};
export const organizationTypeTerms: Terms<NonNullable<OrganizationRecord["type"]>> = {
  UNIVERSITY: both("高等院校", "University"),
  RESEARCH_INSTITUTE: both("科研院所", "Research institute"),
  RESTRUCTURED_INSTITUTE: both("转制科研院所", "Restructured institute"),
  NEW_RND_INSTITUTION: both("新型研发机构", "New R&D institution"),
  MEDICAL_INSTITUTION: both("医疗机构", "Medical institution"),
  PUBLIC_INSTITUTION: both("事业单位", "Public institution"),
  PRIVATE_NON_ENTERPRISE: both("民办非企业单位", "Private non-enterprise unit"),
  ENTERPRISE: both("企业", "Enterprise"),
  OTHER: both("其他", "Other"),
};
export const subjectTerms: Terms<NonNullable<Line["subject"]>> = {
  EQUIPMENT: both("设备费", "Equipment"),
  OPERATING: both("业务费", "Operating"),
  LABOR: both("劳务费", "Labour"),
  INDIRECT: both("间接费用", "Indirect"),
};
export const sourceTerms: Terms<NonNullable<Line["source"]>> = {
  CITY: both("市财政", "City grant"),
  SELF: both("自筹", "Own funds"),
  OTHER: both("其他", "Other"),
};
export const indicatorTypeTerms: Terms<NonNullable<Indicator["type"]>> = {
  TECHNICAL: both("技术指标", "Technical"),
  CONVERSION: both("成果转化", "Conversion"),
  REPRESENTATIVE_WORK: both("代表作", "Representative work"),
  NEW_TECHNOLOGY: both("新技术认定", "New technology"),
  SOFT_SCIENCE: both("软科学成果", "Soft-science result"),
  OTHER: both("其他", "Other"),
};
export const indicatorCodeTerms: Terms<NonNullable<Indicator["code"]>> = {
  RESEARCH_REPORT_CHARACTERS: both("研究报告字数", "Characters of the report"),
  ADVISORY_REPORT_CHARACTERS: both("决策咨询报告字数", "Characters of the advisory report"),
  SPECIALTY_DIRECTIONS: both("提出的专科方向数", "Specialty directions proposed"),
};
export const comparatorTerms: Terms<NonNullable<Indicator["comparator"]>> = {
  ">=": both("不少于", "at least"),
  "<=": both("不超过", "at most"),
  "=": both("等于", "exactly"),
};
export const ethicsTerms: Terms<NonNullable<NonNullable<Application["declarations"]>["ethics"]>[number]> = {
  NONE: both("都不涉及", "None of these"),
  HUMAN: both("涉及人的研究", "Research with humans"),
  ANIMAL: both("实验动物", "Laboratory animals"),
  BIOSAFETY: both("生物安全", "Biosafety"),
  GENETIC_RESOURCES: both("人类遗传资源", "Human genetic resources"),
  DATA: both("个人信息或重要数据", "Personal or important data"),
};
export const attachmentTerms: Terms<AttachmentType> = {
  COOPERATION_AGREEMENT: both("合作协议", "Cooperation agreement"),
  ETHICS_APPROVAL: both("伦理审查意见", "Ethics approval"),
  WORK_IN_PROGRESS: both("作品完成进度证明", "Proof of work in progress"),
  PLATFORM_PROOF: both("创新平台证明", "Proof of the platform"),
  BASE_PROOF: both("科普基地证明", "Proof of the science base"),
  MEDICAL_LICENCE: both("医疗机构执业许可证", "Medical licence"),
  FEASIBILITY_REPORT: both("可行性研究报告", "Feasibility report"),
  CONSENT: both("成员书面同意", "Written consent of members"),
  STAMPED_SCAN: both("盖章扫描件", "Stamped scan"),
  OTHER: both("其他", "Other"),
};
