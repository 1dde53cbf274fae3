import { z } from "zod";
import { instantOf, isCivilDate } from "../calendar.ts";
import { stages } from "./stage.ts";

/** What `check` judges. Shape only: well-formed but wrong values are findings of the rules, not refusals. */

const words = z.string().max(200_000);
const short = z.string().max(2_000);
const day = z.string().refine(isCivilDate, "not a date of the calendar (YYYY-MM-DD)");
const wholeFen = z.int("not a whole number of fen");
const list = <T extends z.ZodType>(item: T) => z.array(item).max(2_000);

export const organizationTypes = [
  "UNIVERSITY",
  "RESEARCH_INSTITUTE",
  "RESTRUCTURED_INSTITUTE",
  "NEW_RND_INSTITUTION",
  "MEDICAL_INSTITUTION",
  "PUBLIC_INSTITUTION",
  "PRIVATE_NON_ENTERPRISE",
  "ENTERPRISE",
  "OTHER",
] as const;
export const identityTypes = ["RESIDENT_ID", "PASSPORT", "HK_MACAO_TAIWAN", "FOREIGN_PR"] as const;
export const titleLevels = ["SENIOR", "ASSOCIATE_SENIOR", "INTERMEDIATE", "JUNIOR", "NONE"] as const;
export const degrees = ["DOCTOR", "MASTER", "BACHELOR", "OTHER"] as const;
export const baseLevels = ["DISTRICT", "MUNICIPAL", "PROVINCIAL", "NATIONAL"] as const;

const states = [
  "DRAFT",
  "ORG_REVIEW",
  "RETURNED_TO_PI",
  "ORG_REJECTED",
  "DEPT_REVIEW",
  "DEPT_PASSED",
  "DEPT_REJECTED",
  "RECOMMENDED",
  "ACCEPTANCE",
  "CORRECTION",
  "ACCEPTED",
  "NOT_ACCEPTED",
  "APPEAL",
  "WITHDRAWN",
  "LAPSED",
  "PURGED",
  "IN_REVIEW",
  "REVIEWED",
  "PROPOSED",
  "PUBLICITY",
  "OBJECTION_HOLD",
  "AWARDED",
  "NOT_AWARDED",
  "CONTRACT_DRAFT",
  "CONTRACT_REVIEW",
  "ACTIVE",
  "MIDTERM",
  "RECTIFYING",
  "ABANDONED",
  "TERMINATED",
  "REVOKED",
  "CLOSEOUT_DUE",
  "CLOSEOUT_SUBMITTED",
  "CLOSEOUT_REVIEW",
  "RECTIFY",
  "PASSED",
  "FAILED",
  "ARCHIVED",
] as const;

const person = {
  name: short.optional(),
  identityType: z.enum(identityTypes).optional(),
  identityNo: short.optional(),
};

export const applicationSchema = z.strictObject({
  id: short.optional(),
  category: short.optional(),
  field: short.optional(),
  direction: short.optional(),
  title: words.optional(),
  abstract: words.optional(),
  keywords: list(short).optional(),
  periodStart: day.optional(),
  periodEnd: day.optional(),
  extensionReason: words.nullable().optional(),
  requestedGrant: wholeFen.optional(),
  leadOrganization: short.optional(),
  platform: short.nullable().optional(),
  sciencePopularizationBase: short.nullable().optional(),
  principalInvestigator: z
    .strictObject({
      ...person,
      titleLevel: z.enum(titleLevels).optional(),
      degree: z.enum(degrees).optional(),
      adminRank: z.enum(["DEPUTY_DIVISION_OR_ABOVE"]).nullable().optional(),
    })
    .optional(),
  members: list(
    z.strictObject({
      ...person,
      organization: short.nullable().optional(),
      side: z.enum(["DOMESTIC", "FOREIGN"]).optional(),
    }),
  ).optional(),
  partners: list(
    z.strictObject({
      name: short.optional(),
      uscc: short.nullable().optional(),
      type: z.enum(organizationTypes).optional(),
      region: short.nullable().optional(),
      countryOrRegion: short.optional(),
      tasks: words.nullable().optional(),
    }),
  ).optional(),
  budget: z
    .strictObject({
      lines: list(
        z.strictObject({
          subject: z.enum(["EQUIPMENT", "OPERATING", "LABOR", "INDIRECT"]).optional(),
          source: z.enum(["CITY", "SELF", "OTHER"]).optional(),
          amount: wholeFen.nullable().optional(),
          explanation: words.nullable().optional(),
        }),
      ),
    })
    .optional(),
  indicators: list(
    z.strictObject({
      type: z
        .enum(["TECHNICAL", "CONVERSION", "REPRESENTATIVE_WORK", "NEW_TECHNOLOGY", "SOFT_SCIENCE", "OTHER"])
        .optional(),
      code: z
        .enum(["RESEARCH_REPORT_CHARACTERS", "ADVISORY_REPORT_CHARACTERS", "SPECIALTY_DIRECTIONS"])
        .nullable()
        .optional(),
      name: words.optional(),
      comparator: z.enum([">=", "<=", "="]).nullable().optional(),
      target: z.number().nullable().optional(),
      unit: short.nullable().optional(),
      verification: words.nullable().optional(),
    }),
  ).optional(),
  attachments: list(
    z.strictObject({
      type: z.enum([
        "COOPERATION_AGREEMENT",
        "ETHICS_APPROVAL",
        "WORK_IN_PROGRESS",
        "PLATFORM_PROOF",
        "BASE_PROOF",
        "MEDICAL_LICENCE",
        "FEASIBILITY_REPORT",
        "OTHER",
      ]),
    }),
  ).optional(),
  commitments: list(z.enum(["PRINCIPAL_INVESTIGATOR", "LEAD_ORGANIZATION"])).optional(),
  declarations: z
    .strictObject({
      nonClassified: z.boolean().nullable().optional(),
      intellectualPropertyClear: z.boolean().nullable().optional(),
      ethics: list(z.enum(["NONE", "HUMAN", "ANIMAL", "BIOSAFETY", "GENETIC_RESOURCES", "DATA"])).optional(),
    })
    .optional(),
  completionPercent: z.number().nullable().optional(),
});

const registryList = <T extends z.ZodType>(item: T) => z.array(item).max(100_000).default([]);

export const registrySchema = z.strictObject({
  organizations: registryList(
    z.strictObject({
      uscc: short,
      name: short.optional(),
      type: z.enum(organizationTypes).optional(),
      region: short.nullable().optional(),
      quotaGroup: short.nullable().optional(),
      medicalLicence: z.boolean().optional(),
      platforms: list(short).default([]),
      bases: list(z.strictObject({ id: short, level: z.enum(baseLevels) })).default([]),
    }),
  ),
  projects: registryList(
    z.strictObject({
      programme: z.enum(["INNOVATION_FUND", "OTHER"]),
      category: short.optional(),
      principalInvestigator: short.nullable().optional(),
      leadOrganization: short.nullable().optional(),
      periodEnd: day,
      closeout: z.enum(["PENDING", "PASSED", "FAILED"]),
    }),
  ),
  applications: registryList(
    z.strictObject({
      id: short,
      category: short.optional(),
      field: short.optional(),
      principalInvestigator: short.nullable().optional(),
      leadOrganization: short.nullable().optional(),
      state: z.enum(states),
    }),
  ),
  integrityRecords: registryList(
    z.strictObject({
      subject: short,
      kind: z.enum(["MISCONDUCT", "SOCIAL_CREDIT"]),
      from: day,
      to: day.nullable().optional(),
    }),
  ),
});

export const checkRequestSchema = z.strictObject({
  policy: short,
  stage: z.enum(stages),
  at: z
    .string()
    .refine(
      (value) => instantOf(value) !== null,
      "not an instant with its offset (2024-06-20T10:00:00+08:00)",
    ),
  application: applicationSchema,
  registry: registrySchema.default({
    organizations: [],
    projects: [],
    applications: [],
    integrityRecords: [],
  }),
});

export type Application = z.infer<typeof applicationSchema>;
export type Registry = z.infer<typeof registrySchema>;
export type CheckRequest = z.infer<typeof checkRequestSchema>;
export type OrganizationRecord = Registry["organizations"][number];
