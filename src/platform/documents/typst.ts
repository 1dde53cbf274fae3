import type { DocumentKind } from "../../core/document/kind.ts";

/** One paper to draw. `fonts`: files; `template`: path below `workspace`; `data`: JSON that the template reads as `/data.json`; `at`: milliseconds since 1970 UTC, written into the PDF. */
export type TypstOrder = {
  readonly as: "pdf" | "html";
  readonly workspace: string;
  readonly fonts: readonly string[];
  readonly template: string;
  readonly data: string;
  readonly at: number;
  /** The code for the squares on its pages; null where the paper has none. */
  readonly code: string | null;
  readonly kind: DocumentKind;
};

/** `html` holds the document's body; `unknown` the code points that no font draws and that stand in it as their numbers. */
export type TypstAnswer = { readonly unknown: readonly number[] } & (
  | { readonly bytes: Uint8Array; readonly pages: number }
  | { readonly html: string }
);
