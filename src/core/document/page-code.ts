import { documentKindOf, type DocumentKind, documentKinds } from "./kind.ts";

/** What stands in the square code of one page: which version, which paper, which page (from 1). */
export type PageCode = { readonly code: string; readonly kind: DocumentKind; readonly page: number };

/** `ZN1/<code>/<mark>/<page>`: capitals, digits and `/` only, which a square code holds in its dense mode. */
export const pageCodeText = ({ code, kind, page }: PageCode): string =>
  `ZN1/${bareCode(code)}/${documentKinds[kind].mark}/${page}`;

/** Reads what a camera saw; null for any other code on the page. `code` comes without its dashes. */
export const readPageCode = (text: string): PageCode | null => {
  const [, code, mark, page] =
    /^ZN1\/([0-9A-Z]{6,40})\/([A-Z]{2})\/([1-9][0-9]{0,3})$/.exec(text.trim()) ?? [];
  const kind = mark === undefined ? null : documentKindOf(mark);
  return code === undefined || kind === null ? null : { code, kind, page: Number(page) };
};

/** Case, spaces and the kind of dash do not matter where a code is typed from paper. */
export const bareCode = (code: string): string => code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
