import type { Place } from "./place.ts";

/** Of the query of a page: where one is in it and what was just done, not what it shows. */
const passing = ["cursor", "before", "limit", "done", "saved", "select", "count", "shared"];

/** Takes the list of this page away as a workbook: the same address and filters, every row. */
export const ExportLink = ({ place, path }: { place: Place; path: string }) => {
  const query = new URLSearchParams(place.search);
  for (const name of passing) query.delete(name);
  const search = query.size === 0 ? "" : `?${query}`;
  return (
    <a
      class="govuk-button govuk-button--secondary zn-button--s zn-noprint"
      href={`${place.home}${path}/export.xlsx${search}`}
    >
      {place.language === "zh" ? "导出 Excel" : "Export to Excel"}
    </a>
  );
};
