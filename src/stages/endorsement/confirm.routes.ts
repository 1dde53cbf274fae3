import { may } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import { uploadLimit } from "../application/upload.ts";
import { viewOf } from "../application/view.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { idOf, answer, whole, key } from "./asked.ts";
import { type ConfirmProps, ConfirmPage } from "./confirm.page.tsx";
import { confirmBudget, confirmSecrecy } from "./confirm.ts";
import { type Kind, kinds } from "./confirmations.ts";
import { keptScan, readAhead, scanView, sentScan } from "./seal-scan.ts";
import { seal } from "./seal.ts";
import { frameOf, holds, placeFor } from "./seat.ts";
import { endorsementWords } from "./words.ts";

/** One seal or confirmation of one application. */

export const registerConfirm = (desk: Desk): void => {
  for (const kind of Object.keys(paths) as Kind[]) {
    desk.get(`/institution/:id/${paths[kind]}`, (work) => confirming(work, kind));
    desk.post(
      `/institution/:id/${paths[kind]}`,
      (work) => confirm(work, kind),
      kind === "SEAL" ? { files: uploadLimit } : {},
    );
  }
};

const paths = { SEAL: "seal", BUDGET: "budget", SECRECY: "secrecy" } as const satisfies Record<Kind, string>;

const confirming = async (work: Work, kind: Kind, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { platform, viewer, form } = work;
  const { facts, view } = await viewOf(platform, viewer.actor, idOf(work));
  if (!may(kinds[kind].action, viewer.actor, facts.subject).allowed) throw new Missing("application");
  const place = placeFor(work.place, facts.call);
  const words = endorsementWords(place);
  const sent =
    kind !== "SEAL" ? null : trouble === null ? await keptScan(platform, facts.id) : sentScan(work);
  const scan = sent === null ? null : await scanView(platform, viewer.actor, facts, sent);
  const props: ConfirmProps = {
    frame: frameOf(work, place),
    facts,
    view,
    kind,
    scan: { view: scan, file: scan === null ? null : (sent?.file ?? null) },
    next:
      work.query["done"] !== "1"
        ? null
        : holds(viewer.actor, "ORG_ADMIN", facts.organization.id)
          ? { to: `${place.home}/institution/${facts.id}`, text: words.scan.toReview }
          : { to: `${place.home}/institution/confirmations`, text: words.item.back },
    open:
      facts.state === "ORG_REVIEW" || (kind === "SEAL" && facts.corrected && facts.state === "ACCEPTANCE"),
    given: view.confirmations.some(
      (one) => one.kind === kind && one.version === facts.frozenVersion && one.agreed,
    ),
    typed: {
      code: form.get("code") ?? "",
      commitment: form.get("commitment") === "1",
      agreed: form.get("agreed") ?? "",
      remark: form.get("remark") ?? "",
    },
    trouble,
    key: key(),
  };
  return answer(trouble, ConfirmPage(props));
};

const confirm = async (work: Work, kind: Kind): Promise<WorkAnswer> => {
  const { platform, form, files, viewer, place } = work;
  const application = idOf(work);
  const on = { application, version: whole(form.get("version")) };
  const opinion = {
    ...on,
    agreed: form.get("agreed") === null ? null : form.get("agreed") === "yes",
    remark: form.get("remark") ?? "",
  };
  const scan = kind === "SEAL" ? sentScan({ files, form }) : null;
  if (scan !== null) await readAhead(platform, viewer.actor, application, scan);
  const result =
    kind === "SEAL"
      ? await attempt(work, seal, {
          ...on,
          code: form.get("code") ?? "",
          commitment: form.get("commitment") === "1",
          file: scan?.file ?? "",
          filename: scan?.filename ?? "-",
        })
      : await attempt(work, kind === "BUDGET" ? confirmBudget : confirmSecrecy, opinion);
  if ("trouble" in result) return confirming(work, kind, result.trouble);
  // The page of the seal shows what was read.
  if (kind === "SEAL") return { to: `${place.home}/institution/${application}/seal?done=1` };
  const isAdministrator = viewer.actor.grants.some((one) => one.role === "ORG_ADMIN");
  return {
    to: isAdministrator
      ? `${place.home}/institution/${application}?done=confirmed`
      : `${place.home}/institution/confirmations?done=1`,
  };
};
