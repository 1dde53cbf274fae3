import { callFor, frameOf, placeFor } from "../endorsement/seat.ts";
import type { Desk, Work, WorkAnswer } from "../registration/desk.ts";
import { creditChecksOf } from "./credit.ts";
import { DepartmentPage, isIn, type View, views } from "./department.page.tsx";
import { doneText, exporting, mustBeDepartment, shown } from "./frame.ts";
import { exportedDepartment } from "./lists.export.ts";
import { departmentRows, placesByPool, unitsOf } from "./lists.ts";
import { numberText } from "./pieces.tsx";

export const registerDepartment = (desk: Desk): void => {
  desk.get("/department", dashboard);
  desk.get("/department/export.xlsx", exporting(department, exportedDepartment));
};

/** What the department's page shows, with what it counts. */
const department = async (work: Work) => {
  const departments = mustBeDepartment(work);
  const { platform, viewer, query } = work;
  const { calls, call } = await callFor(work, query["call"]);
  const all = await departmentRows(platform, viewer.actor, call.id, departments);
  const units = unitsOf(all);
  const [credit, places] = await Promise.all([
    creditChecksOf(
      platform.database.kysely,
      platform.funder,
      call.id,
      units.map((one) => one.id),
    ),
    placesByPool(platform, call, units),
  ]);
  const view: View = views.find((one) => one === query["view"]) ?? "waiting";
  const { unit = "", category = "", q = "" } = query;
  const rows = all.filter(
    (one) =>
      isIn(view, one) &&
      (unit === "" || one.unit === unit) &&
      (category === "" || one.category === category) &&
      (q === "" || `${numberText(call.code, one.number)} ${one.title} ${one.investigator}`.includes(q)),
  );
  return { call, calls, all, rows, units, credit, places, filters: { view, unit, category, q } };
};

const dashboard = async (work: Work): Promise<WorkAnswer> => {
  const { viewer } = work;
  const list = await department(work);
  return shown(DepartmentPage, {
    frame: frameOf(work, placeFor(work.place, list.call)),
    ...list,
    reviews: viewer.actor.grants.some((one) => one.role === "DEPT_REVIEWER"),
    done: doneText(work),
  });
};
