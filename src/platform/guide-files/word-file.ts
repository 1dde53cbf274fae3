import { numberer } from "../../core/guide/word-numbering.ts";
import { refuse } from "./unreadable.ts";
import { inherited, numberingOf, type NumberOf, styleNumbersOf } from "./word-lists.ts";
import { readXml, unpack } from "./word-parts.ts";

const DOCUMENT = "word/document.xml";
const NUMBERING = "word/numbering.xml";
const STYLES = "word/styles.xml";

/** What the reader of the document does not see: copies for old versions, text moved elsewhere, formatting of before. */
const UNSEEN = new Set(["mc:Fallback", "w:moveFrom", "w:pPrChange"]);

/** Paragraphs as lines, with the numbers Word shows before them. Deleted text stays out. Throws UnreadableGuide. */
export const readWord = (bytes: Uint8Array): string => {
  const parts = unpack(bytes, [DOCUMENT, NUMBERING, STYLES]);
  const document = parts.get(DOCUMENT);
  if (document === undefined)
    return refuse(
      "这是压缩文件而不是 Word 文档。请给出 .docx、UTF-8 文本或带文字的 PDF。",
      "This is an archive, not a Word document: give .docx, UTF-8 text or a PDF with text.",
    );
  const numbering = parts.get(NUMBERING);
  const styles = parts.get(STYLES);
  return paragraphsOf(
    document,
    numberer(numbering ? numberingOf(numbering) : new Map()),
    styles ? styleNumbersOf(styles) : new Map(),
  ).join("\n");
};

const paragraphsOf = (
  document: Uint8Array,
  label: ReturnType<typeof numberer>,
  styles: ReturnType<typeof styleNumbersOf>,
): string[] => {
  const paragraphs: string[] = [];
  // A text box holds paragraphs inside a paragraph.
  const open: { text: string; number: NumberOf; style: string }[] = [];
  let unseen = 0;
  let inText = false;
  readXml(document, {
    open: ({ name, attributes, isSelfClosing }) => {
      if (UNSEEN.has(name)) unseen++;
      if (unseen > 0) return;
      if (name === "w:p" && !isSelfClosing) open.push({ text: "", number: {}, style: "Normal" });
      const current = open.at(-1);
      if (!current) return;
      const value = attributes["w:val"];
      if (name === "w:t") inText = true;
      // A tab with a value or a place is a tab stop of the paragraph, no character.
      else if (name === "w:tab" && value === undefined && attributes["w:pos"] === undefined)
        current.text += "\t";
      else if (name === "w:br" || name === "w:cr") current.text += "\n";
      else if (name === "w:noBreakHyphen") current.text += "-";
      else if (value === undefined) return;
      else if (name === "w:pStyle") current.style = value;
      else if (name === "w:numId") current.number = { ...current.number, list: value };
      else if (name === "w:ilvl") current.number = { ...current.number, level: Number(value) };
    },
    text: (text) => {
      const current = open.at(-1);
      if (inText && current) current.text += text;
    },
    close: ({ name, isSelfClosing }) => {
      if (name === "w:t") inText = false;
      if (UNSEEN.has(name)) unseen--;
      else if (unseen === 0 && name === "w:p" && !isSelfClosing) {
        const current = open.pop();
        if (!current) return;
        const { list, level } = { ...inherited(styles, current.style), ...current.number };
        const shown = list !== undefined && current.text.trim() !== "" ? label(list, level ?? 0) : "";
        paragraphs.push(shown + current.text);
      }
    },
  });
  return paragraphs;
};
