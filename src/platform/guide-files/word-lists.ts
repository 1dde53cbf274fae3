import type { NumberLevel, NumberList, Numbering } from "../../core/guide/word-numbering.ts";
import { readXml } from "./word-parts.ts";

/** Word's own limit of a list's number. */
const MOST_START = 32_767;

const startOf = (value: string): number => Math.min(Number(value) || 0, MOST_START);

/** numbering.xml: lists point at abstract lists, whose levels say how they count. */
export const numberingOf = (xml: Uint8Array): Numbering => {
  const abstract = new Map<string, (NumberLevel | undefined)[]>();
  const lists = new Map<string, NumberList>();
  let levels: (NumberLevel | undefined)[] = [];
  let level = 0;
  let list: string | undefined;
  const set = (change: Partial<NumberLevel>): void => {
    levels[level] = { format: "decimal", text: "", start: 1, ...levels[level], ...change };
  };
  readXml(xml, {
    open: ({ name, attributes }) => {
      const value = attributes["w:val"] ?? "";
      if (name === "w:abstractNum") abstract.set(attributes["w:abstractNumId"] ?? "", (levels = []));
      else if (name === "w:num") list = attributes["w:numId"];
      else if (name === "w:abstractNumId" && list !== undefined) {
        levels = [...(abstract.get(value) ?? [])];
        lists.set(list, { counter: `abstract ${value}`, levels });
      } else if (name === "w:lvl" || name === "w:lvlOverride")
        level = Math.min(Number(attributes["w:ilvl"] ?? 0), 8);
      else if (name === "w:startOverride" && list !== undefined) {
        set({ start: startOf(value) });
        // A list told to start anew counts for itself.
        lists.set(list, { counter: `list ${list}`, levels });
      } else if (name === "w:start") set({ start: startOf(value) });
      else if (name === "w:numFmt" && value !== "") set({ format: value });
      else if (name === "w:lvlText") set({ text: value });
    },
    close: ({ name }) => {
      if (name === "w:num") list = undefined;
    },
  });
  return lists;
};

export type NumberOf = { readonly list?: string; readonly level?: number };
type StyleNumber = NumberOf & { readonly basedOn?: string };
export type StyleNumbers = ReadonlyMap<string, StyleNumber>;

/** styles.xml: a paragraph style may number its paragraphs. */
export const styleNumbersOf = (xml: Uint8Array): StyleNumbers => {
  const styles = new Map<string, StyleNumber>();
  let id = "";
  readXml(xml, {
    open: ({ name, attributes }) => {
      const value = attributes["w:val"];
      const known = styles.get(id) ?? {};
      if (name === "w:style") id = attributes["w:styleId"] ?? "";
      else if (value === undefined) return;
      else if (name === "w:numId") styles.set(id, { ...known, list: value });
      else if (name === "w:ilvl") styles.set(id, { ...known, level: Number(value) });
      else if (name === "w:basedOn") styles.set(id, { ...known, basedOn: value });
    },
  });
  return styles;
};

/** The list and level of a style, or of the nearest style it is based on. */
export const inherited = (styles: StyleNumbers, style: string): NumberOf => {
  let known = styles.get(style);
  let list = known?.list;
  let level = known?.level;
  for (let depth = 0; known?.basedOn !== undefined && depth < 12; depth++) {
    known = styles.get(known.basedOn);
    list ??= known?.list;
    level ??= known?.level;
  }
  return { ...(list === undefined ? {} : { list }), ...(level === undefined ? {} : { level }) };
};
