import { may } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { Missing } from "../../platform/errors.ts";
import { frameOf, idIn, mustHave, shown } from "../acceptance/frame.ts";
import { frozenOf } from "../acceptance/frozen.ts";
import { toldOf } from "../acceptance/item.ts";
import { refusals } from "../acceptance/papers/notice.ts";
import { applicationFacts } from "../application/facts.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { decideAppeal, fileAppeal } from "./actions.ts";
import { exportedAppeals } from "./appeals.export.ts";
import { AppealPage, AppealsPage, FilePage } from "./appeals.page.tsx";
import { appealsOf } from "./queries.ts";

/** The application with the refusal as its notice said it. */
const caseOf = async ({ platform, viewer }: Work, application: string) => {
  const database = platform.database.kysely;
  const facts = await applicationFacts(platform, database, viewer.actor, application);
  const { content } = await frozenOf(database, platform.funder, facts);
  const told = (await toldOf(platform, facts.id)).find((one) => refusals.has(one.action));
  const first =
    told === undefined
      ? null
      : {
          facts,
          title: content.title,
          category: content.category,
          told,
          correctionDue: facts.correctionDueAt,
          appealDue: facts.appealDueAt,
        };
  return { facts, content, first };
};

const missing = (place: string, reason: Bilingual): Trouble => ({
  status: 422,
  reason,
  findings: [],
  faults: [{ place, reason }],
});

const appealsPage = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "appeal.list");
  return shown(AppealsPage, {
    frame: frameOf(work),
    rows: await appealsOf(work.platform, work.viewer.actor),
  });
};

const appealPage = async (
  work: Work,
  typed = { outcome: "", reason: "" },
  trouble: Trouble | null = null,
): Promise<WorkAnswer> => {
  mustHave(work, "appeal.list");
  const application = idIn(work);
  const [row] = await appealsOf(work.platform, work.viewer.actor, application);
  if (row === undefined) throw new Missing("appeal");
  const { facts, first } = await caseOf(work, application);
  return shown(
    AppealPage,
    {
      frame: frameOf(work, facts.call.policy),
      row,
      first,
      version: facts.version,
      typed,
      trouble,
      done: trouble === null && work.query["done"] === "decide",
    },
    trouble,
  );
};

const postDecision = async (work: Work): Promise<WorkAnswer> => {
  const typed = { outcome: work.form.get("outcome") ?? "", reason: work.form.get("reason") ?? "" };
  if (typed.outcome === "")
    return appealPage(
      work,
      typed,
      missing("outcome", {
        zh: "请选择改为受理或维持原决定。",
        en: "Choose whether to accept or to let the refusal stand.",
      }),
    );
  if (typed.reason.trim() === "")
    return appealPage(work, typed, missing("reason", { zh: "请写明决定的理由。", en: "Give the reasons." }));
  const outcome = await attempt(work, decideAppeal, {
    application: idIn(work),
    version: Number(work.form.get("version")),
    ...typed,
  });
  return "trouble" in outcome
    ? appealPage(work, typed, outcome.trouble)
    : { to: `${work.place.home}/appeals/${idIn(work)}?done=decide` };
};

const filePage = async (work: Work, grounds = "", trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { facts, content, first } = await caseOf(work, idIn(work));
  // Whoever may not file has no such page.
  if (!may("appeal.file", work.viewer.actor, facts.subject).allowed) throw new Missing("page");
  const due = facts.appealDueAt;
  const standing: "open" | "over" | "closed" | "filed" =
    facts.state === "APPEAL"
      ? "filed"
      : facts.state !== "NOT_ACCEPTED" || due === null
        ? "closed"
        : work.now >= due
          ? "over"
          : "open";
  return shown(
    FilePage,
    {
      frame: frameOf(work, facts.call.policy),
      application: facts.id,
      version: facts.version,
      title: content.title,
      first,
      due,
      standing,
      grounds,
      trouble,
    },
    trouble,
  );
};

const postAppeal = async (work: Work): Promise<WorkAnswer> => {
  const grounds = work.form.get("grounds") ?? "";
  if (grounds.trim() === "")
    return filePage(work, grounds, missing("grounds", { zh: "请写明复审理由。", en: "Give the grounds." }));
  const outcome = await attempt(work, fileAppeal, {
    application: idIn(work),
    version: Number(work.form.get("version")),
    grounds,
  });
  return "trouble" in outcome
    ? filePage(work, grounds, outcome.trouble)
    : { to: `${work.place.home}/applications/${idIn(work)}/appeal` };
};

export const registerAppeal = (desk: Desk): void => {
  desk.get("/appeals", appealsPage);
  desk.get("/appeals/export.xlsx", async (work) => {
    mustHave(work, "appeal.list");
    return exportedAppeals(work, await appealsOf(work.platform, work.viewer.actor));
  });
  desk.get("/appeals/:id", (work) => appealPage(work));
  desk.post("/appeals/:id", postDecision);
  desk.get("/applications/:id/appeal", (work) => filePage(work));
  desk.post("/applications/:id/appeal", postAppeal);
};
