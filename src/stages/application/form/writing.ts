import { fieldsOf } from "../../../core/application/entry.ts";
import { type FormPlace, isOpened, placeOf } from "../../../core/application/form-place.ts";
import { progressOf } from "../../../core/application/progress.ts";
import { formOf } from "../../../core/application/worded.ts";
import type { Finding, Judgement } from "../../../core/policy/judge.ts";
import type { Form } from "../../../core/policy/pack.ts";
import { may } from "../../../core/permission/permission.ts";
import type { Frame } from "../../../ui/work-page.tsx";
import type { Work } from "../../registration/desk.ts";
import { csrfOf } from "../../registration/sessions.ts";
import { judgeApplication } from "../casefile.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import type { Mark } from "../life.ts";
import { writable } from "../save.ts";
import { submitsUntil, submittedAsAt } from "../submission.ts";
import { type KnownUnits, knownUnits } from "./units.ts";
import { formWords, type Words } from "./words.ts";

export type Section = Form["sections"][number];
export type Question = Section["questions"][number];
export type Placed = { readonly finding: Finding; readonly at: FormPlace | null };
export type AttachmentRow = {
  readonly id: string;
  readonly type: string;
  readonly filename: string;
  readonly size: number;
  readonly note: string;
};

/** An application in the hands of its investigator: everything the pages of the form show. */
export type Writing = {
  readonly frame: Frame;
  readonly words: Words;
  readonly facts: ApplicationFacts;
  readonly form: Form;
  /** `/applications/<id>` in the language of the page. */
  readonly base: string;
  readonly isWritten: boolean;
  readonly editable: (path: string) => boolean;
  readonly attachments: readonly AttachmentRow[];
  readonly units: KnownUnits;
  readonly host: { readonly platforms: readonly string[]; readonly bases: readonly string[] };
  readonly person: { readonly mask: string; readonly titleLevel: string; readonly degree: string };
  /** Hashes (hex) of identity numbers whose owners have agreed to take part. */
  readonly agreed: ReadonlySet<string>;
  readonly verdict: Judgement["verdict"];
  readonly findings: readonly Placed[];
  readonly excepted: readonly Finding[];
  readonly asked: readonly { readonly rule: string; readonly granted: boolean }[];
  readonly returned: {
    readonly reason: string;
    readonly at: number;
    readonly marks: readonly Placeable[];
  } | null;
  readonly closesAt: number;
  readonly internalClosesAt: number | null;
};
type Placeable = Mark & { readonly at: FormPlace | null };

/** Null for somebody who may read it but does not write it. Throws `Missing` for everybody else. */
export const openWriting = async (work: Work): Promise<Writing | null> => {
  const { platform, viewer, now } = work;
  const { funder, database } = platform;
  const { kysely } = database;
  const facts = await applicationFacts(platform, kysely, viewer.actor, work.params["id"] ?? "");
  if (!may("application.save", viewer.actor, facts.subject).allowed) return null;
  const place = { ...work.place, policy: facts.call.policy };
  const form = formOf(facts.call.policy, facts.content.category);
  if (form === undefined) throw new RangeError(`${facts.call.policy.id} has no form`);
  const [attachments, units, unit, person, consents, judgement, asked, decision, internal] =
    await Promise.all([
      kysely
        .selectFrom("attachment")
        .innerJoin("stored_file", (on) =>
          on
            .onRef("stored_file.funder", "=", "attachment.funder")
            .onRef("stored_file.sha256", "=", "attachment.file"),
        )
        .select([
          "attachment.id",
          "attachment.type",
          "attachment.filename",
          "attachment.note",
          "stored_file.size",
        ])
        .where("attachment.funder", "=", funder)
        .where("attachment.application", "=", facts.id)
        .where("attachment.removed_at", "is", null)
        .orderBy("attachment.uploaded_at")
        .orderBy("attachment.id")
        .execute(),
      knownUnits(kysely, funder),
      kysely
        .selectFrom("organization")
        .select(["platforms", "bases"])
        .where("funder", "=", funder)
        .where("id", "=", facts.organization.id)
        .executeTakeFirstOrThrow(),
      kysely
        .selectFrom("person")
        .select(["identity_mask", "title_level", "degree"])
        .where("funder", "=", funder)
        .where("id", "=", facts.investigator.person)
        .executeTakeFirstOrThrow(),
      kysely
        .selectFrom("confirmation")
        .select("party")
        .where("funder", "=", funder)
        .where("application", "=", facts.id)
        .where("kind", "=", "MEMBER_CONSENT")
        .where("agreed", "=", true)
        .execute(),
      judgeApplication(platform, kysely, facts, "submit", submittedAsAt(facts, now)),
      kysely
        .selectFrom("exception")
        .select(["rule", "confirmed_at"])
        .where("funder", "=", funder)
        .where("application", "=", facts.id)
        .where("refused_at", "is", null)
        .execute(),
      kysely
        .selectFrom("decision")
        .select(["reason", "marks", "at"])
        .where("funder", "=", funder)
        .where("application", "=", facts.id)
        .where("to_state", "=", facts.state)
        .where("to_state", "in", ["RETURNED_TO_PI", "CORRECTION"])
        .orderBy("at", "desc")
        .executeTakeFirst(),
      kysely
        .selectFrom("internal_deadline")
        .select("close_at")
        .where("funder", "=", funder)
        .where("call", "=", facts.call.id)
        .where("organization", "=", facts.organization.id)
        .executeTakeFirst(),
    ]);
  const isWritten = writable.has(facts.state);
  const at = (path: string, clause = "") => placeOf(form, facts.content, path, clause);
  return {
    frame: { place, viewer, csrf: csrfOf(platform, work.session) },
    words: formWords(place),
    facts,
    form,
    base: `${place.home}/applications/${facts.id}`,
    isWritten,
    editable: (path) => isWritten && (facts.state !== "CORRECTION" || isOpened(facts.correctionFields, path)),
    attachments,
    units,
    host: {
      platforms: unit.platforms as string[],
      bases: (unit.bases as { readonly id: string }[]).map((one) => one.id),
    },
    person: { mask: person.identity_mask, titleLevel: person.title_level ?? "", degree: person.degree ?? "" },
    agreed: new Set(consents.map((one) => one.party)),
    verdict: judgement.verdict,
    findings: judgement.findings.map((finding) => ({ finding, at: at(finding.path, finding.clause) })),
    excepted: judgement.excepted,
    asked: asked.map((one) => ({ rule: one.rule, granted: one.confirmed_at !== null })),
    returned:
      decision === undefined
        ? null
        : {
            reason: decision.reason,
            at: decision.at,
            marks: (decision.marks as readonly Mark[]).map(({ field, text }) => ({
              field,
              text,
              at: at(field),
            })),
          },
    closesAt:
      facts.state === "CORRECTION" ? (facts.correctionDueAt ?? submitsUntil(facts)) : submitsUntil(facts),
    internalClosesAt: facts.state === "CORRECTION" ? null : (internal?.close_at ?? null),
  };
};

/** The names of members who still have to agree. */
export const waitingFor = ({ facts, agreed }: Writing): readonly string[] =>
  facts.content.members
    .filter((one) => one.side === "DOMESTIC" && one.consent !== "WRITTEN")
    .filter((one) => one.identity === null || !agreed.has(one.identity.hash))
    .map((one) => one.name);

export const statusOf = (writing: Writing, section: Section) => {
  const { facts, attachments, editable } = writing;
  const progress = progressOf(section, facts.content, attachments.length);
  return facts.state === "CORRECTION" && !section.questions.some(({ path }) => editable(path))
    ? { ...progress, status: "cannotStart" as const }
    : progress;
};

export const findingsIn = ({ findings }: Writing, section: Section): readonly Placed[] =>
  findings.filter((one) => one.at?.section === section.id);

export const marksIn = ({ returned }: Writing, section: Section): readonly Placeable[] =>
  (returned?.marks ?? []).filter((one) => one.at?.section === section.id);

/** What a form of this section shows of the stored content. */
export const storedFields = ({ facts, units }: Writing, section: Section): URLSearchParams => {
  const fields = new URLSearchParams();
  for (const { path } of section.questions)
    for (const [name, value] of fieldsOf(facts.content, path, units)) fields.append(name, value);
  return fields;
};

export const idOf = (name: string): string => `f-${name.replace(/[^A-Za-z0-9_-]/g, "-")}`;

/** Where on the pages of the form a place is. */
export const linkOf = (
  { base }: Pick<Writing, "base">,
  at: FormPlace | null,
  from = "",
): string | undefined =>
  at === null
    ? undefined
    : `${base}/form/${at.section}${from === "" ? "" : `?from=${from}`}#q-${at.question}`;
