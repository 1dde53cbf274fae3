import { type FunctionComponent, h, type VNode } from "preact";
import { may } from "../../core/permission/permission.ts";
import { type Call, callsOf } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import type { Frame } from "../../ui/work-page.tsx";
import { timelineOf } from "../application/timeline.ts";
import { uploadLimit } from "../application/upload.ts";
import { findingsOf, viewOf } from "../application/view.ts";
import {
  attempt,
  type Desk,
  type Download,
  type Trouble,
  type Work,
  type WorkAnswer,
} from "../registration/desk.ts";
import { csrfOf } from "../registration/sessions.ts";
import { type BatchFacts, batchFacts } from "./batch.ts";
import { CreditPage } from "./credit.page.tsx";
import { creditChecksOf, recordCreditCheck } from "./credit.ts";
import { exportedCredit, exportedDepartment, exportedLetters, exportedOffPlatform } from "./lists.export.ts";
import { DepartmentPage, isIn, type View, views } from "./department.page.tsx";
import { declineApplication, passApplication, returnApplication } from "./initial.ts";
import { issueLetter } from "./issue.ts";
import { type Act, ItemPage, type ItemProps } from "./item.page.tsx";
import { type LetterAct, LetterPage, type LetterProps } from "./letter.page.tsx";
import { LettersPage, NewLetterPage } from "./letters.page.tsx";
import {
  afterwards,
  batchRows,
  departmentRows,
  departmentsOf,
  placesByPool,
  type Row,
  unitsOf,
} from "./lists.ts";
import { OffPlatformPage, type OffPlatform } from "./off-platform.page.tsx";
import { registerOffPlatform, withdrawOffPlatform } from "./off-platform.ts";
import { logPaper } from "./paper.ts";
import { registerLetterPapers } from "./papers/routes.ts";
import { numberText } from "./pieces.tsx";
import { attachScan, changeBatch, prepareBatch } from "./prepare.ts";
import { batchesOf } from "./queries.ts";
import { recallLetter, withdrawRecommended } from "./recall.ts";
import { readAhead, scanViews } from "./sealed.ts";
import { type RecommendationWords, recommendationWords } from "./words.ts";

const frameOf = ({ platform, place, viewer, session }: Work, call?: Pick<Call, "policy">): Frame => ({
  place: call === undefined ? place : { ...place, policy: call.policy },
  viewer,
  csrf: csrfOf(platform, session),
});
const draw = <Props extends object>(page: FunctionComponent<Props>, props: Props): VNode =>
  h(page, props) as VNode;
const once = () => crypto.randomUUID();
const said = (form: URLSearchParams, name: string): string => form.get(name) ?? "";
const doneText = (work: Work): string | undefined => {
  const { done } = recommendationWords(work.place);
  const name = work.query["done"] ?? "";
  return Object.hasOwn(done, name) ? done[name as keyof RecommendationWords["done"]] : undefined;
};
const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
const answered = (trouble: Trouble | null, page: VNode): WorkAnswer =>
  trouble === null ? page : { status: trouble.status, page };

/** The calls of a department, and the one that is asked for: by the address, else the one that is open, else the newest. */
const callOf = async (work: Work, id: string | null | undefined) => {
  const calls = await callsOf(work.platform, work.platform.database.kysely);
  const asked = calls.find((one) => one.id === id);
  if (id != null && id !== "" && asked === undefined) throw new Missing("call");
  const call =
    asked ?? calls.find((one) => one.opensAt <= work.now && work.now < one.recommendClosesAt) ?? calls[0];
  if (call === undefined) throw new Missing("call");
  return { calls, call };
};

const mustBeDepartment = (work: Work): readonly string[] => {
  const departments = departmentsOf(work.viewer.actor);
  if (departments.length === 0) throw new Missing("page");
  return departments;
};

/** What the department's page shows, with what it counts. */
const department = async (work: Work) => {
  const departments = mustBeDepartment(work);
  const { platform, viewer, query } = work;
  const { calls, call } = await callOf(work, query["call"]);
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
  const shown = await department(work);
  return draw(DepartmentPage, {
    frame: frameOf(work, shown.call),
    ...shown,
    reviews: viewer.actor.grants.some((one) => one.role === "DEPT_REVIEWER"),
    done: doneText(work),
  });
};

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
  const page = draw(ItemPage, {
    frame: frameOf(work, facts.call),
    facts,
    view,
    findings,
    events,
    check: credit.get(facts.organization.id),
    batch: batch ?? null,
    refused,
    once: once(),
  });
  return answered(refused?.trouble ?? null, page);
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

/** The units of a department with what was found about each. */
const creditList = async (work: Work, asked: string | null | undefined) => {
  const departments = mustBeDepartment(work);
  const { platform, viewer } = work;
  const { call } = await callOf(work, asked);
  const all = await departmentRows(platform, viewer.actor, call.id, departments);
  const units = unitsOf(all);
  const credit = await creditChecksOf(
    platform.database.kysely,
    platform.funder,
    call.id,
    units.map((one) => one.id),
  );
  return { call, all, units, credit };
};

const creditPage = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { viewer, query, form } = work;
  const list = await creditList(work, trouble === null ? query["call"] : form.get("call"));
  const page = draw(CreditPage, {
    frame: frameOf(work, list.call),
    ...list,
    records: viewer.actor.grants.some((one) => one.role === "DEPT_REVIEWER"),
    form: trouble === null ? new URLSearchParams({ organization: query["unit"] ?? "" }) : form,
    trouble,
    done: doneText(work),
    once: once(),
  });
  return answered(trouble, page);
};

const filed = (work: Work) => {
  const [file] = work.files;
  return { filename: file?.filename ?? "", file: file?.sha256 ?? "" };
};

/** Only a file that is chosen is sent to the act: where none is, the form says so at its place. */
const withoutFile: Trouble = {
  status: 422,
  reason: { zh: "请选择要上传的文件。", en: "Choose a file to upload." },
  findings: [],
  faults: [{ place: "file", reason: { zh: "请选择要上传的文件。", en: "Choose a file to upload." } }],
};

const recordCredit = async (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  if (work.files.length === 0) return creditPage(work, withoutFile);
  const outcome = await attempt(work, recordCreditCheck, {
    call: said(form, "call"),
    organization: said(form, "organization"),
    result: said(form, "result"),
    checkedOn: said(form, "checkedOn").trim(),
    note: said(form, "note"),
    ...filed(work),
  });
  if ("trouble" in outcome) return creditPage(work, outcome.trouble);
  return { to: `${work.place.home}/department/credit?call=${said(form, "call")}&done=credit` };
};

const storedFile = async ({ platform }: Work, sha256: string, filename: string): Promise<Download> => {
  const stored = await platform.database.kysely
    .selectFrom("stored_file")
    .select(["size", "mime", "purged_at"])
    .where("funder", "=", platform.funder)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (stored === undefined || stored.purged_at !== null) throw new Missing("file");
  return { download: platform.files.read(sha256), filename, size: stored.size, mime: stored.mime };
};

const evidence = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, params } = work;
  const id = params["id"] ?? "";
  const row = await platform.database.kysely
    .selectFrom("credit_check")
    .innerJoin("attachment", (on) =>
      on
        .onRef("attachment.funder", "=", "credit_check.funder")
        .onRef("attachment.id", "=", "credit_check.evidence"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "credit_check.funder")
        .onRef("organization.id", "=", "credit_check.organization"),
    )
    .select([
      "attachment.file",
      "attachment.filename",
      "organization.id as organization",
      "organization.competent_department as department",
    ])
    .where("credit_check.funder", "=", platform.funder)
    .where("credit_check.id", "=", isId(id) ? id : nowhere)
    .executeTakeFirst();
  if (row === undefined || !may("creditCheck.read", viewer.actor, row).allowed) throw new Missing("file");
  return storedFile(work, row.file, row.filename);
};

const nowhere = "00000000-0000-0000-0000-000000000000";
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const letterList = async (work: Work) => {
  const { platform, viewer } = work;
  const { actor } = viewer;
  const departments = departmentsOf(actor);
  const rows = await batchesOf(platform, actor);
  let ready = 0;
  if (departments.length > 0) {
    const { call } = await callOf(work, null);
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
  draw(LettersPage, { frame: frameOf(work), ...(await letterList(work)) });

const isReady = (one: Row) => one.state === "DEPT_PASSED" && one.batch === null;

/** What is ticked, in the order of the numbers beside it; equal and missing numbers keep the order of the list. */
const chosenInOrder = (form: URLSearchParams): readonly string[] =>
  form
    .getAll("n")
    .map((id, index) => {
      const typed = Number(said(form, `order.${id}`));
      return { id, index, order: Number.isFinite(typed) && typed > 0 ? typed : Number.MAX_SAFE_INTEGER };
    })
    .toSorted((a, b) => a.order - b.order || a.index - b.index)
    .map((one) => one.id);

const newLetter = async (
  work: Work,
  chosen: readonly string[] | null = null,
  trouble: Trouble | null = null,
): Promise<WorkAnswer> => {
  const departments = mustBeDepartment(work);
  const { platform, viewer, query, form } = work;
  const { call } = await callOf(work, chosen === null ? query["call"] : form.get("call"));
  const rows = (await departmentRows(platform, viewer.actor, call.id, departments)).filter(isReady);
  const taken = chosen ?? rows.map((one) => one.id);
  const places = await placesByPool(platform, call, unitsOf(rows));
  const page = draw(NewLetterPage, {
    frame: frameOf(work, call),
    call,
    rows,
    chosen: taken,
    order: new Map(
      rows.map((one, index) => [one.id, chosen === null ? String(index + 1) : said(form, `order.${one.id}`)]),
    ),
    statement: said(form, "statement"),
    effects: afterwards(
      places,
      rows.filter((one) => taken.includes(one.id)),
    ),
    trouble,
    once: once(),
  });
  return answered(trouble, page);
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

const letterActs: Readonly<Record<LetterAct, string>> = {
  words: "recommendation.changeBatch",
  items: "recommendation.changeBatch",
  attach: "recommendation.attach",
  issue: "recommendation.issue",
  recall: "recommendation.recall",
  paper: "recommendation.logPaper",
};

const letterPage = async (work: Work, refused: LetterProps["refused"] = null): Promise<WorkAnswer> => {
  const { platform, viewer } = work;
  const { actor } = viewer;
  const batch = await letterOf(work);
  const { call } = batch;
  const rows = await batchRows(platform, call.id, batch.applications);
  const units = unitsOf(rows);
  const [checks, places] = await Promise.all([
    creditChecksOf(
      platform.database.kysely,
      platform.funder,
      call.id,
      units.map((one) => one.id),
    ),
    placesByPool(platform, call, units),
  ]);
  const allowed = Object.fromEntries(
    Object.entries(letterActs).map(([act, action]) => [act, may(action, actor, batch.subject).allowed]),
  ) as Record<LetterAct, boolean>;
  const others =
    batch.state === "PREPARED" && allowed.items
      ? (await departmentRows(platform, actor, call.id, [batch.department.id])).filter(isReady)
      : [];
  const page = draw(LetterPage, {
    frame: frameOf(work, call),
    batch,
    rows,
    others,
    effects: afterwards(places, rows),
    credit: {
      units: units.length,
      clear: units.filter((one) => checks.get(one.id)?.result === "CLEAR").length,
    },
    may: allowed,
    refused,
    done: doneText(work),
    once: once(),
    read: await scanViews(platform, batch),
  });
  return answered(refused?.trouble ?? null, page);
};

const letterOf = ({ platform, viewer, params }: Work): Promise<BatchFacts> => {
  const id = params["id"] ?? "";
  if (!isId(id)) throw new Missing("batch");
  return batchFacts(platform, platform.database.kysely, viewer.actor, id);
};

const onLetter =
  (
    act: LetterAct,
    perform: (
      work: Work,
      on: { batch: string; version: number },
    ) => ReturnType<typeof attempt> | { trouble: Trouble },
    after: (done: unknown, work: Work) => string,
  ) =>
  async (work: Work): Promise<WorkAnswer> => {
    const on = { batch: work.params["id"] ?? "", version: Number(said(work.form, "version")) };
    const outcome = await perform(work, on);
    if ("trouble" in outcome) return letterPage(work, { act, trouble: outcome.trouble, form: work.form });
    return { to: `${work.place.home}/batches/${after(outcome.done, work)}` };
  };

const same = (name: string) => (_done: unknown, work: Work) => `${work.params["id"] ?? ""}?done=${name}`;
const savedOr = (done: unknown, work: Work) =>
  `${work.params["id"] ?? ""}?done=${(done as { scansRemoved: number }).scansRemoved > 0 ? "resealed" : "saved"}`;

const scanFile = async (work: Work): Promise<WorkAnswer> => {
  const batch = await letterOf(work);
  const scan = batch.scans.find((one) => one.id === work.params["file"]);
  if (scan === undefined) throw new Missing("file");
  return storedFile(work, scan.file, scan.filename);
};

/** What is registered off the platform, and the units that may be registered. */
const offPlatformList = async (work: Work, asked: string | null | undefined) => {
  const { platform, viewer } = work;
  if (!may("recommendation.registerOffPlatform", viewer.actor, {}).allowed) throw new Missing("page");
  const { call } = await callOf(work, asked);
  const database = platform.database.kysely;
  const [entries, units] = await Promise.all([
    database
      .selectFrom("off_platform")
      .innerJoin("organization", (on) =>
        on
          .onRef("organization.funder", "=", "off_platform.funder")
          .onRef("organization.id", "=", "off_platform.organization"),
      )
      .select([
        "off_platform.id",
        "off_platform.number",
        "organization.name_zh as unit",
        "off_platform.quota_group as quotaGroup",
        "off_platform.received_on as receivedOn",
        "off_platform.withdrawn_at as withdrawnAt",
        "off_platform.withdrawal_reason as reason",
      ])
      .where("off_platform.funder", "=", platform.funder)
      .where("off_platform.call", "=", call.id)
      .orderBy("off_platform.entered_at", "desc")
      .execute() as Promise<readonly OffPlatform[]>,
    database
      .selectFrom("organization")
      .select(["id", "name_zh as name"])
      .where("funder", "=", platform.funder)
      .where("kind", "=", "INSTITUTION")
      .where("standing", "=", "ACTIVE")
      .orderBy("name_zh")
      .execute(),
  ]);
  return { call, entries, units };
};

const offPlatform = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { query, form } = work;
  const list = await offPlatformList(work, trouble === null ? query["call"] : form.get("call"));
  const page = draw(OffPlatformPage, {
    frame: frameOf(work, list.call),
    ...list,
    form,
    trouble,
    done: doneText(work),
    once: once(),
  });
  return answered(trouble, page);
};

/** A page's list as a workbook, under the guide of its call. */
const exporting =
  <List extends { readonly call: Call }>(
    read: (work: Work) => Promise<List>,
    write: (work: Work, list: List) => Promise<Download>,
  ) =>
  async (work: Work): Promise<WorkAnswer> => {
    const list = await read(work);
    return write({ ...work, place: { ...work.place, policy: list.call.policy } }, list);
  };

export const registerRecommendation = (desk: Desk): void => {
  desk.get("/department", dashboard);
  desk.get("/department/export.xlsx", exporting(department, exportedDepartment));
  desk.get("/department/credit", (work) => creditPage(work));
  desk.get(
    "/department/credit/export.xlsx",
    exporting((work) => creditList(work, work.query["call"]), exportedCredit),
  );
  desk.post("/department/credit", recordCredit, { files: uploadLimit });
  desk.get("/department/credit/files/:id", evidence);
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
  desk.get("/batches", letters);
  desk.get("/batches/export.xlsx", async (work) => exportedLetters(work, await letterList(work)));
  desk.get("/batches/new", (work) => newLetter(work));
  desk.post("/batches/new", prepare);
  desk.get("/batches/:id", (work) => letterPage(work));
  registerLetterPapers(desk);
  desk.get("/batches/:id/files/:file", scanFile);
  desk.post(
    "/batches/:id/words",
    onLetter(
      "words",
      (work, on) =>
        attempt(work, changeBatch, {
          ...on,
          letterNumber: said(work.form, "letterNumber"),
          issuedOn: orNull(said(work.form, "issuedOn")),
          statement: said(work.form, "statement"),
        }),
      savedOr,
    ),
  );
  desk.post(
    "/batches/:id/items",
    onLetter(
      "items",
      (work, on) => attempt(work, changeBatch, { ...on, applications: chosenInOrder(work.form) }),
      savedOr,
    ),
  );
  desk.post(
    "/batches/:id/attach",
    onLetter(
      "attach",
      async (work, on) => {
        if (work.files.length === 0) return { trouble: withoutFile };
        const sent = filed(work);
        await letterOf(work);
        await readAhead(work.platform, sent);
        return attempt(work, attachScan, { ...on, kind: said(work.form, "kind"), ...sent });
      },
      same("attached"),
    ),
    { files: uploadLimit },
  );
  desk.post(
    "/batches/:id/issue",
    onLetter(
      "issue",
      (work, on) =>
        attempt(work, issueLetter, {
          ...on,
          letterNumber: said(work.form, "letterNumber"),
          issuedOn: said(work.form, "issuedOn").trim(),
        }),
      same("issue"),
    ),
  );
  desk.post(
    "/batches/:id/recall",
    onLetter(
      "recall",
      (work, on) => attempt(work, recallLetter, { ...on, reason: said(work.form, "reason") }),
      (done) => `${(done as { prepared: string }).prepared}?done=recall`,
    ),
  );
  desk.post(
    "/batches/:id/paper",
    onLetter(
      "paper",
      (work, on) =>
        attempt(work, logPaper, {
          ...on,
          receivedOn: orNull(said(work.form, "receivedOn")),
          postedOn: orNull(said(work.form, "postedOn")),
          channel: said(work.form, "channel"),
        }),
      same("paper"),
    ),
  );
  desk.get("/off-platform", (work) => offPlatform(work));
  desk.get(
    "/off-platform/export.xlsx",
    exporting((work) => offPlatformList(work, work.query["call"]), exportedOffPlatform),
  );
  desk.post("/off-platform", async (work) => {
    const { form } = work;
    const outcome = await attempt(work, registerOffPlatform, {
      call: said(form, "call"),
      number: said(form, "number"),
      organization: said(form, "organization"),
      receivedOn: said(form, "receivedOn").trim(),
    });
    if ("trouble" in outcome) return offPlatform(work, outcome.trouble);
    return { to: `${work.place.home}/off-platform?call=${said(form, "call")}&done=register` };
  });
  desk.post("/off-platform/withdraw", async (work) => {
    const { form } = work;
    const outcome = await attempt(work, withdrawOffPlatform, {
      offPlatform: said(form, "offPlatform"),
      reason: said(form, "reason"),
    });
    if ("trouble" in outcome) return offPlatform(work, outcome.trouble);
    return { to: `${work.place.home}/off-platform?call=${said(form, "call")}&done=unregister` };
  });
};
