import { renderSVG } from "uqr";
import type { ApplicationFormData } from "../../src/stages/application/papers/application-form.ts";
import type { Sheet } from "../../src/stages/application/papers/budget-table.ts";
import { peer } from "../peers.ts";

/** The same words by pdfmake: in this process, with a square on every page. It writes neither tags nor PDF/A. */

type PdfMake = {
  readonly setFonts: (fonts: object) => void;
  readonly setUrlAccessPolicy: (allow: () => boolean) => void;
  readonly setLocalAccessPolicy: (allow: () => boolean) => void;
  readonly createPdf: (definition: object) => { readonly getBuffer: () => Promise<Buffer> };
};

const tableOf = ({ head, rows, total }: Sheet) => ({
  margin: [0, 6, 0, 6],
  fontSize: 10.5,
  table: {
    headerRows: 1,
    widths: head.map(() => "*"),
    body: [head, ...rows, ...(total === undefined ? [] : [total])].map((row) =>
      row.map((cell) => (typeof cell === "string" ? cell : cell.join("\n"))),
    ),
  },
});

const definitionOf = (data: ApplicationFormData) => ({
  pageSize: "A4",
  pageMargins: [79, 91, 74, 85],
  info: { title: data.title, author: data.investigator },
  defaultStyle: { font: "Song", fontSize: 12, lineHeight: 0.93 },
  styles: { h1: { fontSize: 16, bold: true }, h2: { bold: true } },
  footer: (page: number, pages: number) => ({
    margin: [79, 20, 74, 0],
    columns: [
      { text: `版本码 ${data.code ?? ""}`, fontSize: 9 },
      { text: `— ${page} / ${pages} —`, fontSize: 9, alignment: "center" },
      {
        svg: renderSVG(`ZN1/${(data.code ?? "").replaceAll("-", "")}/AF/${page}`, { border: 0, ecc: "M" }),
        width: 42,
      },
    ],
  }),
  content: [
    { text: "申报书", style: "h1", alignment: "center" },
    {
      ...tableOf({
        head: ["项目", "内容"],
        rows: [
          ["项目名称", data.title],
          ["申报单位", data.organization],
          ["项目负责人", data.investigator],
          ["版本码", data.code ?? ""],
        ],
      }),
      pageBreak: "after",
    },
    ...data.sections.flatMap(({ title, questions }) => [
      { text: title, style: "h1", margin: [0, 12, 0, 6] },
      ...questions.flatMap(({ title: asked, shape, lines, sheets }) =>
        shape === "short"
          ? [tableOf({ head: [asked], rows: lines.map((line) => [line]) })]
          : [
              { text: asked, style: "h2" },
              ...lines.map((line) => ({ text: line, leadingIndent: 24, alignment: "justify" })),
              ...sheets.map(tableOf),
            ],
      ),
    ]),
  ],
});

export const pdfmake = (fonts: {
  readonly normal: string | readonly string[];
  readonly bold: string | readonly string[];
}): { readonly version: string; readonly print: (data: ApplicationFormData) => Promise<Uint8Array> } => {
  const { version, module } = peer("pdfmake");
  const maker = module as PdfMake;
  maker.setFonts({ Song: fonts });
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy(() => true);
  return { version, print: (data) => maker.createPdf(definitionOf(data)).getBuffer() };
};
