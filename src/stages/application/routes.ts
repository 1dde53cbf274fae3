import { Readable } from "node:stream";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import { type Call, callsOf } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { say, type Place } from "../../ui/place.ts";
import type { Frame } from "../../ui/work-page.tsx";
import { attempt, type Desk, type Work, type WorkAnswer } from "../registration/desk.ts";
import { csrfOf } from "../registration/sessions.ts";
import { confirmPartnership, consent } from "./consent-actions.ts";
import { type Asked, consentsAsked, partnershipsAsked } from "./consent-list.ts";
import { AskedPage, type AskedPageProps } from "./consent.page.tsx";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { exportApplications } from "./list.export.ts";
import { listApplications, listAsked, listInput, organizationsSeen } from "./list.ts";
import { ListPage, type ListProps } from "./list.page.tsx";
import { ReceiptPage } from "./receipt.page.tsx";
import { entriesOf, receiptFor } from "./receipt.ts";
import { HistoryPage } from "./timeline.page.tsx";
import { timelineOf } from "./timeline.ts";
import { DiffPage } from "./versions.page.tsx";
import { diffOf, sideSchema, versionsOf } from "./versions.ts";
import { mayReadDraft } from "./view-may.ts";
import { nextStepFor } from "./view-next.ts";
import { FindingsPage, OverviewPage, ReadPage } from "./view.page.tsx";
import { findingsOf, labelOf, stageOf, viewOf } from "./view.ts";
import { applicationWords } from "./words.ts";

/** Pages on which applications are read, and on which members and partners say whether they take part. */

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const idOf = ({ params }: Work, name = "id"): string => {
  const id = params[name] ?? "";
  if (!uuid.test(id)) throw new Missing(name);
  return id;
};

/** A page about one application stands under the guide of its own call, so that clause chips lead there. */
const frameOf = ({ platform, place, viewer, session }: Work, call?: Call): Frame => ({
  place: call === undefined ? place : underCall(place, call),
  viewer,
  csrf: csrfOf(platform, session),
});

const underCall = (place: Place, call: Call): Place => ({
  ...place,
  policy: call.policy,
  ...(call.policy.id === place.policy.id ? {} : { root: `${place.home}/policies/${call.policy.id}` }),
});

const readOne = async (work: Work) => {
  const { facts, view } = await viewOf(work.platform, work.viewer.actor, idOf(work));
  return { facts, view, frame: frameOf(work, facts.call) };
};

/** The date that what lapsed had missed. */
const missedAt = ({ missed, call }: ApplicationFacts): number | null =>
  missed === null
    ? null
    : missed === "SUBMIT" || missed === "ENDORSE"
      ? call.applyClosesAt
      : call.recommendClosesAt;

const codeOf = async ({ platform }: Work, { id, frozenVersion }: ApplicationFacts): Promise<string | null> =>
  (await versionsOf(platform, id)).find(({ number }) => number === frozenVersion)?.code ?? null;

const officeSeats = new Set(["PI", "MEMBER", "PARTNER_ADMIN", "EXPERT"]);

const list = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, place, query } = work;
  const { actor } = viewer;
  const mine = actor.grants.every(({ role }) => officeSeats.has(role));
  const { input, asked } = listAsked(query);
  const [page, everything, units, calls] = await Promise.all([
    listApplications(platform, actor, input),
    listApplications(platform, actor, listInput.parse({ limit: 1 })),
    organizationsSeen(platform, actor),
    callsOf(platform, platform.database.kysely),
  ]);
  const programmes = [...new Set(calls.map(({ policy }) => policy.programme))];
  const categories = programmes.flatMap((one) => one.categories);
  const chosen = categories.filter(
    ({ code }) => asked["category"] === undefined || code === asked["category"],
  );
  const option = ({ code, title }: { code: string; title: { zh: string; en: string } }) => ({
    value: code,
    text: say(place, title),
  });
  const once = (options: readonly { value: string; text: string }[]) => [
    ...new Map(options.map((one) => [one.value, one])).values(),
  ];
  const choices: ListProps["choices"] = {
    call: calls.map(({ id, title }) => ({ value: id, text: say(place, title) })),
    category: once(categories.map(option)),
    field: asked["category"] === undefined ? [] : once(chosen.flatMap(({ fields }) => fields.map(option))),
    organization: units.map(({ id, name }) => ({ value: id, text: name })),
    division: once(programmes.flatMap(({ divisions }) => divisions.map(option))),
  };
  const mayBegin =
    actor.grants.some(({ role }) => role === "PI") &&
    calls.some((call) => call.opensAt <= work.now && work.now < call.applyClosesAt);
  return ListPage({
    frame: frameOf(work),
    list: page,
    asked,
    choices,
    mine,
    mayBegin,
    unfiltered: everything.total,
  });
};

const overview = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  const isMember =
    work.viewer.actor.person !== null &&
    facts.investigator.person !== work.viewer.actor.person &&
    (facts.subject.team ?? []).includes(work.viewer.actor.person);
  return OverviewPage({
    frame,
    view,
    code: await codeOf(work, facts),
    next: nextStepFor(view.id, view.mayDo, isMember),
    missedAt: missedAt(facts),
  });
};

const read = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  return ReadPage({ frame, view, code: await codeOf(work, facts) });
};

const findings = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  const stage = stageOf(facts.state);
  const judged = await findingsOf(work.platform, work.viewer.actor, facts, stage);
  return FindingsPage({ frame, view, judged: { ...judged, stage } });
};

const history = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  const { actor } = work.viewer;
  const [events, versions] = await Promise.all([
    timelineOf(work.platform, actor, facts),
    versionsOf(work.platform, facts.id),
  ]);
  const editing: readonly ApplicationState[] = ["RETURNED_TO_PI", "CORRECTION"];
  const draft = editing.includes(facts.state) && mayReadDraft(actor, facts);
  return HistoryPage({ frame, view, events, versions, draft, missedAt: missedAt(facts) });
};

const diff = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  const sides = [sideSchema.safeParse(work.params["a"]), sideSchema.safeParse(work.params["b"])] as const;
  if (!sides[0].success || !sides[1].success) throw new Missing("version");
  const [from, to] = [sides[0].data, sides[1].data];
  const words = applicationWords[work.place.language].history;
  const name = (side: typeof from) => (side === "draft" ? words.draft : words.version(side));
  const sections = await diffOf(work.platform, work.viewer.actor, facts, from, to, work.place.language);
  return DiffPage({ frame, view, names: [name(from), name(to)], sections });
};

const download = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer } = work;
  const id = idOf(work);
  const attachment = idOf(work, "attachment");
  // Visible or not there: the check of the application is that of its files.
  await applicationFacts(platform, platform.database.kysely, viewer.actor, id);
  const file = await platform.database.kysely
    .selectFrom("attachment")
    .innerJoin("stored_file", (on) =>
      on
        .onRef("stored_file.funder", "=", "attachment.funder")
        .onRef("stored_file.sha256", "=", "attachment.file"),
    )
    .select(["filename", "sha256", "size", "mime"])
    .where("attachment.funder", "=", platform.funder)
    .where("attachment.application", "=", id)
    .where("attachment.id", "=", attachment)
    .where("attachment.removed_at", "is", null)
    .where("stored_file.purged_at", "is", null)
    .executeTakeFirst();
  if (file === undefined) throw new Missing("attachment");
  const { filename, sha256, size, mime } = file;
  return { download: platform.files.read(sha256), filename, size, mime };
};

const entryOf = ({ query }: Work): string | undefined => {
  const entry = query["entry"];
  if (entry !== undefined && !uuid.test(entry)) throw new Missing("receipt");
  return entry;
};

const receipt = async (work: Work): Promise<WorkAnswer> => {
  const { facts, view, frame } = await readOne(work);
  const entries = await entriesOf(work.platform, facts.id);
  const shown = entries.length === 0 ? null : await receiptFor(work.platform, facts, entryOf(work));
  return ReceiptPage({ frame, view, shown, entries });
};

const receiptFile = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer } = work;
  const facts = await applicationFacts(platform, platform.database.kysely, viewer.actor, idOf(work));
  const { receipt: found, entry } = await receiptFor(platform, facts, entryOf(work));
  if (found === null) return { to: `${work.place.home}/applications/${facts.id}/receipt?entry=${entry.id}` };
  const bytes = Buffer.from(`${JSON.stringify(found, null, 2)}\n`);
  const filename = `${labelOf(facts.call.code, facts.number)}-${found.entry.number}.json`;
  return { download: Readable.from([bytes]), filename, size: bytes.length, mime: "application/json" };
};

type Kind = AskedPageProps["kind"];
const sources: Readonly<Record<Kind, (work: Work) => Promise<readonly Asked[]>>> = {
  consents: ({ platform, viewer }) => consentsAsked(platform, viewer.actor),
  partnerships: ({ platform, viewer }) => partnershipsAsked(platform, viewer.actor),
};

const askedPage =
  (kind: Kind) =>
  async (work: Work): Promise<WorkAnswer> =>
    AskedPage({ frame: frameOf(work), kind, asked: await sources[kind](work), trouble: null });

const answerAsked =
  (kind: Kind) =>
  async (work: Work): Promise<WorkAnswer> => {
    const { form, place } = work;
    const application = form.get("application") ?? "";
    const organization = form.get("organization");
    const remark = form.get("remark") ?? "";
    const input = { application, agreed: form.get("agreed") === "1", remark };
    const outcome =
      kind === "consents"
        ? await attempt(work, consent, input)
        : await attempt(work, confirmPartnership, { ...input, organization: organization ?? "" });
    if ("done" in outcome) return { to: `${place.home}/${kind}#${application}` };
    const of = organization === null ? application : `${application}-${organization}`;
    const page = AskedPage({
      frame: frameOf(work),
      kind,
      asked: await sources[kind](work),
      trouble: { of, why: outcome.trouble, remark },
    });
    return { status: outcome.trouble.status, page };
  };

export const registerApplicationReading = (desk: Desk): void => {
  desk.get("/applications", list);
  desk.get("/applications/export.xlsx", exportApplications);
  desk.get("/applications/:id", overview);
  desk.get("/applications/:id/read", read);
  desk.get("/applications/:id/findings", findings);
  desk.get("/applications/:id/history", history);
  desk.get("/applications/:id/versions/:a/:b", diff);
  desk.get("/applications/:id/files/:attachment", download);
  desk.get("/applications/:id/receipt", receipt);
  desk.get("/applications/:id/receipt.json", receiptFile);
  for (const kind of ["consents", "partnerships"] as const) {
    desk.get(`/${kind}`, askedPage(kind));
    desk.post(`/${kind}`, answerAsked(kind));
  }
};
