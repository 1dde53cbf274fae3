import { Missing } from "../../../platform/errors.ts";
import type { DocumentOrder } from "../../../platform/documents.ts";
import { oneByOne } from "../../../platform/documents/one-by-one.ts";
import type { Desk, Work, WorkAnswer } from "../../registration/desk.ts";
import { csrfOf } from "../../registration/sessions.ts";
import { receiptFor } from "../receipt.ts";
import { type ApplicationView, viewOf } from "../view.ts";
import type { ApplicationFacts } from "../facts.ts";
import { papersOf } from "./list.ts";
import { filenameOf, orderOf, type VersionPaper, versionPapers } from "./orders.ts";
import { PaperPage, type PaperPageProps, PapersPage } from "./papers.page.tsx";
import { receiptFilename, receiptOrder } from "./receipt-paper.ts";
import { paperSource } from "./source.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const readOne = async ({ platform, viewer, params, place, session }: Work) => {
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw new Missing("application");
  const { facts, view } = await viewOf(platform, viewer.actor, id);
  const { policy } = facts.call;
  const root = policy.id === place.policy.id ? {} : { root: `${place.home}/policies/${policy.id}` };
  const frame = { place: { ...place, policy, ...root }, viewer, csrf: csrfOf(platform, session) };
  return { facts, view, frame };
};

type Asked = {
  readonly kind: PaperPageProps["kind"];
  readonly order: DocumentOrder;
  readonly filename: string;
  readonly query: string;
  readonly version?: PaperPageProps["version"];
};

const isVersionPaper = (kind: string): kind is VersionPaper =>
  (versionPapers as readonly string[]).includes(kind);

/** `draft`, or the number of a version; without either, what the reader is shown elsewhere. */
const sideOf = (asked: string | undefined, shown: number | null): number | "draft" => {
  if (asked === undefined) return shown ?? "draft";
  if (asked === "draft") return asked;
  if (!/^[1-9][0-9]{0,4}$/.test(asked)) throw new Missing("version");
  return Number(asked);
};

const paperOfVersion = async (
  { platform, viewer, query }: Work,
  facts: ApplicationFacts,
  view: ApplicationView,
  kind: VersionPaper,
): Promise<Asked> => {
  const side = sideOf(query["version"], view.shown);
  const source = await paperSource(platform, viewer.actor, facts, side);
  return {
    kind,
    order: orderOf(kind, source),
    filename: filenameOf(kind, source),
    query: `version=${side}`,
    version: source.filed,
  };
};

/** Null while the ledger has not numbered the act. */
const paperOfReceipt = async (
  { platform, query }: Work,
  facts: ApplicationFacts,
  view: ApplicationView,
): Promise<Asked | null> => {
  const asked = query["entry"];
  if (asked !== undefined && !uuid.test(asked)) throw new Missing("receipt");
  const found = await receiptFor(platform, facts, asked);
  if (found.receipt === null) return null;
  return {
    kind: "receipt",
    order: receiptOrder(facts, view.content.title, found, found.receipt),
    filename: `回执-${receiptFilename(facts, found.receipt).replace(/json$/, "pdf")}`,
    query: `entry=${found.entry.id}`,
  };
};

const list = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  return PapersPage({ frame, view, list: await papersOf(work.platform, work.viewer.actor, facts) });
};

/** `application-form` is the page, `application-form.pdf` the file. */
const paper = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place, params } = work;
  const name = params["paper"] ?? "";
  const kind = name.replace(/\.pdf$/, "");
  if (kind !== "receipt" && !isVersionPaper(kind)) throw new Missing("paper");
  const { facts, view, frame, asked } = await oneByOne(platform, async () => {
    const one = await readOne(work);
    return {
      ...one,
      asked:
        kind === "receipt"
          ? await paperOfReceipt(work, one.facts, one.view)
          : await paperOfVersion(work, one.facts, one.view, kind),
    };
  });
  if (asked === null) return { to: `${place.home}/applications/${facts.id}/receipt` };
  if (name !== kind) {
    const { sha256, size } = await platform.documents.make(asked.order);
    return {
      download: platform.files.read(sha256),
      filename: asked.filename,
      size,
      mime: "application/pdf",
    };
  }
  return PaperPage({
    frame,
    view,
    kind,
    html: await platform.documents.preview(asked.order),
    file: `/applications/${facts.id}/papers/${kind}.pdf?${asked.query}`,
    ...(asked.version === undefined ? {} : { version: asked.version }),
  });
};

export const registerPapers = (desk: Desk): void => {
  desk.get("/applications/:id/papers", list);
  desk.get("/applications/:id/papers/:paper", paper);
};
