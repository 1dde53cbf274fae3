import { may } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import { uploadLimit } from "../application/upload.ts";
import { frameOf, placeFor } from "../endorsement/seat.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { type BatchFacts, batchFacts } from "./batch.ts";
import { chosenInOrder, isReady } from "./chosen.ts";
import { creditChecksOf } from "./credit.ts";
import { sentFile, storedFile, withoutFile } from "./files.ts";
import { doneText, isId, orNull, said, shown } from "./frame.ts";
import { issueLetter } from "./issue.ts";
import type { LetterAct, LetterProps } from "./letter.form.tsx";
import { LetterPage } from "./letter.page.tsx";
import { afterwards, batchRows, departmentRows, placesByPool, unitsOf } from "./lists.ts";
import { logPaper } from "./paper.ts";
import { registerLetterPapers } from "./papers/routes.ts";
import { attachScan, changeBatch } from "./prepare.ts";
import { recallLetter } from "./recall.ts";
import { readAhead, scanViews } from "./sealed.ts";

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
  return shown(
    LetterPage,
    {
      frame: frameOf(work, placeFor(work.place, call)),
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
      once: crypto.randomUUID(),
      read: await scanViews(platform, batch),
    },
    refused?.trouble ?? null,
  );
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

export const registerLetter = (desk: Desk): void => {
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
        const sent = sentFile(work);
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
};
