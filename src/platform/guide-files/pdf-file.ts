import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { TextItem } from "pdfjs-dist/types/src/display/api.js";
import { refuse } from "./unreadable.ts";

type Row = { y: number; height: number; pieces: { x: number; end: number; text: string }[] };

/** Text pieces of a page as rows: what stands at one height, from left to right. */
const rowsOf = (items: readonly TextItem[]): Row[] => {
  const rows: Row[] = [];
  for (const item of items) {
    if (item.str.trim() === "") continue;
    const [x, y] = [Number(item.transform[4]), Number(item.transform[5])];
    const height = item.height || Math.abs(Number(item.transform[3])) || 10;
    // Pieces come row by row: only the newest rows can still grow, so a page of a million pieces stays quick.
    const row = rows.slice(-8).find((known) => Math.abs(known.y - y) < Math.min(known.height, height) * 0.5);
    const piece = { x, end: x + item.width, text: item.str };
    if (row) row.pieces.push(piece);
    else rows.push({ y, height, pieces: [piece] });
  }
  for (const { pieces } of rows) pieces.sort((a, b) => a.x - b.x);
  return rows.sort((a, b) => b.y - a.y);
};

const lineOf = ({ pieces, height }: Row, left: number): string => {
  let line = "\u3000".repeat(Math.max(0, Math.min(40, Math.round((pieces[0]!.x - left) / height))));
  for (const [at, { x, text }] of pieces.entries()) {
    const before = pieces[at - 1];
    line += (before && x - before.end > height * 0.25 ? " " : "") + text;
  }
  return line;
};

/** Fonts often name the radical where the character is meant; some of these radicals Unicode does not map itself. */
const RADICALS =
  "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";

const withoutRadicals = (text: string): string =>
  text
    .replace(/[\u2f00-\u2fd5]/gu, (char) => char.normalize("NFKC"))
    .replace(/[\u2e80-\u2ef3]/gu, (char) => {
      const at = RADICALS.indexOf(char);
      return at < 0 ? char.normalize("NFKC") : RADICALS.charAt(at + 1);
    });

/** The text of a PDF, line by line as it is printed. Throws UnreadableGuide. */
export const readPdf = async (bytes: Buffer): Promise<string> => {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise.catch((error: Error) =>
    error.name === "PasswordException"
      ? refuse("PDF 设有密码，请先去除。", "The PDF has a password: remove it first.")
      : refuse("PDF 已损坏，无法打开。", "The PDF is damaged and cannot be opened."),
  );
  const pages: Row[][] = [];
  try {
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(rowsOf(items.filter((item): item is TextItem => "str" in item)));
      page.cleanup();
    }
  } finally {
    await task.destroy();
  }
  if (pages.every((rows) => rows.length === 0))
    refuse(
      "PDF 只有图像、没有文字。请先做文字识别，或给出文本。",
      "The PDF holds images and no text: run text recognition first, or give the text.",
    );
  // The form feed keeps the page's break, which tells page numbers and running heads from text.
  const left = pages.flat().reduce((least, { pieces }) => Math.min(least, pieces[0]!.x), Number.MAX_VALUE);
  return withoutRadicals(pages.map((rows) => rows.map((row) => lineOf(row, left)).join("\n")).join("\n\f\n"));
};
