import { leaves } from "../../../core/policy/programme.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { type Call, callsOf } from "../../../platform/calls.ts";
import { Missing } from "../../../platform/errors.ts";
import { finderOf } from "../../../platform/finder.ts";
import {
  attempt,
  type Desk,
  type Trouble,
  troubleOf,
  type Work,
  type WorkAnswer,
} from "../../registration/desk.ts";
import { csrfOf } from "../../registration/sessions.ts";
import { createApplication, requestWithdrawal, withdrawable, withdrawDraft } from "../actions.ts";
import { copyApplication } from "../copy.ts";
import { applicationFacts } from "../facts.ts";
import { saveDraft } from "../save.ts";
import { BeginPage, DirectionPage, leafValue, type Picking } from "./begin.page.tsx";
import { CopyPage, LeavePage } from "./leave.page.tsx";
import { formWords } from "./words.ts";
import { openWriting } from "./writing.ts";

const most = 8;
const longest = 1_000;

const openCalls = async (work: Work): Promise<readonly Call[]> =>
  (await callsOf(work.platform, work.platform.database.kysely)).filter(
    (one) =>
      work.now >= one.opensAt &&
      work.now < one.applyClosesAt &&
      (one.begunBefore === null || work.now < one.begunBefore),
  );

const suggest = async (policy: Policy, text: string): Promise<Picking["suggested"]> =>
  text.trim() === "" ? null : (await finderOf(policy)).suggest(text.slice(0, longest), most);

type Chosen = { readonly category: string; readonly field: string; readonly direction: string };

/** A place of the pack's tree by its value, or null where there is none such. */
const chosenIn = (policy: Policy, value: string): Chosen | null => {
  const [category = "", field = "", direction = ""] = value.split("/");
  const found = policy.programme.categories
    .find((one) => one.code === category)
    ?.fields.find((one) => one.code === field);
  return found !== undefined && leaves(found).some((one) => one.code === direction)
    ? { category, field, direction }
    : null;
};

const frameOf = (work: Work, policy: Policy | undefined) => ({
  place: policy === undefined ? work.place : { ...work.place, policy },
  viewer: work.viewer,
  csrf: csrfOf(work.platform, work.session),
});

const begin = async (
  work: Work,
  given: URLSearchParams,
  status: number,
  trouble: Trouble | null,
  error: string | undefined,
): Promise<WorkAnswer> => {
  const calls = await openCalls(work);
  const call =
    calls.find((one) => one.id === given.get("call")) ?? (calls.length === 1 ? calls[0] : undefined);
  const q = given.get("q") ?? "";
  const picking = {
    q,
    suggested: call === undefined ? null : await suggest(call.policy, q),
    chosen: given.get("direction") ?? "",
  };
  const page = BeginPage({
    frame: frameOf(work, call?.policy),
    calls,
    call: call ?? null,
    picking,
    title: given.get("title") ?? (q.length <= 60 && !q.includes("\n") ? q : ""),
    trouble,
    error,
  });
  return { status, page };
};

const create = async (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  const call = (await openCalls(work)).find((one) => one.id === form.get("call"));
  const value = form.get("direction") ?? "";
  const chosen = call === undefined ? null : chosenIn(call.policy, value);
  if (call !== undefined && chosen === null && value !== "later")
    return begin(work, form, 422, null, formWords(work.place).fresh.none);
  const result = await attempt(work, createApplication, {
    call: form.get("call"),
    content: { title: (form.get("title") ?? "").replaceAll(/\s+/g, " ").trim(), ...chosen },
  });
  if ("trouble" in result) return begin(work, form, result.trouble.status, result.trouble, undefined);
  return { to: `${work.place.home}/applications/${result.done.application}/form` };
};

const direction = async (
  work: Work,
  given: URLSearchParams,
  status: number,
  trouble: Trouble | null,
  error: string | undefined,
): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null || !writing.isWritten)
    return { to: `${work.place.home}/applications/${work.params["id"] ?? ""}` };
  const { content, call, draftVersion } = writing.facts;
  const q = given.get("q") ?? "";
  return {
    status,
    page: DirectionPage({
      frame: writing.frame,
      policy: call.policy,
      base: writing.base,
      version: draftVersion,
      picking: {
        q: q === "" ? content.title : q,
        suggested: await suggest(call.policy, q === "" ? `${content.title}\n${content.abstract}` : q),
        chosen:
          given.get("direction") ??
          leafValue(content.category ?? "", content.field ?? "", content.direction ?? ""),
      },
      trouble,
      error,
      from: given.get("from") ?? "",
    }),
  };
};

const chooseDirection = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null) return { to: `${work.place.home}/applications/${work.params["id"] ?? ""}` };
  const { form, platform, viewer } = work;
  const chosen = chosenIn(writing.facts.call.policy, form.get("direction") ?? "");
  if (chosen === null) return direction(work, form, 422, null, writing.words.fresh.none);
  const save = (version: number) =>
    saveDraft(platform, viewer.actor, { application: writing.facts.id, version, changes: chosen });
  try {
    // Only these three fields are written: an older page loses nothing by it.
    await save(writing.facts.draftVersion);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return direction(work, form, trouble.status, trouble, undefined);
  }
  const section = writing.form.sections.find((one) => one.questions.some(({ path }) => path === "direction"));
  return {
    to:
      form.get("from") === "check" || section === undefined
        ? `${writing.base}/check`
        : `${writing.base}/form/${section.id}?saved=1#q-direction`,
  };
};

const ownFacts = async (work: Work) => {
  const facts = await applicationFacts(
    work.platform,
    work.platform.database.kysely,
    work.viewer.actor,
    work.params["id"] ?? "",
  );
  if (facts.investigator.person !== work.viewer.actor.person) throw new Missing("application");
  return {
    facts,
    frame: frameOf(work, facts.call.policy),
    base: `${work.place.home}/applications/${facts.id}`,
  };
};

const leave = async (work: Work, status = 200, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const own = await ownFacts(work);
  const isDraft = own.facts.state === "DRAFT" || own.facts.state === "RETURNED_TO_PI";
  if (!isDraft && !withdrawable.has(own.facts.state)) return { to: own.base };
  return { status, page: LeavePage({ ...own, trouble, reason: work.form.get("reason") ?? "", isDraft }) };
};

const doLeave = async (work: Work): Promise<WorkAnswer> => {
  const { facts, base } = await ownFacts(work);
  const isDraft = facts.state === "DRAFT" || facts.state === "RETURNED_TO_PI";
  const input = {
    application: facts.id,
    version: Number(work.form.get("version") ?? ""),
    reason: work.form.get("reason") ?? "",
  };
  const result = isDraft
    ? await attempt(work, withdrawDraft, input)
    : await attempt(work, requestWithdrawal, input);
  return "trouble" in result ? leave(work, result.trouble.status, result.trouble) : { to: base };
};

const copyPage = async (work: Work, status = 200, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const own = await ownFacts(work);
  return { status, page: CopyPage({ ...own, trouble, calls: await openCalls(work) }) };
};

const doCopy = async (work: Work): Promise<WorkAnswer> => {
  const result = await attempt(work, copyApplication, {
    application: work.params["id"],
    call: work.form.get("call"),
  });
  return "trouble" in result
    ? copyPage(work, result.trouble.status, result.trouble)
    : { to: `${work.place.home}/applications/${result.done.application}/form` };
};

export const registerBeginning = (desk: Desk): void => {
  desk.get("/applications/new", (work) => begin(work, new URLSearchParams(work.query), 200, null, undefined));
  desk.post("/applications/new", create);
  desk.get("/applications/:id/direction", (work) =>
    direction(work, new URLSearchParams(work.query), 200, null, undefined),
  );
  desk.post("/applications/:id/direction", chooseDirection);
  desk.get("/applications/:id/withdraw", (work) => leave(work));
  desk.post("/applications/:id/withdraw", doLeave);
  desk.get("/applications/:id/copy", (work) => copyPage(work));
  desk.post("/applications/:id/copy", doCopy);
};
