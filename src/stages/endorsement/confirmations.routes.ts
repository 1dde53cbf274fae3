import type { Desk, Work, WorkAnswer } from "../registration/desk.ts";
import { asked } from "./asked.ts";
import { WaitingPage } from "./confirm.page.tsx";
import { exportedWaiting } from "./queue.export.ts";
import { callFor, frameOf, placeFor, unitOf } from "./seat.ts";
import { kindsOf, waitingFor } from "./waiting.ts";
import { endorsementWords } from "./words.ts";

/** What waits for a seal or a confirmation, for those who give them. */

export const registerConfirmations = (desk: Desk): void => {
  desk.get("/institution/confirmations", waitingList);
  desk.get("/institution/confirmations/export.xlsx", exportWaiting);
};

/** What waits for the confirmations that somebody gives, at one unit. */
const allWaiting = async (work: Work) => {
  const { platform, viewer } = work;
  const organization = unitOf(viewer.actor, "ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY");
  const { call } = await callFor(work, asked(work, "call"));
  const place = placeFor(work.place, call);
  const all = await Promise.all(
    kindsOf(viewer.actor, organization).map((kind) =>
      waitingFor(platform, viewer.actor, call, organization, kind),
    ),
  );
  return {
    call,
    place,
    rows: all.flatMap((one) => one.rows),
    given: all.reduce((sum, one) => sum + one.given, 0),
  };
};

const waitingList = async (work: Work): Promise<WorkAnswer> => {
  const { place, ...list } = await allWaiting(work);
  return WaitingPage({
    frame: frameOf(work, place),
    ...list,
    done: work.query["done"] === "1" ? endorsementWords(place).item.done.confirmed : null,
  });
};

const exportWaiting = async (work: Work): Promise<WorkAnswer> => {
  const { place, call, rows } = await allWaiting(work);
  return exportedWaiting({ ...work, place }, call, rows);
};
