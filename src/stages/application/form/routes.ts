import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../../registration/desk.ts";
import { submitApplication } from "../actions.ts";
import { requestException } from "../exception.ts";
import { registerBeginning } from "./begin.routes.ts";
import { CheckPage } from "./check.page.tsx";
import { registerSections } from "./section.routes.ts";
import { compared } from "../similar/find.ts";
import { registerOffline } from "../offline/routes.ts";
import { registerSimilar } from "../similar/similar.routes.ts";
import { SubmittedPage } from "./submitted.page.tsx";
import { openWriting } from "./writing.ts";

const readingSide = (work: Work): WorkAnswer => ({
  to: `${work.place.home}/applications/${work.params["id"] ?? ""}`,
});

const check = async (work: Work, status = 200, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null || (!writing.isWritten && trouble === null)) return readingSide(work);
  const { facts } = writing;
  const { listFrom } = facts.call.policy.review.similarity;
  const { hits } = await compared(work.platform, facts.id, facts.content, listFrom);
  const similar = { count: hits.length, most: hits[0]?.coverage ?? 0 };
  return { status, page: CheckPage({ writing, similar, trouble }) };
};

const submit = async (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  const application = work.params["id"];
  const result = await attempt(work, submitApplication, {
    application,
    version: Number(form.get("version") ?? ""),
    draftVersion: Number(form.get("draftVersion") ?? ""),
  });
  return "trouble" in result
    ? check(work, result.trouble.status, result.trouble)
    : { to: `${work.place.home}/applications/${result.done.application}/submitted` };
};

const askException = async (work: Work): Promise<WorkAnswer> => {
  const result = await attempt(work, requestException, {
    application: work.params["id"],
    rule: work.form.get("rule") ?? "",
    reason: work.form.get("reason") ?? "",
  });
  return "trouble" in result
    ? check(work, result.trouble.status, result.trouble)
    : { to: `${work.place.home}/applications/${work.params["id"] ?? ""}/check` };
};

const submitted = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null || writing.facts.frozenVersion === null || writing.isWritten) return readingSide(work);
  const { facts } = writing;
  const { funder, database } = work.platform;
  const frozen = await database.kysely
    .selectFrom("application_version")
    .select(["number", "code", "frozen_at"])
    .where("funder", "=", funder)
    .where("application", "=", facts.id)
    .where("number", "=", facts.frozenVersion)
    .executeTakeFirstOrThrow();
  return SubmittedPage({
    writing,
    frozen: { number: frozen.number, code: frozen.code, at: frozen.frozen_at },
  });
};

/** The writing side of an application: begin, fill in, check, submit, leave. */
export const registerApplicationForm = (desk: Desk): void => {
  registerBeginning(desk);
  registerSections(desk);
  registerSimilar(desk);
  registerOffline(desk);
  desk.get("/applications/:id/check", (work) => check(work));
  desk.post("/applications/:id/submit", submit);
  desk.post("/applications/:id/exceptions", askException);
  desk.get("/applications/:id/submitted", submitted);
};
