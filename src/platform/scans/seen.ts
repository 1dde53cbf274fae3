import type { ScanPage } from "../../core/document/scan.ts";
import type { Looked } from "./looks.ts";

/** What stands on one page of the file: each square once, or one page without a code. */
export const seenPages = (page: number, { codes, red }: Looked): readonly ScanPage[] => {
  const unlike = codes.filter(
    (one, index) =>
      codes.findIndex(
        (other) => other.code === one.code && other.kind === one.kind && other.page === one.page,
      ) === index,
  );
  if (unlike.length === 0) return [{ page, code: null, kind: null, number: null, of: null, by: null, red }];
  return unlike.map(({ code, kind, page: number }) => ({
    page,
    code,
    kind,
    number,
    of: null,
    by: "square",
    red,
  }));
};
