import { timelineOf } from "../application/timeline.ts";
import { findingsOf, viewOf } from "../application/view.ts";
import { frameOf, placeFor } from "../endorsement/seat.ts";
import { attempt, type Desk, type Work, type WorkAnswer } from "../registration/desk.ts";
import { creditChecksOf } from "./credit.ts";
import { mustBeDepartment, said, shown } from "./frame.ts";
import { declineApplication, passApplication, returnApplication } from "./initial.ts";
import { type Act, ItemPage, type ItemProps } from "./item.page.tsx";
import { withdrawRecommended } from "./recall.ts";

const itemPage = async (work: Work, refused: ItemProps["refused"] = null): Promise<WorkAnswer> => {
  mustBeDepartment(work);
  const { platform, viewer, params } = work;
  const { facts, view } = await viewOf(platform, viewer.actor, params["id"] ?? "");
  const database = platform.database.kysely;
  const [{ findings }, events, credit, batch] = await Promise.all([
    findingsOf(platform, viewer.actor, facts),
    timelineOf(platform, viewer.actor, facts),
    creditChecksOf(database, platform.funder, facts.call.id, [facts.organization.id]),
    database
      .selectFrom("batch_item")
      .innerJoin("batch", (on) =>
        on.onRef("batch.funder", "=", "batch_item.funder").onRef("batch.id", "=", "batch_item.batch"),
      )
      .select(["batch.id", "batch.code"])
      .where("batch_item.funder", "=", platform.funder)
      .where("batch_item.application", "=", facts.id)
      .where("batch_item.living", "=", true)
      .executeTakeFirst(),
  ]);
  return shown(
    ItemPage,
    {
      frame: frameOf(work, placeFor(work.place, facts.call)),
      facts,
      view,
      findings,
      events,
      check: credit.get(facts.organization.id),
      batch: batch ?? null,
      refused,
      once: crypto.randomUUID(),
    },
    refused?.trouble ?? null,
  );
};

const decide =
  (
    act: Act,
    perform: (work: Work, on: { application: string; version: number }) => ReturnType<typeof attempt>,
  ) =>
  async (work: Work): Promise<WorkAnswer> => {
    const on = { application: work.params["id"] ?? "", version: Number(said(work.form, "version")) };
    const outcome = await perform(work, on);
    if ("trouble" in outcome) return itemPage(work, { act, trouble: outcome.trouble, form: work.form });
    return { to: `${work.place.home}/department?done=${act}` };
  };

const passInput = (form: URLSearchParams, on: object, ids: readonly string[]) => ({
  ...on,
  checklist: ids.map((id) => ({
    id,
    met: form.getAll("met").includes(id),
    remark: said(form, `remark.${id}`),
  })),
});

/** Rows of which at least one half was filled in. */
const pairs = (form: URLSearchParams, first: string, second: string) => {
  const others = form.getAll(second);
  return form
    .getAll(first)
    .map((one, index) => [one, others[index] ?? ""] as const)
    .filter(([one, other]) => one !== "" || other.trim() !== "");
};

export const registerItem = (desk: Desk): void => {
  desk.get("/department/:id", (work) => itemPage(work));
  desk.post(
    "/department/:id/pass",
    decide("pass", async (work, on) => {
      const { facts } = await viewOf(work.platform, work.viewer.actor, on.application);
      const ids = facts.call.policy.procedure.departmentChecklist.map((one) => one.id);
      return attempt(work, passApplication, passInput(work.form, on, ids));
    }),
  );
  desk.post(
    "/department/:id/return",
    decide("return", (work, on) =>
      attempt(work, returnApplication, {
        ...on,
        reason: said(work.form, "reason"),
        marks: pairs(work.form, "markField", "markText").map(([field, text]) => ({ field, text })),
      }),
    ),
  );
  desk.post(
    "/department/:id/decline",
    decide("decline", (work, on) =>
      attempt(work, declineApplication, {
        ...on,
        // A suggested reason without a fact is no reason given.
        reasons: pairs(work.form, "code", "fact")
          .filter(([, fact], index) => index === 0 || fact.trim() !== "")
          .map(([code, fact]) => ({ code, fact })),
        notice: said(work.form, "notice"),
      }),
    ),
  );
  desk.post(
    "/department/:id/withdraw",
    decide("withdraw", (work, on) =>
      attempt(work, withdrawRecommended, {
        ...on,
        reason: said(work.form, "reason"),
        unitRequest: said(work.form, "unitRequest"),
      }),
    ),
  );
};
