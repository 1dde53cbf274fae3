import type { NumberOf } from "../guide-files/word-lists.ts";
import { readXml } from "../guide-files/word-parts.ts";
import type { LeftOut, Revision, WordParagraph, WordText } from "../word-text.ts";
import { levelOf, type Styles } from "./styles.ts";

/** What the reader of the document does not see: copies for old versions, formatting of before. */
const unseen = new Set(["mc:Fallback", "w:pPrChange", "w:rPrChange", "w:sectPr"]);
/** Whose text is not taken over. */
const leftOut: Readonly<Record<string, LeftOut>> = {
  "w:tbl": "table",
  "w:drawing": "picture",
  "w:pict": "picture",
  "w:object": "object",
  "w:altChunk": "object",
  "m:oMath": "formula",
};
const revisions: Readonly<Record<string, Revision["kind"]>> = {
  "w:ins": "insertion",
  "w:moveTo": "move",
  "w:del": "deletion",
  "w:moveFrom": "move",
};
/** A mark on a row, a cell or a run's own look, not a stretch of text. */
const marksOnly = new Set(["w:rPr", "w:trPr", "w:tcPr", "w:tblPr", "w:numPr"]);
const longestQuote = 60;
const mostRevisions = 200;

type Label = (style: string, own: NumberOf, text: string) => string;
type Open = {
  text: string;
  style: string;
  level: number | null;
  number: NumberOf;
  bookmarks: string[];
  joinsNext: boolean;
};
const begun = (): Open => ({ text: "", style: "", level: null, number: {}, bookmarks: [], joinsNext: false });

/** Paragraphs of `document.xml` with every revision accepted. */
export const bodyOf = (
  xml: Uint8Array,
  styles: Styles,
  labelOf: Label,
): Pick<WordText, "paragraphs" | "left" | "revisions"> => {
  const paragraphs: WordParagraph[] = [];
  const left: { kind: LeftOut; at: number }[] = [];
  const revised: (Revision & { at: number })[] = [];
  const names: string[] = [];
  let hidden = 0;
  let skipped: { depth: number; kind: LeftOut } | null = null;
  let current: Open | null = null;
  let inText = false;
  let revision: { kind: Revision["kind"]; depth: number; gone: boolean; text: string } | null = null;
  let waiting: string[] = [];

  const note = (kind: LeftOut) => left.push({ kind, at: paragraphs.length - (current === null ? 1 : 0) });
  const tellRevision = (kind: Revision["kind"], text: string) => {
    if (revised.length < mostRevisions)
      revised.push({
        kind,
        text: text.slice(0, longestQuote),
        at: paragraphs.length - (current === null ? 1 : 0),
      });
  };
  const finish = (one: Open) => {
    const style = styles.get(one.style);
    paragraphs.push({
      text: one.text,
      label: labelOf(one.style, one.number, one.text),
      style: style?.name ?? "",
      level: one.level ?? style?.level ?? null,
      bookmarks: one.bookmarks,
    });
  };

  readXml(xml, {
    open: ({ name, attributes, isSelfClosing }) => {
      const parent = names.at(-1) ?? "";
      names.push(name);
      if (unseen.has(name)) hidden += 1;
      if (hidden > 0) return;
      if (skipped !== null) {
        // A drawing that holds words is a text box.
        if (name === "w:txbxContent" && skipped.kind === "picture") skipped.kind = "textBox";
        return;
      }
      const kind = leftOut[name];
      if (kind !== undefined) {
        skipped = { depth: names.length, kind };
        return;
      }
      const change = revisions[name];
      if (change !== undefined) {
        const gone = name === "w:del" || name === "w:moveFrom";
        if (marksOnly.has(parent)) {
          // The mark at the end of a paragraph was deleted: what follows joins it.
          if (parent === "w:rPr" && names.at(-3) === "w:pPr" && current !== null) {
            if (gone) current.joinsNext = true;
            tellRevision(change, "¶");
          }
        } else if (revision === null && !isSelfClosing)
          revision = { kind: change, depth: names.length, gone, text: "" };
        return;
      }
      const value = attributes["w:val"];
      if (name === "w:p") {
        current ??= begun();
        current.bookmarks.push(...waiting);
        waiting = [];
      } else if (name === "w:bookmarkStart") {
        const bookmark = attributes["w:name"];
        if (bookmark !== undefined) (current?.bookmarks ?? waiting).push(bookmark);
      } else if (name === "w:t" || name === "w:delText") inText = true;
      else if (name === "w:footnoteReference" || name === "w:endnoteReference") note("footnote");
      else if (name === "w:commentReference") note("comment");
      else if (current === null) return;
      else if (name === "w:tab" && parent === "w:r") say("\t");
      else if (
        (name === "w:br" && !["page", "column"].includes(attributes["w:type"] ?? "")) ||
        name === "w:cr"
      )
        say("\n");
      else if (name === "w:noBreakHyphen") say("-");
      else if (value === undefined) return;
      else if (name === "w:pStyle") current.style = value;
      else if (name === "w:outlineLvl" && parent === "w:pPr") current.level = levelOf(value);
      else if (name === "w:numId") current.number = { ...current.number, list: value };
      else if (name === "w:ilvl") current.number = { ...current.number, level: Number(value) || 0 };
    },
    text: (text) => {
      if (inText && hidden === 0 && skipped === null) say(text);
    },
    close: ({ name, isSelfClosing }) => {
      const depth = names.length;
      names.pop();
      if (unseen.has(name)) {
        hidden -= 1;
        return;
      }
      if (hidden > 0) return;
      if (skipped !== null) {
        if (skipped.depth === depth) {
          note(skipped.kind);
          skipped = null;
        }
        return;
      }
      if (revision !== null && revision.depth === depth) {
        if (revision.text !== "") tellRevision(revision.kind, revision.text);
        revision = null;
      } else if (name === "w:t" || name === "w:delText") inText = false;
      else if (name === "w:p" && current !== null) {
        if (current.joinsNext && !isSelfClosing) current.joinsNext = false;
        else {
          finish(current);
          current = null;
        }
      }
    },
  });
  if (current !== null) finish(current);
  return { paragraphs, left, revisions: revised };

  /** A word of the running text, or of a revision that takes it away. */
  function say(text: string) {
    if (revision !== null) revision.text += text;
    if (current !== null && revision?.gone !== true) current.text += text;
  }
};
