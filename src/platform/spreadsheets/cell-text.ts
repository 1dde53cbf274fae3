/**
 * What a text becomes in a cell. It stays text three times over: the cell is an inline string (no formula can stand in it), its style
 * carries the quote prefix (editing it does not evaluate it), and a text that begins like a formula has an invisible mark before it, so that
 * neither a CSV saved from the workbook nor a cell copied into another is read as one. The mark is zero width: the eye sees what was written.
 */

/** Zero width space: before a text that begins like a formula. */
export const guard = "\u200b";

/** Of what is left to the eye: a sign that spreadsheets read as a formula, full-width ones too, or a control character, perhaps after blanks. */
const risky = /^(?:\u200b|[\s\p{Cf}]*[\t\r\n\0=+\-@＝＋－＠﹢﹣﹦﹫])/u;

export const isRisky = (text: string): boolean => risky.test(text);

/** A text of a cell as it was before `fitted`, but for what that replaced. For reading a workbook of ours again. */
export const unguarded = (text: string): string => (text.startsWith(guard) ? text.slice(guard.length) : text);

/** UTF-16 code units that a cell holds (Excel's limit). */
export const cellLimit = 32_767;

export type Fitted = {
  readonly text: string;
  readonly guarded: boolean;
  readonly cut: boolean;
  /** Control characters were made visible, or half characters replaced. */
  readonly replaced: boolean;
};

/** Line ends as a cell has them; control characters that XML cannot hold as their pictures (NUL as ␀); lone surrogates as �; cut at the limit. */
export const fitted = (text: string): Fitted => {
  const guarded = isRisky(text);
  if (!guarded && text.length <= cellLimit && !unusual.test(text) && text.isWellFormed())
    return { text, guarded, cut: false, replaced: false };
  const lines = text.replaceAll(/\r\n?/g, "\n");
  const shown = lines.toWellFormed().replaceAll(hidden, picture);
  const whole = (guarded ? guard : "") + shown;
  const cut = whole.length > cellLimit;
  return { text: cut ? cutOff(whole) : whole, guarded, cut, replaced: shown !== lines };
};

/** For the inside of `<t xml:space="preserve">`. `_x0041_` would be read as `A`: its first sign is escaped (ECMA-376, ST_Xstring). */
export const xmlText = (text: string): string =>
  special.test(text)
    ? text
        .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
        .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    : text;

const special = /[&<>"]|_x/;
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// oxlint-disable-next-line no-control-regex
const unusual = /[\0-\x08\x0b-\x1f\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex
const hidden = /[\0-\x08\x0b-\x1f\ufffe\uffff]/g;
const picture = (sign: string): string =>
  sign < " " ? String.fromCharCode(0x24_00 + sign.charCodeAt(0)) : "\ufffd";

const cutOff = (text: string): string => {
  const length = Array.from(text).length;
  const mark = `…〔已截断，原文 ${length} 字 · cut, ${length} characters〕`;
  return text.slice(0, cellLimit - mark.length).toWellFormed() + mark;
};
