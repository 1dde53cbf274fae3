import { numberer } from "../../core/guide/word-numbering.ts";
import { inherited, numberingOf, styleNumbersOf } from "../guide-files/word-lists.ts";
import { readXml, unpack } from "../guide-files/word-parts.ts";
import type { WordText } from "../word-text.ts";
import { bodyOf } from "./body.ts";
import { type Styles, stylesOf } from "./styles.ts";

const part = {
  document: "word/document.xml",
  numbering: "word/numbering.xml",
  styles: "word/styles.xml",
  properties: "docProps/custom.xml",
} as const;

const propertiesOf = (xml: Uint8Array): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  let name: string | null = null;
  readXml(xml, {
    open: (tag) => {
      if (tag.name === "property") name = tag.attributes["name"] ?? null;
    },
    text: (text) => {
      if (name !== null && text.trim() !== "") found[name] = (found[name] ?? "") + text.trim();
    },
    close: (tag) => {
      if (tag.name === "property") name = null;
    },
  });
  return found;
};

/** Throws where the bytes are no Word document that can be read. */
export const readWordText = (bytes: Uint8Array): WordText => {
  const parts = unpack(bytes, Object.values(part));
  const document = parts.get(part.document);
  if (document === undefined) throw new RangeError("no document inside");
  const [numbering, styles, properties] = [part.numbering, part.styles, part.properties].map((one) =>
    parts.get(one),
  );
  const named: Styles = styles === undefined ? new Map() : stylesOf(styles);
  const numbers = styles === undefined ? new Map() : styleNumbersOf(styles);
  const label = numberer(numbering === undefined ? new Map() : numberingOf(numbering));
  return {
    ...bodyOf(document, named, (style, own, text) => {
      const { list, level } = { ...inherited(numbers, style), ...own };
      return list === undefined || text.trim() === "" ? "" : label(list, level ?? 0);
    }),
    properties: properties === undefined ? {} : propertiesOf(properties),
  };
};
