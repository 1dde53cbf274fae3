import { degreeTitles, identityTypeTitles, titleLevelTitles } from "../titles.ts";
import { choicesOf, columnOf } from "./kind.ts";

/** What a row about a person says. */

export type PersonKey =
  | "name"
  | "identityType"
  | "identityNo"
  | "titleLevel"
  | "degree"
  | "adminRank"
  | "email"
  | "phone"
  | "role"
  | "login";

const column = columnOf<PersonKey>();
export const adminRankTitles = {
  NONE: { zh: "无", en: "None" },
  DEPUTY_DIVISION_OR_ABOVE: { zh: "副处级及以上", en: "Deputy division head or above" },
};
export const roleTitles = {
  PI: { zh: "项目负责人", en: "Principal investigator" },
  MEMBER: { zh: "项目组成员", en: "Team member" },
};

export const personColumns = [
  column("name", "姓名", "Name", "张三", { needed: true, also: ["人员姓名"] }),
  column("identityType", "证件类型", "Kind of document", "居民身份证", {
    kind: "choice",
    choices: choicesOf(identityTypeTitles, {
      RESIDENT_ID: ["身份证"],
      HK_MACAO_TAIWAN: ["港澳台通行证", "港澳台居民居住证"],
      FOREIGN_PR: ["外国人永久居留证"],
    }),
    note: { zh: "不填算居民身份证。", en: "Empty: resident identity card." },
  }),
  column("identityNo", "证件号码", "Document number", "11010519491231002X", {
    needed: true,
    also: ["身份证号", "身份证号码", "证件号", "身份证", "ID number"],
    note: {
      zh: "按文本填写，否则 Excel 会丢掉末几位。",
      en: "As text: Excel loses the last digits of a number.",
    },
  }),
  column("titleLevel", "职称级别", "Title level", "副高级", {
    kind: "choice",
    also: ["职称", "职称等级", "专业技术职称"],
    choices: choicesOf(titleLevelTitles, { SENIOR: ["正高"], ASSOCIATE_SENIOR: ["副高"] }),
  }),
  column("degree", "学位", "Degree", "博士", {
    kind: "choice",
    also: ["最高学位", "学位级别"],
    choices: choicesOf(degreeTitles, { DOCTOR: ["博士学位"], MASTER: ["硕士学位"], BACHELOR: ["学士学位"] }),
  }),
  column("adminRank", "行政职务", "Administrative rank", "无", {
    kind: "choice",
    choices: choicesOf(adminRankTitles, { DEPUTY_DIVISION_OR_ABOVE: ["副处级", "副处级以上"] }),
  }),
  column("email", "电子邮箱", "E-mail", "zhangsan@example.cn", {
    needed: true,
    also: ["邮箱", "电子邮件", "email"],
  }),
  column("phone", "电话", "Telephone", "13800000000", {
    needed: true,
    also: ["手机", "手机号", "手机号码", "联系电话", "电话号码", "mobile", "phone"],
  }),
  column("role", "角色", "Role", "项目负责人", {
    kind: "choice",
    choices: choicesOf(roleTitles, { PI: ["负责人", "PI"], MEMBER: ["成员", "参与人"] }),
    note: {
      zh: "项目负责人也能作项目组成员；不填算项目负责人。",
      en: "An investigator may be a member too. Empty: principal investigator.",
    },
  }),
  column("login", "账号", "Account", "zhangsan", {
    also: ["登录账号", "账号名", "login"],
    note: { zh: "不填由平台给一个。", en: "Empty: the platform gives one." },
  }),
];

/** A person as a row says them; what was left empty is null, and stays as it is where the person is there already. */
export type Person = {
  readonly name: string;
  readonly identityType: "RESIDENT_ID";
  readonly identityNo: string;
  readonly titleLevel: string | null;
  readonly degree: string | null;
  readonly adminRank: string | null;
  readonly email: string;
  readonly phone: string;
  readonly role: "PI" | "MEMBER" | null;
  readonly login: string;
};
