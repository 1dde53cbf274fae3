import { Readable } from "node:stream";
import { Missing } from "../../../platform/errors.ts";
import { sealFor } from "../../../platform/sealed.ts";
import { applicationFacts } from "../../application/facts.ts";
import type { Desk, Work, WorkAnswer } from "../../registration/desk.ts";
import { frameOf, idIn, shown } from "../frame.ts";
import { frozenOf } from "../frozen.ts";
import { toldOf } from "../item.ts";
import { NoticePage } from "../notice.page.tsx";
import { acceptanceWords } from "../words.ts";
import { noticeOrder } from "./notice.ts";

/** For everybody who may read the application: the notice is theirs as well. `?of=` names an earlier decision by its action. */
const asked = async (work: Work) => {
  const { platform, viewer } = work;
  const database = platform.database.kysely;
  const facts = await applicationFacts(platform, database, viewer.actor, idIn(work));
  const all = await toldOf(platform, facts.id);
  const of = work.query["of"];
  const told = of === undefined ? (all[0] ?? null) : all.find(({ action }) => action === of);
  if (told === undefined) throw new Missing("notice");
  return { facts, all, told };
};

const noticePage = async (work: Work): Promise<WorkAnswer> => {
  const { platform } = work;
  const database = platform.database.kysely;
  const { facts, all, told } = await asked(work);
  const { content } = await frozenOf(database, platform.funder, facts);
  return shown(NoticePage, {
    frame: frameOf(work, facts.call.policy),
    facts,
    title: content.title,
    category: content.category,
    told,
    others: all.filter((one) => one !== told),
    seals: platform.seals,
    paper:
      told === null
        ? ""
        : await platform.documents.preview(
            await noticeOrder(database, platform.funder, facts, all, told.action),
          ),
  });
};

/** The letter as a file, under the name that it is saved by. */
const drawnNotice = async (work: Work) => {
  const { platform } = work;
  const { facts, all, told } = await asked(work);
  if (told === null) throw new Missing("notice");
  const order = await noticeOrder(platform.database.kysely, platform.funder, facts, all, told.action);
  const { titles } = acceptanceWords({ language: "zh" }).notice;
  return {
    ...(await platform.documents.make(order)),
    name: `${titles[told.action] ?? ""} ${facts.call.code}-${String(facts.number).padStart(4, "0")}`,
    holder: facts.call.policy.programme.funder.zh,
    at: told.at,
  };
};

const noticeFile = async (work: Work): Promise<WorkAnswer> => {
  const { sha256, size, name } = await drawnNotice(work);
  return {
    download: work.platform.files.read(sha256),
    filename: `${name}.pdf`,
    size,
    mime: "application/pdf",
  };
};

/** The bureau's electronic seal over exactly that file; `zhinan seal verify` checks the two. */
const noticeSeal = async (work: Work): Promise<WorkAnswer> => {
  const { sha256, name, holder, at } = await drawnNotice(work);
  const seal = await sealFor(work.platform, { file: sha256, title: name, holder, at });
  const text = Buffer.from(`${JSON.stringify(seal, null, 2)}\n`);
  return {
    download: Readable.from([text]),
    filename: `${name}.seal.json`,
    size: text.length,
    mime: "application/json; charset=utf-8",
  };
};

export const registerNotices = (desk: Desk): void => {
  desk.get("/acceptance/:id/notice", noticePage);
  desk.get("/acceptance/:id/notice/pdf", noticeFile);
  desk.get("/acceptance/:id/notice/seal", noticeSeal);
};
