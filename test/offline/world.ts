import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { FastifyInstance } from "fastify";
import exceljs from "exceljs";
import type { Content } from "../../src/core/application/content.ts";
import { perform } from "../../src/platform/action.ts";
import { createApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { fieldsOfForm, plain, visitor, type Visitor } from "../application/form-visit.ts";
import { completeContent } from "../world/content.ts";
import { identityNumber } from "../world/numbers.ts";
import type { Someone, World } from "../world/world.ts";

/** Files for offline work: taken from the pages, changed as people change them, and sent back. */

export const team = [
  {
    key: "m1",
    name: "成员甲",
    identityNo: identityNumber(301),
    role: "KEY_MEMBER" as const,
    titleLevel: "ASSOCIATE_SENIOR" as const,
    degree: "DOCTOR" as const,
    monthsPerYear: 8,
    tasks: "总体方案",
    consent: "WRITTEN" as const,
  },
  {
    key: "m2",
    name: "成员乙",
    identityNo: identityNumber(302),
    role: "STUDENT" as const,
    monthsPerYear: 10.5,
  },
];
export const partners = [
  {
    key: "p1",
    name: "某某海洋装备有限公司",
    uscc: null,
    type: "ENTERPRISE" as const,
    region: "310000",
    countryOrRegion: "CN",
    tasks: "中试\n与示范",
    share: 5_550_000,
  },
];

export type Draft = {
  readonly id: string;
  readonly base: string;
  readonly pi: Someone;
  readonly at: Visitor;
};

export const draftIn = async (
  world: World,
  app: FastifyInstance,
  over: Parameters<typeof completeContent>[0] | null = {},
): Promise<Draft> => {
  const pi = await world.someone({ roles: ["PI"] });
  const actor = await world.actorOf(pi);
  const { application } = await perform(world.platform, createApplication, actor, { call: world.call });
  if (over !== null)
    await saveDraft(world.platform, actor, {
      application,
      version: 1,
      changes: completeContent({ members: team, partners, ...over } as Parameters<typeof completeContent>[0]),
    });
  return { id: application, base: `/applications/${application}`, pi, at: await visitor(app, world, pi) };
};

export const storedOf = async (world: World, id: string): Promise<{ version: number; content: Content }> => {
  const row = await world.platform.database.kysely
    .selectFrom("draft")
    .select(["content", "version"])
    .where("application", "=", id)
    .executeTakeFirstOrThrow();
  return { version: row.version, content: row.content as Content };
};

export const fileOf = async (
  { at, base }: Draft,
  kind: "word" | "workbook",
  language: "" | "/en" = "",
  query = "",
): Promise<Buffer> => {
  const answer = await at.get(`${language}${base}/offline/${kind}${query}`);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body.slice(0, 200)}`);
  return answer.rawPayload;
};

/** Sends a file to the page; the page that came back, without entities. */
export const sendBack = async (
  { at, base }: Draft,
  bytes: Buffer,
  filename: string,
  language: "" | "/en" = "",
): Promise<{ readonly status: number; readonly html: string; readonly text: string }> => {
  const page = await at.get(`${language}${base}/offline`);
  const fields = Object.fromEntries(fieldsOfForm(page.body, `${language}${base}/offline`));
  const answer = await at.upload(`${language}${base}/offline`, fields, { filename, bytes });
  return {
    status: answer.statusCode,
    html: answer.body,
    text: plain(answer.body).replaceAll(/<[^>]*>/g, " "),
  };
};

/** Saves what a preview proposes, with `change` made to the posted fields. */
export const saveFrom = (
  { at, base }: Draft,
  html: string,
  change: (fields: URLSearchParams) => void = () => {},
) => {
  const fields = fieldsOfForm(html, `${base}/offline/save`);
  change(fields);
  return at.raw(`${base}/offline/save`, fields);
};

export type Book = exceljs.Workbook;
export const editWorkbook = async (bytes: Buffer, edit: (book: Book) => void): Promise<Buffer> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as never);
  edit(book);
  return Buffer.from(await book.xlsx.writeBuffer());
};
export const sheetOf = (book: Book, name: string): exceljs.Worksheet => {
  const sheet = book.getWorksheet(name);
  if (sheet === undefined)
    throw new Error(`no sheet ${name}: ${book.worksheets.map((one) => one.name).join()}`);
  return sheet;
};
/** The cell beside a label, or below a head in the row so many below it. */
export const cellOf = (sheet: exceljs.Worksheet, words: string, below: number | "beside"): exceljs.Cell => {
  for (let row = 1; row <= 40; row += 1)
    for (let column = 1; column <= 20; column += 1)
      if (sheet.getCell(row, column).text === words)
        return below === "beside" ? sheet.getCell(row, column + 1) : sheet.getCell(row + below, column);
  throw new Error(`no cell says ${words}`);
};

/** Changes parts of a docx as text. */
export const editDocx = (
  bytes: Buffer,
  edit: (xml: string) => string,
  part = "word/document.xml",
): Buffer => {
  const files = unzipSync(bytes);
  const xml = edit(strFromU8(files[part] ?? new Uint8Array()));
  return Buffer.from(zipSync({ ...files, [part]: strToU8(xml) }));
};
/** Puts text into the first run that says `from`. */
export const reword = (xml: string, from: string, to: string): string => {
  if (!xml.includes(from)) throw new Error(`the document does not say ${from}`);
  return xml.replace(from, to);
};
