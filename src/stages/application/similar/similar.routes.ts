import { h, type VNode } from "preact";
import { wordedOf } from "../../../core/application/worded.ts";
import { may } from "../../../core/permission/permission.ts";
import { Missing } from "../../../platform/errors.ts";
import { loadFold } from "../../../platform/similarity/fold.ts";
import type { Desk, Work, WorkAnswer } from "../../registration/desk.ts";
import { csrfOf } from "../../registration/sessions.ts";
import { applicationFacts } from "../facts.ts";
import { textsOf } from "./document.ts";
import { compared, nearTo, pastedDirection } from "./find.ts";
import { SimilarPage } from "./similar.page.tsx";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The investigator's own comparison, of the text as it is written now. */
const page = async ({ platform, viewer, params, place, session }: Work): Promise<WorkAnswer> => {
  const { actor } = viewer;
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw new Missing("application");
  const facts = await applicationFacts(platform, platform.database.kysely, actor, id);
  // Others compare what was filed, at their own desk.
  const allowed = (one: string) => may(one, actor, facts.subject).allowed;
  if (!allowed("application.save") || !allowed("similarity.read")) throw new Missing("application");
  const { policy } = facts.call;
  const { listFrom } = policy.review.similarity;
  const { hits, uncounted, attached } = await compared(platform, id, facts.content, listFrom);
  return h(SimilarPage, {
    frame: { place: { ...place, policy }, viewer, csrf: csrfOf(platform, session) },
    fold: await loadFold(),
    base: `${place.home}/applications/${id}`,
    mine: {
      texts: textsOf(facts.content, attached.read),
      worded: wordedOf(policy, facts.content),
      attached: attached.read,
    },
    attached,
    uncounted,
    pasted: await pastedDirection(policy, facts.content),
    near: await nearTo(platform, actor, hits),
    listFrom,
  }) as VNode;
};

export const registerSimilar = (desk: Desk): void => {
  desk.get("/applications/:id/similar", page);
};
