import { readXml } from "../guide-files/word-parts.ts";

/** Paragraph styles by their id: the name as people see it, and how deep a heading of the style is. */
export type Styles = ReadonlyMap<string, { readonly name: string; readonly level: number | null }>;

type Raw = { name: string; basedOn: string | null; outline: number | null };

const mostBases = 12;

/** `heading 2`, `标题 2`: the names of Word, WPS and LibreOffice. */
const levelByName = (name: string): number | null => {
  const [, digit] = /^(?:heading|标题) ?([1-9])$/.exec(name) ?? [];
  return digit === undefined ? null : Number(digit);
};

/** `w:outlineLvl` counts from 0; 9 is running text. */
export const levelOf = (value: string | undefined): number | null =>
  value !== undefined && /^[0-8]$/.test(value) ? Number(value) + 1 : null;

export const stylesOf = (xml: Uint8Array): Styles => {
  const raw = new Map<string, Raw>();
  let current: Raw | null = null;
  readXml(xml, {
    open: ({ name, attributes }) => {
      const value = attributes["w:val"];
      if (name === "w:style") {
        current = { name: "", basedOn: null, outline: null };
        raw.set(attributes["w:styleId"] ?? "", current);
      } else if (current === null || value === undefined) return;
      else if (name === "w:name") current.name = value.toLowerCase();
      else if (name === "w:basedOn") current.basedOn = value;
      else if (name === "w:outlineLvl") current.outline = levelOf(value);
    },
    close: ({ name }) => {
      if (name === "w:style") current = null;
    },
  });
  const levelFor = (id: string, depth = 0): number | null => {
    const style = raw.get(id);
    if (style === undefined || depth > mostBases) return null;
    return (
      levelByName(style.name) ??
      style.outline ??
      (style.basedOn === null ? null : levelFor(style.basedOn, depth + 1))
    );
  };
  return new Map([...raw].map(([id, { name }]) => [id, { name, level: levelFor(id) }]));
};
