import { bareCode } from "../../core/document/page-code.ts";

/** What is printed at the foot of a page, from the text of a PDF. */
export type Foot = {
  readonly code: string | null;
  readonly number: number | null;
  readonly of: number | null;
};

export type TextPiece = {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly transform: readonly number[];
};

/** Part of the page's height in which the foot stands; the body may speak of other codes. */
const footPart = 0.17;

/** `view`: the page's box, left, bottom, right, top. */
export const footOf = (pieces: readonly TextPiece[], view: readonly number[]): Foot => {
  const [, bottom = 0, , top = 0] = view;
  const text = pieces
    .filter(({ transform }) => (Number(transform[5]) - bottom) / (top - bottom) < footPart)
    .map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str))
    .join("")
    .normalize("NFKC");
  const code =
    /\p{Script=Han}(?:码|编号)\s*([0-9A-Z]{2,}(?:\s?-\s?[0-9A-Z]{2,}){1,5})/u.exec(text)?.[1] ?? null;
  const [, number, of] =
    /第\s*(\d{1,4})\s*[页⻚]\s*共\s*(\d{1,4})\s*[页⻚]/.exec(text) ??
    /—\s*(\d{1,4})\s*(?:\/\s*(\d{1,4})\s*)?—/.exec(text) ??
    [];
  return {
    code: code === null ? null : bareCode(code),
    number: number === undefined ? null : Number(number),
    of: of === undefined ? null : Number(of),
  };
};
