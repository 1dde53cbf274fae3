import type { Content } from "../../core/application/content.ts";
import { isOpened } from "../../core/application/form-place.ts";
import { Missing } from "../../platform/errors.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { timelineOf } from "../application/timeline.ts";
import { findingsOf, viewOf } from "../application/view.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { approve } from "./approve.ts";
import { idOf, answer, whole, key } from "./asked.ts";
import { changedPlaces, resubmitCorrection } from "./correction.ts";
import { reject, returnToInvestigator, withdraw, withdrawLate } from "./decide.ts";
import { readinessOf } from "./gaps.ts";
import { ItemPage } from "./item.page.tsx";
import type { ItemProps, Typed } from "./item.props.ts";
import { nextWaiting } from "./queue.ts";
import { frameOf, holds, placeFor } from "./seat.ts";
import { endorsementWords } from "./words.ts";

/** One application and the decisions on it. */

export const registerItem = (desk: Desk): void => {
  desk.get("/institution/:id", (work) => item(work));
  for (const act of ["approve", "return", "reject", "withdraw", "withdrawLate", "correction"] as const)
    desk.post(`/institution/:id/${act}`, deciding(act));
};

const frozenOf = (work: Work, facts: ApplicationFacts) =>
  work.platform.database.kysely
    .selectFrom("application_version")
    .select(["content", "code"])
    .where("funder", "=", work.platform.funder)
    .where("application", "=", facts.id)
    .where("number", "=", facts.frozenVersion ?? 0)
    .executeTakeFirst();

const itemProps = async (work: Work, typed: Typed | null, trouble: Trouble | null): Promise<ItemProps> => {
  const { platform, viewer, now, query } = work;
  const { facts, view } = await viewOf(platform, viewer.actor, idOf(work));
  if (!holds(viewer.actor, "ORG_ADMIN", facts.organization.id)) throw new Missing("application");
  const place = placeFor(work.place, facts.call);
  const words = endorsementWords(place).item.done;
  const readiness =
    facts.state === "ORG_REVIEW" ? await readinessOf(platform, platform.database.kysely, facts, now) : null;
  const [judged, events, next, frozen] = await Promise.all([
    readiness === null && facts.frozenVersion !== null ? findingsOf(platform, viewer.actor, facts) : null,
    timelineOf(platform, viewer.actor, facts),
    nextWaiting(platform, viewer.actor, facts.call, facts.organization.id, facts.id),
    frozenOf(work, facts),
  ]);
  const said: Readonly<Record<string, string>> = {
    approve: words.approve(facts.receiptNumber ?? ""),
    return: words.return,
    reject: words.reject,
    withdraw: words.withdraw,
    withdrawLate: words.withdraw,
    correction: words.correction,
    confirmed: words.confirmed,
  };
  return {
    frame: frameOf(work, place),
    facts,
    view,
    readiness,
    met: readiness?.met ?? judged?.met.length ?? 0,
    findings: readiness?.findings ?? judged?.findings ?? [],
    events,
    changed:
      facts.state === "CORRECTION" && frozen !== undefined
        ? changedPlaces(frozen.content as Content, facts.content).filter((one) =>
            isOpened(facts.correctionFields, one),
          )
        : null,
    next,
    own: facts.subject.ties?.investigator === viewer.actor.account,
    mayDo: new Set(view.mayDo),
    typed,
    trouble,
    done: trouble === null ? (said[query["done"] ?? ""] ?? null) : null,
    code: frozen?.code ?? null,
    key: key(),
  };
};

const item = async (work: Work, typed: Typed | null = null, trouble: Trouble | null = null) =>
  answer(trouble, ItemPage(await itemProps(work, typed, trouble)));

const typedOf = ({ form }: Work, act: string): Typed => {
  const texts = form.getAll("mark-text");
  return {
    act,
    reason: form.get("reason") ?? "",
    remark: form.get("remark") ?? "",
    checklist: form.getAll("checklist"),
    overQuota: form.get("overQuota") === "1",
    marks: form.getAll("mark-field").map((field, index) => ({ field, text: texts[index] ?? "" })),
  };
};

const deciding =
  (act: "approve" | "return" | "reject" | "withdraw" | "withdrawLate" | "correction") =>
  async (work: Work): Promise<WorkAnswer> => {
    const { form, place } = work;
    const application = idOf(work);
    const typed = typedOf(work, act);
    const on = { application, version: whole(form.get("version")) };
    const { reason, remark, checklist, overQuota } = typed;
    // A half-filled mark is the action's to refuse; an empty row says nothing.
    const marks = typed.marks.filter((one) => one.field !== "" || one.text.trim() !== "");
    const result =
      act === "approve"
        ? await attempt(work, approve, { ...on, checklist, overQuota, remark })
        : act === "return"
          ? await attempt(work, returnToInvestigator, { ...on, reason, marks })
          : act === "reject"
            ? await attempt(work, reject, { ...on, reason })
            : act === "withdraw"
              ? await attempt(work, withdraw, { ...on, reason })
              : act === "withdrawLate"
                ? await attempt(work, withdrawLate, { ...on, reason })
                : await attempt(work, resubmitCorrection, {
                    ...on,
                    draftVersion: whole(form.get("draftVersion")),
                    commitment: form.get("commitment") === "1",
                  });
    return "trouble" in result
      ? item(work, typed, result.trouble)
      : { to: `${place.home}/institution/${application}?done=${act}` };
  };
