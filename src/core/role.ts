import type { Bilingual } from "./policy/words.ts";

/** Where a role is held: an organisation's, a division's, the bureau's, the platform's, or one's own. */
export type Seat = "SELF" | "INSTITUTION" | "DEPARTMENT" | "DIVISION" | "BUREAU" | "PLATFORM";

type RoleWords = { readonly title: Bilingual; readonly seat: Seat };

/** The roles of the procedure. PUBLIC is everybody, signed in or not. */
export const roles = {
  PI: { title: { zh: "项目负责人", en: "Principal investigator" }, seat: "SELF" },
  MEMBER: { title: { zh: "项目组成员", en: "Team member" }, seat: "SELF" },
  ORG_ADMIN: { title: { zh: "单位科研管理员", en: "Research administrator" }, seat: "INSTITUTION" },
  ORG_SEAL: { title: { zh: "单位用印人", en: "Keeper of the seal" }, seat: "INSTITUTION" },
  ORG_FINANCE: { title: { zh: "单位财务负责人", en: "Head of finance" }, seat: "INSTITUTION" },
  ORG_SECRECY: {
    title: { zh: "单位保密与伦理审核人", en: "Secrecy and ethics reviewer" },
    seat: "INSTITUTION",
  },
  PARTNER_ADMIN: { title: { zh: "合作单位管理员", en: "Partner administrator" }, seat: "INSTITUTION" },
  DEPT_REVIEWER: { title: { zh: "归口管理部门经办人", en: "Department reviewer" }, seat: "DEPARTMENT" },
  DEPT_APPROVER: { title: { zh: "归口管理部门负责人", en: "Department approver" }, seat: "DEPARTMENT" },
  ACCEPTANCE_OFFICER: { title: { zh: "受理人员", en: "Acceptance officer" }, seat: "BUREAU" },
  DIVISION_OFFICER: { title: { zh: "业务处室人员", en: "Division officer" }, seat: "DIVISION" },
  PLANNING_OFFICER: { title: { zh: "规划处人员", en: "Planning officer" }, seat: "BUREAU" },
  INTEGRITY_OFFICER: { title: { zh: "科研诚信管理人员", en: "Integrity officer" }, seat: "BUREAU" },
  APPEAL_OFFICER: { title: { zh: "复审处理人", en: "Appeal officer" }, seat: "BUREAU" },
  EXPERT: { title: { zh: "评审专家", en: "Expert" }, seat: "SELF" },
  PANEL_CHAIR: { title: { zh: "评审组长", en: "Panel chair" }, seat: "SELF" },
  FINANCE_EXPERT: { title: { zh: "财务专家", en: "Finance expert" }, seat: "SELF" },
  AUDITOR: { title: { zh: "审计人员", en: "Auditor" }, seat: "SELF" },
  BUREAU_LEADER: { title: { zh: "局领导", en: "Bureau leader" }, seat: "BUREAU" },
  SUPERVISOR: { title: { zh: "监督人员", en: "Supervisor" }, seat: "BUREAU" },
  SYS_ADMIN: { title: { zh: "系统管理员", en: "System administrator" }, seat: "PLATFORM" },
  SEC_ADMIN: { title: { zh: "安全管理员", en: "Security administrator" }, seat: "PLATFORM" },
  AUDIT_ADMIN: { title: { zh: "审计管理员", en: "Audit administrator" }, seat: "PLATFORM" },
  PUBLIC: { title: { zh: "公众", en: "Public" }, seat: "SELF" },
} as const satisfies Record<string, RoleWords>;

export type Role = keyof typeof roles;
export const roleCodes = Object.keys(roles) as readonly Role[];

/** The three administrators are three persons: nobody holds two of these at once. */
export const separated: readonly Role[] = ["SYS_ADMIN", "SEC_ADMIN", "AUDIT_ADMIN"];
