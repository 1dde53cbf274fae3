import type { DocumentKind } from "../../core/document/kind.ts";

/** One paper to draw. `template`: path below `policies/`; `data`: JSON that the template reads as `/data.json`; `at`: milliseconds since 1970 UTC, written into the PDF. */
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

/** `html` holds the document's body. */
export type TypstAnswer = { readonly bytes: Uint8Array; readonly pages: number } | { readonly html: string };
