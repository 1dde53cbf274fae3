import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IFontAttributesProperties,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from "docx";

/** Letters as Word documents: the pages, fonts and sizes of GB/T 9704, to be finished and printed in an office. */

export type WordTable = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Parts of the width, one for each column. */
  readonly widths: readonly number[];
  readonly align?: readonly ("left" | "center" | "right")[];
  /** The last row is a sum. */
  readonly total?: boolean;
};

export type WordBlock =
  | { readonly kind: "title" | "number" | "addressee" | "heading"; readonly text: string }
  /** `keep`: stays with what follows, so that no page holds a signature alone. */
  | { readonly kind: "text"; readonly text: string; readonly keep?: boolean }
  | { readonly kind: "table"; readonly table: WordTable }
  /** Office, place of the seal, date: one below the other at the right. */
  | { readonly kind: "signature"; readonly lines: readonly string[] };

export type WordLetter = {
  readonly title: string;
  readonly author: string;
  /** At the foot of every page, beside its number. */
  readonly foot: string;
  readonly blocks: readonly WordBlock[];
};

export const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// Twentieths of a point; sizes in half points: 三号 is 16 pt, 小二 18, 二号 22, 四号 14, 小五 9.
const pitch = 580;
const [sanhao, erhao, sihao, xiaowu] = [32, 44, 28, 18];
const margins = { top: 2_098, bottom: 1_871, left: 1_588, right: 1_474 };
const a4 = { width: 11_906, height: 16_838 };
const inner = a4.width - margins.left - margins.right;

const fontOf = (name: string): IFontAttributesProperties => ({
  ascii: "Times New Roman",
  hAnsi: "Times New Roman",
  cs: "Times New Roman",
  eastAsia: name,
});
const fonts = {
  title: fontOf("方正小标宋简体"),
  body: fontOf("仿宋_GB2312"),
  heading: fontOf("黑体"),
  number: fontOf("宋体"),
};

// What XML cannot hold: a paper must open whatever was typed.
// oxlint-disable-next-line no-control-regex
const plain = (text: string) => text.replaceAll(/[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]/gu, "");

const run = (text: string, size: number, font: IFontAttributesProperties, bold = false) =>
  new TextRun({ text: plain(text), size, font, bold });
const exact = { line: pitch, lineRule: LineRuleType.EXACT };

const cellOf = (text: string, width: number, align: "left" | "center" | "right", strong: boolean) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    verticalAlign: VerticalAlignTable.CENTER,
    children: plain(text)
      .split("\n")
      .map(
        (line) =>
          new Paragraph({
            alignment: AlignmentType[align === "left" ? "LEFT" : align === "right" ? "RIGHT" : "CENTER"],
            children: [run(line, 24, strong ? fonts.heading : fonts.body)],
          }),
      ),
  });

const tableOf = ({ head, rows, widths, align, total = false }: WordTable): Table => {
  const whole = widths.reduce((sum, one) => sum + one, 0);
  const width = widths.map((one) => Math.floor((one / whole) * inner));
  const row = (cells: readonly string[], strong: boolean, header = false) =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text, place) =>
        cellOf(text, width[place] ?? 0, header ? "center" : (align?.[place] ?? "left"), strong),
      ),
    });
  const line = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
  return new Table({
    width: { size: inner, type: WidthType.DXA },
    columnWidths: width,
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: [
      row(head, true, true),
      ...rows.map((cells, place) => row(cells, total && place === rows.length - 1)),
    ],
  });
};

const linesOf = (text: string) =>
  plain(text)
    .split("\n")
    .filter((line) => line.trim() !== "");
/** Two characters of 三号, in twentieths of a point and as Word counts characters itself. */
const indent = { firstLine: 640, firstLineChars: 200 };

const gap = () => new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT } });

const drawn = (block: WordBlock): readonly (Paragraph | Table)[] => {
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { line: 700, lineRule: LineRuleType.EXACT, after: 200 },
          children: [run(block.text, erhao, fonts.title)],
        }),
      ];
    case "number":
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { ...exact, after: 300 },
          children: [run(block.text, sanhao, fonts.body)],
        }),
      ];
    case "addressee":
      return [new Paragraph({ spacing: exact, children: [run(`${block.text}：`, sanhao, fonts.body)] })];
    case "heading":
      return [
        new Paragraph({
          spacing: exact,
          keepNext: true,
          indent,
          children: [run(block.text, sanhao, fonts.heading)],
        }),
      ];
    case "text":
      return linesOf(block.text).map(
        (line) =>
          new Paragraph({
            alignment: AlignmentType.BOTH,
            keepNext: block.keep ?? false,
            spacing: exact,
            indent,
            children: [run(line, sanhao, fonts.body)],
          }),
      );
    case "table":
      return [gap(), tableOf(block.table), gap()];
    default:
      return block.lines.map(
        (line, place) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            keepNext: place < block.lines.length - 1,
            spacing: { ...exact, ...(place === 0 ? { before: pitch } : {}) },
            indent: { left: Math.floor(inner * 0.5) },
            children: [run(line, sanhao, fonts.body)],
          }),
      );
  }
};

const footOf = (foot: string) => {
  const number: ParagraphChild = new TextRun({
    children: [new Tab(), "— ", PageNumber.CURRENT, " —"],
    size: sihao,
    font: fonts.number,
  });
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.CENTER, position: Math.floor(inner / 2) }],
        children: [run(foot, xiaowu, fonts.number), number],
      }),
    ],
  });
};

/** The bytes of a docx file. */
export const writeWord = ({ title, author, foot, blocks }: WordLetter): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title: plain(title),
      creator: plain(author),
      styles: {
        default: { document: { run: { font: fonts.body, size: sanhao, language: { eastAsia: "zh-CN" } } } },
      },
      sections: [
        {
          properties: { page: { size: a4, margin: margins } },
          footers: { default: footOf(foot) },
          children: blocks.flatMap(drawn),
        },
      ],
    }),
  );
