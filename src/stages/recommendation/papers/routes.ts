import { h, type VNode } from "preact";
import { may } from "../../../core/permission/permission.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Desk, Work, WorkAnswer } from "../../registration/desk.ts";
import { csrfOf } from "../../registration/sessions.ts";
import { type BatchFacts, batchFacts } from "../batch.ts";
import { letterFile, letterOrder } from "./files.ts";
import { letterFiles } from "./links.tsx";
import { PapersPage } from "./papers.page.tsx";
import { letterPaper } from "./source.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const batchIn = ({ platform, viewer, params }: Work): Promise<BatchFacts> => {
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw new Missing("batch");
  return batchFacts(platform, platform.database.kysely, viewer.actor, id);
};

/** Who has the letter sealed takes its papers away. */
const mayTake = ({ viewer }: Work, { subject }: BatchFacts) =>
  may("recommendation.attach", viewer.actor, subject).allowed;

const preview = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place, viewer, session, now } = work;
  const batch = await batchIn(work);
  if (batch.applications.length === 0) throw new Missing("paper");
  const data = await letterPaper(platform, batch);
  const { documents } = platform;
  const [letter, list] = await Promise.all([
    documents.preview(letterOrder(batch, "recommendation-letter", data, now)),
    documents.preview(letterOrder(batch, "recommended-project-list", data, now)),
  ]);
  return h(PapersPage, {
    frame: { place: { ...place, policy: batch.call.policy }, viewer, csrf: csrfOf(platform, session) },
    batch,
    downloads: mayTake(work, batch),
    letter,
    list,
  }) as VNode;
};

/** A letter that was recalled is read, and never again sealed. */
const file = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, params, now } = work;
  const batch = await batchIn(work);
  const name = letterFiles.find((one) => one === params["name"]);
  if (
    name === undefined ||
    batch.state === "RECALLED" ||
    batch.applications.length === 0 ||
    !mayTake(work, batch)
  )
    throw new Missing("paper");
  return letterFile(platform, batch, name, { author: viewer.login, now });
};

export const registerLetterPapers = (desk: Desk): void => {
  desk.get("/batches/:id/papers", preview);
  desk.get("/batches/:id/papers/:name", file);
};
