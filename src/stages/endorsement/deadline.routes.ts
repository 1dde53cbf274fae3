import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { answer, key } from "./asked.ts";
import { internalDeadlineOf } from "./queue.ts";
import { administered } from "./seat.ts";
import { DeadlinePage } from "./unit.page.tsx";
import { setInternalDeadline } from "./unit.ts";

/** The unit's own deadline before that of the call. */

export const registerDeadline = (desk: Desk): void => {
  desk.get("/institution/deadline", (work) => deadline(work));
  desk.post("/institution/deadline", setDeadline);
};

const deadline = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const { form } = work;
  return answer(
    trouble,
    DeadlinePage({
      frame,
      call,
      internal: await internalDeadlineOf(work.platform, call, organization),
      typed: trouble === null ? null : { date: form.get("date") ?? "", time: form.get("time") ?? "" },
      trouble,
      key: key(),
    }),
  );
};

const setDeadline = async (work: Work): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const { form } = work;
  const clear = form.get("clear") === "1";
  const time = (form.get("time") ?? "").trim();
  const result = await attempt(work, setInternalDeadline, {
    call: call.id,
    organization,
    closesOn: clear ? null : (form.get("date") ?? "").trim(),
    ...(clear || time === "" ? {} : { closesAt: time }),
  });
  if ("trouble" in result) return deadline(work, result.trouble);
  return {
    to: `${frame.place.home}/institution?call=${call.id}&done=${clear ? "noDeadline" : "deadline"}`,
  };
};
