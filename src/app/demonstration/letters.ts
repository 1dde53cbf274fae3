import { civilDateOf } from "../../core/calendar.ts";
import type { CallKey, Story } from "./data.ts";
import { adminOf } from "./people.ts";
import { sealedPaper } from "./papers.ts";
import { officerOf } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** What a department does for many applications at once: looks up credit, seals and issues a letter. */

type Letter = {
  readonly call: CallKey;
  readonly department: string;
  readonly round: string;
  readonly stories: readonly Story[];
};

/** Looks up every applicant of the call before the first initial review; `on`: the instant, milliseconds since 1970 UTC. */
export const checkCredit = async (stage: Stage, call: CallKey, unit: string, on: number): Promise<void> => {
  const { id, department } = stage.units.get(unit) ?? {};
  if (id === undefined || department === undefined) throw new RangeError(`there is no ${unit}`);
  const { sha256 } = await stage.paper(`credit ${call} ${unit}`);
  await stage.act("recommendation.recordCreditCheck", officerOf(stage, department, "DEPT_REVIEWER"), {
    call: stage.calls.get(call),
    organization: id,
    result: "CLEAR",
    checkedOn: civilDateOf(on),
    filename: `${stage.data.words.title.credit}.pdf`,
    file: sha256,
  });
};

/** Gives the letter's id and version. */
export const issueLetter = async (
  stage: Stage,
  { call, department, round, stories }: Letter,
  on: number,
): Promise<{ readonly batch: string; readonly version: number }> => {
  const { words } = stage.data;
  const reviewer = officerOf(stage, department, "DEPT_REVIEWER");
  const { batch = "" } = await stage.act("recommendation.prepareBatch", reviewer, {
    call: stage.calls.get(call),
    applications: stories.map(({ id }) => stage.applications.get(id)),
    statement: words.letter,
  });
  let version = 1;
  for (const [kind, title, paper] of [
    ["SEALED_LETTER", words.title.letter, "recommendation-letter"],
    ["SEALED_LIST", words.title.list, "recommended-project-list"],
  ] as const) {
    const file =
      (await sealedPaper(stage, batch, reviewer, paper, on)) ??
      (await stage.paper(`${call} ${department} ${round} ${kind}`)).sha256;
    const attached = await stage.act("recommendation.attach", reviewer, {
      batch,
      version,
      kind,
      filename: `${title}.pdf`,
      file,
    });
    version = attached.version ?? version + 1;
  }
  const { number } = await stage.platform.database.kysely
    .selectFrom("batch")
    .select("number")
    .where("funder", "=", stage.platform.funder)
    .where("id", "=", batch)
    .executeTakeFirstOrThrow();
  const issued = await stage.act("recommendation.issue", officerOf(stage, department, "DEPT_APPROVER"), {
    batch,
    version,
    letterNumber: `演示推〔${civilDateOf(on).slice(0, 4)}〕${number}号`,
    issuedOn: civilDateOf(on),
  });
  return { batch, version: issued.version ?? version + 1 };
};

export const logPaper = (stage: Stage, { batch, version }: { batch: string; version: number }, on: number) =>
  stage.act("recommendation.logPaper", adminOf(stage, "PLANNING_OFFICER"), {
    batch,
    version,
    receivedOn: civilDateOf(on),
    channel: stage.data.words.paperChannel,
  });
