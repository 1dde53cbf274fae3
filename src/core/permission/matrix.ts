import type { Role } from "../role.ts";

/** How far a role reaches: one's own, the team's, the unit's … `everything` is for roles that have no seat in a unit. */
export type Scope = "own" | "team" | "unit" | "partner" | "department" | "division" | "everything";

/** Who did an earlier part: the same person may not do the next. */
export type Tie = "investigator" | "initialReviewer" | "firstDecider" | "proposer";

export type Permit = {
  readonly role: Role;
  readonly scope: Scope;
  readonly except?: readonly Tie[];
  /** Only from this point of its life on is it there for the role at all. */
  readonly once?: "filed" | "endorsed" | "recommended" | "appealed";
};

type Row = {
  readonly permits: readonly Permit[];
  /** Everybody, signed in or not. */
  readonly anyone?: true;
  /** Whoever the act is about. */
  readonly self?: true;
};

const to = (...permits: readonly Permit[]): Row => ({ permits });
const role = (one: Role, scope: Scope, rest: Omit<Permit, "role" | "scope"> = {}): Permit => ({
  role: one,
  scope,
  ...rest,
});
const anyone: Row = { permits: [], anyone: true };
const self: Row = { permits: [], self: true };

/** Reading one application, in whole or in part. */
const readers = to(
  role("PI", "own"),
  role("PI", "team"),
  role("MEMBER", "team"),
  role("ORG_ADMIN", "unit"),
  role("ORG_SEAL", "unit", { once: "filed" }),
  role("ORG_FINANCE", "unit", { once: "filed" }),
  role("ORG_SECRECY", "unit", { once: "filed" }),
  role("PARTNER_ADMIN", "partner"),
  role("ORG_ADMIN", "partner"),
  role("DEPT_REVIEWER", "department", { once: "endorsed" }),
  role("DEPT_APPROVER", "department", { once: "endorsed" }),
  role("ACCEPTANCE_OFFICER", "everything", { once: "recommended" }),
  role("DIVISION_OFFICER", "division", { once: "recommended" }),
  role("PLANNING_OFFICER", "everything", { once: "recommended" }),
  role("INTEGRITY_OFFICER", "everything", { once: "recommended" }),
  role("BUREAU_LEADER", "everything", { once: "recommended" }),
  role("APPEAL_OFFICER", "everything", { once: "appealed" }),
  role("SUPERVISOR", "everything", { once: "filed" }),
);

/** One row for every action and every read. What has no row is denied to everybody. */
export const permits: Readonly<Record<string, Row | undefined>> = {
  // registration
  "session.create": anyone,
  "session.end": self,
  "session.read": self,
  "registration.registerInstitution": anyone,
  "registration.registerPerson": anyone,
  "registration.activateInstitution": to(
    role("PLANNING_OFFICER", "everything"),
    role("SYS_ADMIN", "everything"),
  ),
  "registration.refuseInstitution": to(
    role("PLANNING_OFFICER", "everything"),
    role("SYS_ADMIN", "everything"),
  ),
  "registration.updateInstitution": to(role("ORG_ADMIN", "unit")),
  "registration.placeInstitution": to(role("PLANNING_OFFICER", "everything")),
  "registration.activatePerson": to(role("ORG_ADMIN", "unit"), role("SYS_ADMIN", "everything")),
  "registration.refusePerson": to(role("ORG_ADMIN", "unit"), role("SYS_ADMIN", "everything")),
  "registration.updateProfile": self,
  "registration.suspend": to(role("SYS_ADMIN", "everything")),
  "registration.restore": to(role("SYS_ADMIN", "everything")),
  "registration.grantRole": to(role("SEC_ADMIN", "everything"), role("ORG_ADMIN", "unit")),
  "registration.revokeRole": to(role("SEC_ADMIN", "everything"), role("ORG_ADMIN", "unit")),
  "registration.delegate": self,
  "registration.endDelegation": { permits: [role("SEC_ADMIN", "everything")], self: true },
  "registration.changePassword": self,
  "registration.resetPassword": to(role("SYS_ADMIN", "everything")),
  "registration.beginSecondFactor": self,
  "registration.confirmSecondFactor": self,
  "registration.removeSecondFactor": { permits: [role("SEC_ADMIN", "everything")], self: true },
  "registration.createToken": self,
  "registration.endSession": self,
  "registration.setMail": self,
  "registration.openCalendar": self,
  "registration.closeCalendar": self,
  "registration.resendLetter": to(role("SYS_ADMIN", "everything")),
  "outbox.list": to(role("SYS_ADMIN", "everything")),
  "registration.unmask": to(
    role("ORG_ADMIN", "unit"),
    role("ACCEPTANCE_OFFICER", "everything"),
    role("INTEGRITY_OFFICER", "everything"),
  ),
  "registration.addProject": to(role("PLANNING_OFFICER", "everything")),
  "registration.closeProject": to(role("PLANNING_OFFICER", "everything")),
  "registration.addIntegrityRecord": to(role("INTEGRITY_OFFICER", "everything")),
  "registration.withdrawIntegrityRecord": to(role("INTEGRITY_OFFICER", "everything")),
  // Imports: who may do it one by one may do it from a workbook. An institution answers for its own people (C1).
  "registration.importPeople": to(role("ORG_ADMIN", "unit")),
  // Where an institution stands is still the planning division's: others may not fill those columns.
  "registration.importOrganizations": to(
    role("PLANNING_OFFICER", "everything"),
    role("SYS_ADMIN", "everything"),
  ),
  "registration.importPlaces": to(role("PLANNING_OFFICER", "everything")),
  "registration.importProjects": to(role("PLANNING_OFFICER", "everything")),
  "registration.importIntegrityRecords": to(role("INTEGRITY_OFFICER", "everything")),
  "account.list": to(
    role("ORG_ADMIN", "unit"),
    role("SYS_ADMIN", "everything"),
    role("SEC_ADMIN", "everything"),
    role("AUDIT_ADMIN", "everything"),
  ),
  "organization.list": to(
    role("PLANNING_OFFICER", "everything"),
    role("SYS_ADMIN", "everything"),
    role("ACCEPTANCE_OFFICER", "everything"),
    role("INTEGRITY_OFFICER", "everything"),
    role("SUPERVISOR", "everything"),
    role("DEPT_REVIEWER", "department"),
    role("DEPT_APPROVER", "department"),
    role("ORG_ADMIN", "unit"),
  ),
  "register.read": to(
    role("PLANNING_OFFICER", "everything"),
    role("INTEGRITY_OFFICER", "everything"),
    role("ACCEPTANCE_OFFICER", "everything"),
    role("SUPERVISOR", "everything"),
  ),
  "ledger.list": to(role("SUPERVISOR", "everything"), role("AUDIT_ADMIN", "everything")),
  "ledger.head": to(role("SUPERVISOR", "everything"), role("AUDIT_ADMIN", "everything")),
  // call
  "call.read": anyone,
  "call.extend": to(role("PLANNING_OFFICER", "everything")),
  "file.upload": self,
  // application
  "application.create": to(role("PI", "own")),
  "application.save": to(role("PI", "own")),
  "application.attach": to(role("PI", "own")),
  "application.detach": to(role("PI", "own")),
  "application.submit": to(role("PI", "own")),
  "application.withdraw": to(role("PI", "own")),
  "application.requestWithdrawal": to(role("PI", "own")),
  "application.copy": to(role("PI", "own")),
  "application.requestException": to(role("PI", "own")),
  "application.consent": to(role("MEMBER", "team"), role("PI", "team")),
  "application.confirmPartnership": to(role("PARTNER_ADMIN", "partner"), role("ORG_ADMIN", "partner")),
  "application.read": readers,
  "application.list": readers,
  "application.timeline": readers,
  "application.versions": readers,
  "application.diff": readers,
  "application.receipt": readers,
  "application.papers": readers,
  // endorsement
  "endorsement.return": to(role("ORG_ADMIN", "unit", { except: ["investigator"] })),
  "endorsement.approve": to(role("ORG_ADMIN", "unit", { except: ["investigator"] })),
  "endorsement.reject": to(role("ORG_ADMIN", "unit", { except: ["investigator"] })),
  "endorsement.withdraw": to(role("ORG_ADMIN", "unit")),
  "endorsement.withdrawLate": to(role("ORG_ADMIN", "unit")),
  "endorsement.resubmitCorrection": to(role("ORG_ADMIN", "unit", { except: ["investigator"] })),
  "endorsement.rank": to(role("ORG_ADMIN", "unit")),
  "endorsement.setInternalDeadline": to(role("ORG_ADMIN", "unit")),
  "endorsement.remind": to(role("ORG_ADMIN", "unit")),
  "endorsement.seal": to(
    role("ORG_SEAL", "unit", { except: ["investigator"] }),
    role("ORG_ADMIN", "unit", { except: ["investigator"] }),
  ),
  "endorsement.confirmBudget": to(role("ORG_FINANCE", "unit", { except: ["investigator"] })),
  "endorsement.confirmSecrecy": to(role("ORG_SECRECY", "unit", { except: ["investigator"] })),
  // recommendation
  "recommendation.recordCreditCheck": to(role("DEPT_REVIEWER", "department")),
  "recommendation.return": to(role("DEPT_REVIEWER", "department", { once: "endorsed" })),
  "recommendation.pass": to(role("DEPT_REVIEWER", "department", { once: "endorsed" })),
  "recommendation.decline": to(
    role("DEPT_APPROVER", "department", { once: "endorsed", except: ["initialReviewer"] }),
  ),
  "recommendation.prepareBatch": to(role("DEPT_REVIEWER", "department"), role("DEPT_APPROVER", "department")),
  "recommendation.changeBatch": to(role("DEPT_REVIEWER", "department"), role("DEPT_APPROVER", "department")),
  "recommendation.attach": to(role("DEPT_REVIEWER", "department"), role("DEPT_APPROVER", "department")),
  "recommendation.issue": to(role("DEPT_APPROVER", "department", { except: ["initialReviewer"] })),
  "recommendation.recall": to(role("DEPT_APPROVER", "department")),
  "recommendation.withdraw": to(role("DEPT_APPROVER", "department")),
  "recommendation.logPaper": to(
    role("ACCEPTANCE_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
  ),
  "recommendation.registerOffPlatform": to(role("PLANNING_OFFICER", "everything")),
  "recommendation.withdrawOffPlatform": to(role("PLANNING_OFFICER", "everything")),
  "batch.list": to(
    role("DEPT_REVIEWER", "department"),
    role("DEPT_APPROVER", "department"),
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended" }),
    role("PLANNING_OFFICER", "everything", { once: "recommended" }),
    role("SUPERVISOR", "everything", { once: "recommended" }),
  ),
  "batch.read": to(
    role("DEPT_REVIEWER", "department"),
    role("DEPT_APPROVER", "department"),
    // Until it is issued a letter is the department's own paper.
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended" }),
    role("PLANNING_OFFICER", "everything", { once: "recommended" }),
    role("SUPERVISOR", "everything", { once: "recommended" }),
  ),
  "creditCheck.read": to(
    role("ORG_ADMIN", "unit"),
    role("DEPT_REVIEWER", "department"),
    role("DEPT_APPROVER", "department"),
    role("ACCEPTANCE_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
    role("INTEGRITY_OFFICER", "everything"),
    role("SUPERVISOR", "everything"),
  ),
  "quota.read": to(
    role("ORG_ADMIN", "unit"),
    role("DEPT_REVIEWER", "department"),
    role("DEPT_APPROVER", "department"),
    role("ACCEPTANCE_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
    role("SUPERVISOR", "everything"),
  ),
  // acceptance
  "acceptance.list": to(
    role("ACCEPTANCE_OFFICER", "everything"),
    role("DIVISION_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
    role("BUREAU_LEADER", "everything"),
    role("SUPERVISOR", "everything"),
  ),
  "acceptance.item": to(
    role("ACCEPTANCE_OFFICER", "everything"),
    role("DIVISION_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
    role("BUREAU_LEADER", "everything"),
    role("SUPERVISOR", "everything"),
  ),
  "acceptance.requestCorrection": to(
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
  ),
  "acceptance.accept": to(
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
  ),
  "acceptance.refuse": to(
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
  ),
  "acceptance.advise": to(
    role("DIVISION_OFFICER", "division", { once: "recommended", except: ["investigator"] }),
  ),
  "similarity.read": to(
    role("PI", "own"),
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
    role("DIVISION_OFFICER", "division", { once: "recommended", except: ["investigator"] }),
    role("PLANNING_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
    role("BUREAU_LEADER", "everything", { once: "recommended", except: ["investigator"] }),
  ),
  "acceptance.decideSimilar": to(
    role("ACCEPTANCE_OFFICER", "everything", { once: "recommended", except: ["investigator"] }),
  ),
  "exception.list": to(
    role("DIVISION_OFFICER", "everything"),
    role("PLANNING_OFFICER", "everything"),
    role("BUREAU_LEADER", "everything"),
  ),
  "acceptance.proposeException": to(
    role("DIVISION_OFFICER", "division", { except: ["investigator"] }),
    role("PLANNING_OFFICER", "everything", { except: ["investigator"] }),
  ),
  "acceptance.refuseException": to(role("DIVISION_OFFICER", "division"), role("BUREAU_LEADER", "everything")),
  "acceptance.confirmException": to(
    role("BUREAU_LEADER", "everything", { except: ["proposer", "investigator"] }),
  ),
  "purge.list": to(role("SEC_ADMIN", "everything")),
  "acceptance.proposePurge": to(role("SEC_ADMIN", "everything")),
  "acceptance.purge": to(role("SEC_ADMIN", "everything", { except: ["proposer"] })),
  // appeal
  "appeal.list": to(role("APPEAL_OFFICER", "everything")),
  "appeal.file": to(role("ORG_ADMIN", "unit")),
  "appeal.decide": to(
    role("APPEAL_OFFICER", "everything", { once: "appealed", except: ["firstDecider", "investigator"] }),
  ),
};
