import { may } from "../../core/permission/permission.ts";
import { attempt, type Desk, type Work, type WorkAnswer } from "../registration/desk.ts";
import { acceptApplication, refuseApplication, requestCorrection } from "./actions.ts";
import { advise } from "./advise.ts";
import { faultsIn, givenIn, remarkName, suggestedFor, troubleFor, typedOf } from "./decision.ts";
import { exportedDesk } from "./desk.export.ts";
import { DeskPage } from "./desk.page.tsx";
import { frameOf, idIn, mustHave, shown } from "./frame.ts";
import { ItemPage, type ItemPageProps } from "./item.page.tsx";
import { type Item, itemOf } from "./item.ts";
import { noticePreview } from "./papers/preview.ts";
import { registerNotices } from "./papers/routes.ts";
import { deskOf, type DeskView, deskViews } from "./queries.ts";
import { registerBeside } from "./beside.routes.ts";
import { registerSimilarPairs } from "./similar.routes.ts";
import { similarOf } from "./similar.ts";
import { acceptanceWords } from "./words.ts";

/** What the desk is asked for, and all that lies on it. */
const deskList = async (work: Work) => {
  mustHave(work, "acceptance.list");
  const view: DeskView = Object.hasOwn(deskViews, work.query["view"] ?? "")
    ? (work.query["view"] as DeskView)
    : "waiting";
  const rows = await deskOf(work.platform, work.viewer.actor);
  return { rows, view, division: work.query["division"] ?? "" };
};

const deskPage = async (work: Work): Promise<WorkAnswer> =>
  shown(DeskPage, { frame: frameOf(work), ...(await deskList(work)) });

/** The page of one application; `over` is what a post left in it. */
const itemPage = async (
  work: Work,
  over: Partial<Pick<ItemPageProps, "typed" | "preview" | "advising" | "trouble" | "done">> = {},
): Promise<WorkAnswer> => {
  mustHave(work, "acceptance.list");
  const { actor } = work.viewer;
  const item = await itemOf(work.platform, actor, idIn(work));
  const waiting = (await deskOf(work.platform, actor)).filter((one) =>
    (deskViews.waiting as readonly string[]).includes(one.state),
  );
  const index = waiting.findIndex((one) => one.id === item.facts.id);
  const open = item.facts.state === "ACCEPTANCE";
  const allowed = (action: string) => may(action, actor, item.facts.subject).allowed;
  const words = acceptanceWords(work.place).item;
  const told = work.query["done"] ?? "";
  const done = Object.hasOwn(words.decided, told)
    ? words.decided[told as "accept"]
    : told === "advice"
      ? words.adviceDone
      : null;
  return shown(
    ItemPage,
    {
      frame: frameOf(work, item.facts.call.policy),
      item,
      similar: allowed("similarity.read") ? await similarOf(work.platform, actor, item.facts) : null,
      queue: {
        at: index + 1,
        of: waiting.length,
        before: waiting[index - 1]?.id ?? null,
        after: waiting[index + 1]?.id ?? null,
      },
      mayDecide: open && allowed("acceptance.accept"),
      mayAdvise: (open || item.facts.state === "CORRECTION") && allowed("acceptance.advise"),
      typed: over.typed ?? suggestedFor(item, work.place),
      preview: over.preview ?? null,
      advising: over.advising ?? { fits: "", text: "" },
      trouble: over.trouble ?? null,
      done: over.trouble == null ? done : null,
      once: crypto.randomUUID(),
    },
    over.trouble ?? null,
  );
};

const decide = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "acceptance.list");
  const typed = typedOf(work.form);
  const item = await itemOf(work.platform, work.viewer.actor, idIn(work));
  if (work.form.get("preview") !== null)
    return itemPage(work, {
      typed,
      preview: { paper: await noticePreview(work.platform, item, typed, work.now) },
    });
  const faults = faultsIn(typed, item.findings);
  if (faults.length > 0) return itemPage(work, { typed, trouble: troubleFor(faults) });
  const outcome = await perform(work, item, typed);
  return "trouble" in outcome
    ? itemPage(work, { typed, trouble: outcome.trouble })
    : { to: `${work.place.home}/acceptance/${item.facts.id}?done=${typed.choice}` };
};

const perform = (work: Work, item: Item, typed: ReturnType<typeof typedOf>) => {
  const on = { application: item.facts.id, version: Number(work.form.get("version")) };
  const given = givenIn(typed, item.facts.call.policy.procedure);
  if (typed.choice === "accept")
    return attempt(work, acceptApplication, {
      ...on,
      confirmations: item.findings
        .filter((one) => one.severity === "confirm")
        .map((one) => ({ rule: one.rule, path: one.path, remark: typed.remarks.get(remarkName(one)) ?? "" })),
    });
  if (typed.choice === "refuse")
    return attempt(work, refuseApplication, { ...on, reasons: given, notice: typed.notice });
  return attempt(work, requestCorrection, {
    ...on,
    defects: given.map(({ code, fact }) => ({ code, fact, fields: [...(typed.fields.get(code) ?? [])] })),
    notice: typed.notice,
  });
};

const postAdvice = async (work: Work): Promise<WorkAnswer> => {
  const application = idIn(work);
  const advising = { fits: work.form.get("fits") ?? "", text: work.form.get("advice") ?? "" };
  const outcome = await attempt(work, advise, {
    application,
    fits: { yes: true, no: false }[advising.fits],
    text: advising.text,
  });
  return "trouble" in outcome
    ? itemPage(work, { advising, trouble: outcome.trouble })
    : { to: `${work.place.home}/acceptance/${application}?done=advice` };
};

export const registerAcceptance = (desk: Desk): void => {
  desk.get("/acceptance", deskPage);
  desk.get("/acceptance/export.xlsx", async (work) => exportedDesk(work, await deskList(work)));
  desk.get("/acceptance/:id", (work) => itemPage(work));
  desk.post("/acceptance/:id", decide);
  desk.post("/acceptance/:id/advice", postAdvice);
  registerNotices(desk);
  registerSimilarPairs(desk);
  registerBeside(desk);
};
