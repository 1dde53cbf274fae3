import { xmlText } from "./cell-text.ts";

/** The small files of a workbook beside its sheets (ECMA-376 part 1). */

export type Written = {
  readonly name: string;
  /** `$A$1:$T$50001`, or null without rows. */ readonly filtered: string | null;
};

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const typed = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Excel's rules for the name of a sheet: 31 signs, none of []:*?/\, no quote at an end, each once, "History" taken. */
export const sheetName = (wanted: string, taken: readonly string[]): string => {
  const has = new Set(["history", ...taken.map((one) => one.toLowerCase())]);
  const clean = wanted
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[[\]:*?/\\\0-\x1f\x7f\ufffe\uffff]+/g, " ")
    .replaceAll("'", "’")
    .trim();
  const base = clean === "" ? "Sheet" : clean;
  for (let turn = 1; ; turn += 1) {
    const end = turn === 1 ? "" : ` (${turn})`;
    // A character in two units is kept whole or left out.
    const name =
      base
        .slice(0, 31 - end.length)
        .replace(/[\ud800-\udbff]$/, "")
        .trimEnd() + end;
    if (!has.has(name.toLowerCase())) return name;
  }
};

const sheetNumbers = (sheets: readonly Written[]) => sheets.map((_, place) => place + 1);

export const contentTypes = (sheets: readonly Written[]): string =>
  `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typed}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${typed}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${sheetNumbers(
    sheets,
  )
    .map(
      (number) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${typed}.worksheet+xml"/>`,
    )
    .join("")}</Types>`;

export const rootRelations = `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${packaged}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

export const workbookRelations = (sheets: readonly Written[]): string =>
  `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/>${sheetNumbers(
    sheets,
  )
    .map(
      (number) =>
        `<Relationship Id="sheet${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join("")}</Relationships>`;

const quoted = (name: string): string => `'${xmlText(name.replaceAll("'", "''"))}'`;

/** The header repeats on every printed sheet of paper; the filter's range has the name that Excel gives it. */
export const workbookXml = (sheets: readonly Written[]): string => {
  const names = sheets.map(
    ({ name, filtered }, place) =>
      (filtered === null
        ? ""
        : `<definedName name="_xlnm._FilterDatabase" localSheetId="${place}" hidden="1">${quoted(name)}!${filtered}</definedName>`) +
      `<definedName name="_xlnm.Print_Titles" localSheetId="${place}">${quoted(name)}!$1:$1</definedName>`,
  );
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="0"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000"/></bookViews><sheets>${sheets
    .map(
      ({ name }, place) => `<sheet name="${xmlText(name)}" sheetId="${place + 1}" r:id="sheet${place + 1}"/>`,
    )
    .join("")}</sheets><definedNames>${names.join("")}</definedNames></workbook>`;
};

export const coreProperties = (title: string, author: string, at: Date): string => {
  const when = `${at.toISOString().slice(0, 19)}Z`;
  return `${head}<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${property(title)}</dc:title><dc:creator>${property(author)}</dc:creator><cp:lastModifiedBy>${property(author)}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${when}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${when}</dcterms:modified></cp:coreProperties>`;
};

const property = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  xmlText(text.toWellFormed().replaceAll(/[\0-\x1f\ufffe\uffff]/g, " "));
