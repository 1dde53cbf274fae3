import { Missing } from "../../platform/errors.ts";
import { callFor, frameOf, placeFor } from "../endorsement/seat.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { chosenInOrder, isReady } from "./chosen.ts";
import { mustBeDepartment, said, shown } from "./frame.ts";
import { LettersPage, NewLetterPage } from "./letters.page.tsx";
import { exportedLetters } from "./lists.export.ts";
import { afterwards, departmentRows, departmentsOf, placesByPool, unitsOf } from "./lists.ts";
import { prepareBatch } from "./prepare.ts";
import { batchesOf } from "./queries.ts";

export const registerLetters = (desk: Desk): void => {
  desk.get("/batches", letters);
  desk.get("/batches/export.xlsx", async (work) => exportedLetters(work, await letterList(work)));
  desk.get("/batches/new", (work) => newLetter(work));
  desk.post("/batches/new", prepare);
};

const letterList = async (work: Work) => {
  const { platform, viewer } = work;
  const { actor } = viewer;
  const departments = departmentsOf(actor);
  const rows = await batchesOf(platform, actor);
  let ready = 0;
  if (departments.length > 0) {
    const { call } = await callFor(work, null);
    ready = (await departmentRows(platform, actor, call.id, departments)).filter(isReady).length;
  } else if (
    !["ACCEPTANCE_OFFICER", "PLANNING_OFFICER", "SUPERVISOR"].some((role) =>
      actor.grants.some((one) => one.role === role),
    )
  )
    throw new Missing("page");
  return { rows, prepares: departments.length > 0, ready };
};

const letters = async (work: Work): Promise<WorkAnswer> =>
  shown(LettersPage, { frame: frameOf(work), ...(await letterList(work)) });

const newLetter = async (
  work: Work,
  chosen: readonly string[] | null = null,
  trouble: Trouble | null = null,
): Promise<WorkAnswer> => {
  const departments = mustBeDepartment(work);
  const { platform, viewer, query, form } = work;
  const { call } = await callFor(work, chosen === null ? query["call"] : form.get("call"));
  const rows = (await departmentRows(platform, viewer.actor, call.id, departments)).filter(isReady);
  const taken = chosen ?? rows.map((one) => one.id);
  const places = await placesByPool(platform, call, unitsOf(rows));
  return shown(
    NewLetterPage,
    {
      frame: frameOf(work, placeFor(work.place, call)),
      call,
      rows,
      chosen: taken,
      order: new Map(
        rows.map((one, index) => [
          one.id,
          chosen === null ? String(index + 1) : said(form, `order.${one.id}`),
        ]),
      ),
      statement: said(form, "statement"),
      effects: afterwards(
        places,
        rows.filter((one) => taken.includes(one.id)),
      ),
      trouble,
      once: crypto.randomUUID(),
    },
    trouble,
  );
};

const prepare = async (work: Work): Promise<WorkAnswer> => {
  const { form, viewer } = work;
  const chosen = chosenInOrder(form);
  if (said(form, "intent") === "recount") return newLetter(work, chosen);
  const department = departmentsOf(viewer.actor)[0];
  const outcome = await attempt(work, prepareBatch, {
    call: said(form, "call"),
    ...(department === undefined ? {} : { department }),
    applications: chosen,
    statement: said(form, "statement"),
  });
  if ("trouble" in outcome)
    return newLetter(work, chosen, chosen.length === 0 ? nothingChosen : outcome.trouble);
  return { to: `${work.place.home}/batches/${outcome.done.batch}?done=prepared` };
};

const nothingChosen: Trouble = {
  status: 422,
  reason: { zh: "还没有选入项目。请至少勾选一项。", en: "Nothing is chosen yet. Tick at least one." },
  findings: [],
  faults: [],
};
