import { Readable } from "node:stream";
import type { DocumentOrder } from "../../../platform/documents.ts";
import type { Platform } from "../../../platform/platform.ts";
import { workbookName, workbookType, writeWorkbook } from "../../../platform/spreadsheets.ts";
import { wordType, writeWord } from "../../../platform/word.ts";
import type { Download } from "../../registration/desk.ts";
import type { BatchFacts } from "../batch.ts";
import type { LetterFile } from "./links.tsx";
import { letterPaper, type LetterPaper } from "./source.ts";

/** The letter and its list as files: one source, so that PDF, Word and Excel say the same. */

export type PaperKind = "recommendation-letter" | "recommended-project-list";

/** What a paper of a batch is drawn from. Its bytes are those of the day it was issued, once it is. */
export const letterOrder = (
  batch: BatchFacts,
  kind: PaperKind,
  data: LetterPaper,
  now: number,
): DocumentOrder => ({
  policy: batch.call.policy.id,
  kind,
  code: batch.code,
  at: batch.issuedAt ?? now,
  application: null,
  data,
});

const titles: Readonly<Record<PaperKind, string>> = {
  "recommendation-letter": "推荐函",
  "recommended-project-list": "推荐项目列表",
};
const nameOf = ({ code }: BatchFacts, kind: PaperKind) => `${titles[kind]} ${code}`;

/** Not kept: it names the projects of many applicants, and goes with none of them when one is destroyed. */
const pdf = async (
  { documents }: Platform,
  batch: BatchFacts,
  kind: PaperKind,
  data: LetterPaper,
  now: number,
) => {
  const { bytes } = await documents.drawn(letterOrder(batch, kind, data, now));
  return fileOf(Buffer.from(bytes), `${nameOf(batch, kind)}.pdf`, "application/pdf");
};

const fileOf = (bytes: Buffer, filename: string, mime: string): Download => ({
  download: Readable.from([bytes]),
  filename,
  size: bytes.length,
  mime,
});

const word = async (batch: BatchFacts, data: LetterPaper): Promise<Download> => {
  const bytes = await writeWord({
    title: `关于${data.call}的推荐函`,
    author: data.author,
    foot: `推荐函编号 ${data.code}`,
    blocks: [
      { kind: "title", text: `关于${data.call}的推荐函` },
      { kind: "number", text: data.number ?? "　　　　〔　　　〕　　号" },
      { kind: "addressee", text: data.owner },
      {
        kind: "text",
        text: `按照《${data.guide}》的要求，经我单位审核，现推荐项目 ${data.total.count} 项，申请经费合计 ${data.total.money} 万元，项目名称、申报单位和负责人见所附推荐项目列表。`,
      },
      ...(data.replaces === null
        ? []
        : [
            {
              kind: "text" as const,
              text: `本函代替已撤回的推荐函 ${data.replaces.code}${data.replaces.number === null ? "" : `（${data.replaces.number}）`}。`,
            },
          ]),
      { kind: "heading", text: "一、推荐情况" },
      {
        kind: "table",
        table: {
          head: ["项目类别", "项数", "申请经费（万元）"],
          rows: [
            ...data.summary.map(({ category, count, money }) => [category, String(count), money]),
            ["合计", String(data.total.count), data.total.money],
          ],
          widths: [5, 2, 3],
          align: ["left", "center", "right"],
          total: true,
        },
      },
      { kind: "heading", text: "二、审核与信用核查情况" },
      { kind: "text", text: data.statement },
      {
        kind: "table",
        table: {
          head: ["申报单位", "核查网站", "核查日期", "核查结果"],
          rows: data.credit.map(({ unit, site, date, result }) => [unit, site, date, result]),
          widths: [5, 3, 4, 3],
          align: ["left", "center", "center", "center"],
        },
      },
      { kind: "text", text: "特此函达。", keep: true },
      { kind: "text", text: `附件：推荐项目列表（${data.total.count} 项）`, keep: true },
      {
        kind: "signature",
        lines: [data.author, "（印章）", data.date ?? "　　　　年　　月　　日"],
      },
    ],
  });
  return fileOf(bytes, `${nameOf(batch, "recommendation-letter")}.docx`, wordType);
};

const workbook = (batch: BatchFacts, data: LetterPaper, author: string, now: number): Download => {
  const kind = "recommended-project-list";
  return {
    download: writeWorkbook({
      title: nameOf(batch, kind),
      author,
      at: now,
      language: "zh",
      sheets: [
        {
          name: titles[kind],
          columns: [
            { header: "序号", width: 6, kind: "number" },
            { header: "编号", width: 14, kind: "text" },
            { header: "项目名称", width: 52, kind: "text" },
            { header: "类别", width: 20, kind: "text" },
            { header: "领域", width: 20, kind: "text" },
            { header: "方向", width: 32, kind: "text" },
            { header: "申报单位", width: 28, kind: "text" },
            { header: "负责人", width: 12, kind: "text" },
            { header: "申请经费（万元）", width: 18, kind: "money" },
            { header: "受理处室", width: 28, kind: "text" },
            { header: "推荐函编号", width: 16, kind: "text" },
          ],
          rows: data.items.map((one, index) => [
            index + 1,
            one.number,
            one.title,
            one.category,
            one.field,
            one.direction,
            one.unit,
            one.investigator,
            one.grant,
            one.division,
            data.code,
          ]),
        },
      ],
      about: [
        ["推荐函编号", data.code],
        ["归口管理部门", data.author],
        ["文号", data.number ?? ""],
        ["合计", `${data.total.count} 项，${data.total.money} 万元`],
      ],
    }),
    filename: workbookName(nameOf(batch, kind)),
    size: null,
    mime: workbookType,
  };
};

export const letterFile = async (
  platform: Platform,
  batch: BatchFacts,
  name: LetterFile,
  { author, now }: { readonly author: string; readonly now: number },
): Promise<Download> => {
  const data = await letterPaper(platform, batch);
  switch (name) {
    case "letter.pdf":
      return pdf(platform, batch, "recommendation-letter", data, now);
    case "list.pdf":
      return pdf(platform, batch, "recommended-project-list", data, now);
    case "letter.docx":
      return word(batch, data);
    default:
      return workbook(batch, data, author, now);
  }
};
