import type { DocumentKind } from "./kind.ts";

/** What a scan shows. The same shape is kept for a file, so that it is opened once. */

/**
 * One paper that was seen on one page of a file. `page`: its place in the file, from 1; two papers scanned side by side share it.
 * `code` without dashes; `number` and `of`: page of the paper and how many it has, where they could be read.
 */
export type ScanPage = {
  readonly page: number;
  readonly code: string | null;
  readonly kind: DocumentKind | null;
  readonly number: number | null;
  readonly of: number | null;
  /** `recognised`: text laid over a picture by a scanner's program, which mistakes letters. */
  readonly by: "text" | "square" | "recognised" | null;
  /** Red in one compact spot, in thousandths of the page; 0 where there is none. A hint for the eye, never a ground. */
  readonly red: number;
};

export const scanFaults = [
  "encrypted",
  "damaged",
  "empty",
  "too-many-pages",
  "too-large",
  "slow",
  "heavy",
] as const;
export type ScanFault = (typeof scanFaults)[number];

export type ScanReading =
  | {
      readonly pages: readonly ScanPage[];
      /** It carries programs or files inside; they are never run. */
      readonly active: boolean;
    }
  | { readonly fault: ScanFault };

export const mostPages = 200;
/** Pixels of one picture: an A3 sheet at 450 dpi. */
export const mostPixels = 60_000_000;

/** A seal was probably seen: a ring of ink, not a speck and not a heading in red. */
export const showsSeal = ({ red }: Pick<ScanPage, "red">): boolean => red >= 0.4;
