import { encode } from "uqr";
import type { DocumentKind } from "../../core/document/kind.ts";
import { pageCodeText } from "../../core/document/page-code.ts";

/** The square codes of the pages `from` to `to` of one paper, as SVG, by page. */
export const squaresOf = function* (
  { code, kind }: { readonly code: string; readonly kind: DocumentKind },
  from: number,
  to: number,
): Generator<readonly [page: number, svg: string]> {
  // The mask that suits one page suits its neighbours, and trying all eight on every page takes longer than drawing the paper.
  let maskPattern = -1;
  for (let page = from; page <= to; page += 1) {
    const text = pageCodeText({ code, kind, page });
    const square = encode(text, { border: 0, ecc: "M", maskPattern });
    ({ maskPattern } = square);
    yield [page, svgOf(square.data)];
  }
};

const svgOf = (rows: readonly (readonly boolean[])[]): string => {
  let path = "";
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x += 1;
      path += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`;
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rows.length} ${rows.length}"><path fill="#000" d="${path}"/></svg>`;
};
