/** Looks of cells, by their place in `cellXfs` below. */
export const looks = {
  plain: 0,
  header: 1,
  text: 2,
  quoted: 3,
  number: 4,
  money: 5,
  yuan: 6,
  date: 7,
  instant: 8,
  label: 9,
  quotedPlain: 10,
  numberHeader: 11,
} as const;
export type Look = keyof typeof looks;

const shown = (numFmt: number, horizontal: string, more = ""): string =>
  `<xf numFmtId="${numFmt}" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"${more}><alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`;

/**
 * 等线 where the reader has it (Office, WPS); fallbacks are the reader's. Format 49 is "text": what is typed over a cell stays text.
 * Beyond 255 characters old Excel shows ### in that format, so long texts have the general one.
 */
export const stylesXml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="5"><numFmt numFmtId="164" formatCode="#,##0.00####_)"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="167" formatCode="#,##0.00_)"/><numFmt numFmtId="168" formatCode="General_)"/></numFmts><fonts count="2"><font><sz val="11"/><color rgb="FF16202C"/><name val="等线"/><family val="2"/><charset val="134"/></font><font><b/><sz val="11"/><color rgb="FF16202C"/><name val="等线"/><family val="2"/><charset val="134"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEAF0F6"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FFD5DCE4"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="12"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>${shown(49, "left")}${shown(49, "left", ' quotePrefix="1"')}${shown(168, "right")}${shown(164, "right")}${shown(167, "right")}${shown(165, "left")}${shown(166, "left")}<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>${shown(0, "left", ' quotePrefix="1"')}<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="right" vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
