import { z } from "zod";
import { isCivilDate } from "../calendar.ts";
import { cleanText } from "./clean.ts";
import { degrees, identityTypes, organizationTypes, titleLevels } from "../policy/application.ts";

/**
 * What an investigator writes. Shape only, and lenient: saving is never refused because of what the rules say. Money in whole fen,
 * dates as civil dates, `null` for what is not filled in. What could not be read as an amount, a number or a date stays as it was
 * typed in `unread`, under the path of its field.
 */

const words = z.string().overwrite(cleanText).max(100_000);
const short = z.string().overwrite(cleanText).max(1_000);
const fen = z.int().min(-1e15).max(1e15).nullable();
const list = <T extends z.ZodType>(item: T) => z.array(item).max(500);
/** Names a row through all edits, so that marks and identity numbers stay with it. */
const key = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

export const memberRoles = ["KEY_MEMBER", "MEMBER", "STUDENT", "FOREIGN"] as const;
export const budgetSubjects = ["EQUIPMENT", "OPERATING", "LABOR", "INDIRECT"] as const;
export const fundingSources = ["CITY", "SELF", "OTHER"] as const;
export const indicatorTypes = [
  "TECHNICAL",
  "CONVERSION",
  "REPRESENTATIVE_WORK",
  "NEW_TECHNOLOGY",
  "SOFT_SCIENCE",
  "OTHER",
] as const;
export const indicatorCodes = [
  "RESEARCH_REPORT_CHARACTERS",
  "ADVISORY_REPORT_CHARACTERS",
  "SPECIALTY_DIRECTIONS",
] as const;
export const ethicsFlags = ["NONE", "HUMAN", "ANIMAL", "BIOSAFETY", "GENETIC_RESOURCES", "DATA"] as const;
/** How a member agreed to take part: with an account of their own, or in writing, which the investigator declares. */
export const consentBases = ["ACCOUNT", "WRITTEN"] as const;

/** An identity number at rest: sealed bytes (base64), keyed hash (hex) for equality, mask for the eye. */
export const sealedIdentity = z.strictObject({ sealed: z.string(), hash: z.string(), mask: z.string() });
export type SealedIdentity = z.infer<typeof sealedIdentity>;

const memberFields = {
  key,
  name: short.default(""),
  identityType: z.enum(identityTypes).default("RESIDENT_ID"),
  organization: short.nullable().default(null),
  side: z.enum(["DOMESTIC", "FOREIGN"]).default("DOMESTIC"),
  role: z.enum(memberRoles).default("MEMBER"),
  titleLevel: z.enum(titleLevels).default("NONE"),
  degree: z.enum(degrees).default("OTHER"),
  monthsPerYear: z.number().min(0).max(12).nullable().default(null),
  tasks: words.default(""),
  consent: z.enum(consentBases).nullable().default(null),
};

const partner = z.strictObject({
  key,
  name: short.default(""),
  uscc: short.nullable().default(null),
  type: z.enum(organizationTypes).nullable().default(null),
  region: short.nullable().default(null),
  countryOrRegion: short.default("CN"),
  tasks: words.default(""),
  share: fen.default(null),
});

const budgetLine = z.strictObject({
  key,
  subject: z.enum(budgetSubjects).nullable().default(null),
  source: z.enum(fundingSources).nullable().default(null),
  amount: fen.default(null),
  explanation: words.default(""),
});

const indicator = z.strictObject({
  key,
  type: z.enum(indicatorTypes).nullable().default(null),
  code: z.enum(indicatorCodes).nullable().default(null),
  name: words.default(""),
  comparator: z.enum([">=", "<=", "="]).nullable().default(">="),
  target: z.number().nullable().default(null),
  unit: short.default(""),
  verification: words.default(""),
});

const declarations = z.strictObject({
  nonClassified: z.boolean().nullable(),
  intellectualPropertyClear: z.boolean().nullable(),
  ethics: z.array(z.enum(ethicsFlags)).max(10),
  /** The investigator's commitment, made for the content that is being submitted. */
  commitment: z.boolean(),
});

const shared = {
  category: short.nullable(),
  field: short.nullable(),
  direction: short.nullable(),
  title: words,
  titleEn: words,
  abstract: words,
  keywords: list(short),
  periodEnd: z.string().refine(isCivilDate, "not a date of the calendar (YYYY-MM-DD)").nullable(),
  extensionReason: words,
  requestedGrant: fen,
  platform: short.nullable(),
  sciencePopularizationBase: short.nullable(),
  completionPercent: z.number().min(0).max(100).nullable(),
  partners: list(partner),
  budget: z.strictObject({ lines: list(budgetLine) }),
  indicators: list(indicator),
  /** Narrative answers by the question's id. */
  sections: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,40}$/), words),
  preferences: list(z.strictObject({ claim: short, evidence: words })),
  /** What was typed and could not be read, by path (`budget.lines.<key>.amount`). */
  unread: z.record(z.string().max(200), z.string().overwrite(cleanText).max(500)),
};

const storedMember = z.strictObject({ ...memberFields, identity: sealedIdentity.nullable().default(null) });

/** As stored: identity numbers sealed. */
export const contentSchema = z.strictObject({ ...shared, declarations, members: list(storedMember) });
export type Content = z.infer<typeof contentSchema>;

/**
 * As written: any part of the content. A list replaces the whole list; `sections`, `declarations` and `unread` are merged by key (an
 * empty text under `unread` removes it). `identityNo` in clear is sealed on arrival; empty or as its mask it leaves the number of
 * the row with this key as it is.
 */
export const changesSchema = z
  .strictObject({
    ...shared,
    declarations: declarations.partial(),
    members: list(z.strictObject({ ...memberFields, identityNo: short.default("") })),
  })
  .partial();
export type Changes = z.infer<typeof changesSchema>;
export type ChangedMember = NonNullable<Changes["members"]>[number];

export const emptyContent: Content = {
  category: null,
  field: null,
  direction: null,
  title: "",
  titleEn: "",
  abstract: "",
  keywords: [],
  periodEnd: null,
  extensionReason: "",
  requestedGrant: null,
  platform: null,
  sciencePopularizationBase: null,
  completionPercent: null,
  partners: [],
  budget: { lines: [] },
  indicators: [],
  sections: {},
  preferences: [],
  unread: {},
  declarations: { nonClassified: null, intellectualPropertyClear: null, ethics: [], commitment: false },
  members: [],
};

/** The content after a save; `seal` turns a written member into a stored one. */
export const applyChanges = (
  content: Content,
  changes: Changes,
  seal: (member: ChangedMember, before: Content["members"][number] | undefined) => Content["members"][number],
): Content => {
  const { members, sections, declarations: declared, unread, ...plain } = changes;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const declaredGiven = Object.fromEntries(
    Object.entries(declared ?? {}).filter(([, value]) => value !== undefined),
  );
  return {
    ...content,
    ...given,
    sections: { ...content.sections, ...sections },
    declarations: { ...content.declarations, ...declaredGiven },
    unread: Object.fromEntries(
      Object.entries({ ...content.unread, ...unread }).filter(([, typed]) => typed !== ""),
    ),
    members:
      members === undefined
        ? content.members
        : members.map((member) =>
            seal(
              member,
              content.members.find((one) => one.key === member.key),
            ),
          ),
  };
};
