import type { Bilingual } from "../../core/policy/words.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { exportedExceptions, exportedPurges } from "./desk.export.ts";
import { exceptionsOf } from "./exception-queries.ts";
import { confirmException, proposeException, refuseException } from "./exceptions.ts";
import { ExceptionsPage, type ExceptionsPageProps } from "./exceptions.page.tsx";
import { frameOf, idIn, mustHave, shown } from "./frame.ts";
import { proposePurge, purge } from "./purge.ts";
import { applicationLabelled, purgesOf } from "./purge-queries.ts";
import { PurgesPage, type PurgesPageProps } from "./purges.page.tsx";
import { acceptanceWords } from "./words.ts";

/** Exceptions and destructions: beside the desk, each in two steps by two persons. */

const missing = (place: string, reason: Bilingual): Trouble => ({
  status: 422,
  reason,
  findings: [],
  faults: [{ place, reason }],
});

const exceptionsPage = async (
  work: Work,
  over: Partial<Pick<ExceptionsPageProps, "trouble" | "typed">> = {},
): Promise<WorkAnswer> => {
  mustHave(work, "exception.list");
  const done = acceptanceWords(work.place).exceptions.done;
  const told = work.query["done"] ?? "";
  return shown(
    ExceptionsPage,
    {
      frame: frameOf(work),
      rows: await exceptionsOf(work.platform, work.viewer.actor),
      trouble: over.trouble ?? null,
      done: Object.hasOwn(done, told) ? done[told as "propose"] : null,
      typed: over.typed ?? { id: "", reason: "" },
    },
    over.trouble ?? null,
  );
};

const noReason: Bilingual = { zh: "请写明理由。", en: "Give the reason." };

const actOnException = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "exception.list");
  const exception = idIn(work);
  const reason = work.form.get("reason") ?? "";
  const act = work.form.get("act") ?? "";
  const typed = { id: exception, reason };
  if (act !== "confirm" && reason.trim() === "")
    return exceptionsPage(work, { typed, trouble: missing(`reason-${exception}`, noReason) });
  const outcome =
    act === "confirm"
      ? await attempt(work, confirmException, { exception })
      : act === "propose"
        ? await attempt(work, proposeException, {
            application: work.form.get("application"),
            rule: work.form.get("rule"),
            reason,
          })
        : await attempt(work, refuseException, { exception, reason });
  return "trouble" in outcome
    ? exceptionsPage(work, { typed, trouble: outcome.trouble })
    : { to: `${work.place.home}/exceptions?done=${encodeURIComponent(act)}` };
};

const purgesPage = async (
  work: Work,
  over: Partial<Pick<PurgesPageProps, "trouble" | "typed">> = {},
): Promise<WorkAnswer> => {
  mustHave(work, "purge.list");
  const words = acceptanceWords(work.place).purges;
  const { done = "", shared = "0" } = work.query;
  const said = Object.hasOwn(words.done, done) ? words.done[done as "purge"] : null;
  return shown(
    PurgesPage,
    {
      frame: frameOf(work),
      rows: await purgesOf(work.platform, work.viewer.actor),
      trouble: over.trouble ?? null,
      done: said === null || !(Number(shared) > 0) ? said : said + words.shared(Number(shared)),
      typed: over.typed ?? { label: "", reason: "" },
    },
    over.trouble ?? null,
  );
};

const postProposal = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "purge.list");
  const typed = { label: work.form.get("label") ?? "", reason: work.form.get("reason") ?? "" };
  const application = await applicationLabelled(work.platform, typed.label.trim());
  if (application === null)
    return purgesPage(work, {
      typed,
      trouble: missing("label", {
        zh: "没有这个编号的申报。请核对后再填。",
        en: "No application has this number. Check it, please.",
      }),
    });
  if (typed.reason.trim() === "")
    return purgesPage(work, {
      typed,
      trouble: missing("reason", { zh: "请写明依据与经手。", en: "Give the basis." }),
    });
  const outcome = await attempt(work, proposePurge, { application, reason: typed.reason });
  return "trouble" in outcome
    ? purgesPage(work, { typed, trouble: outcome.trouble })
    : { to: `${work.place.home}/purges?done=propose` };
};

const postPurge = async (work: Work): Promise<WorkAnswer> => {
  mustHave(work, "purge.list");
  const outcome = await attempt(work, purge, {
    purge: idIn(work),
    version: Number(work.form.get("version")),
  });
  return "trouble" in outcome
    ? purgesPage(work, { trouble: outcome.trouble })
    : { to: `${work.place.home}/purges?done=purge&shared=${outcome.done.shared}` };
};

export const registerBeside = (desk: Desk): void => {
  desk.get("/exceptions", (work) => exceptionsPage(work));
  desk.get("/exceptions/export.xlsx", async (work) => {
    mustHave(work, "exception.list");
    return exportedExceptions(work, await exceptionsOf(work.platform, work.viewer.actor));
  });
  desk.post("/exceptions/:id", actOnException);
  desk.get("/purges", (work) => purgesPage(work));
  desk.get("/purges/export.xlsx", async (work) => {
    mustHave(work, "purge.list");
    return exportedPurges(work, await purgesOf(work.platform, work.viewer.actor));
  });
  desk.post("/purges", postProposal);
  desk.post("/purges/:id", postPurge);
};
