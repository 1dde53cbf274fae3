import type { PageCode } from "../../core/document/page-code.ts";
import { redSpot } from "./red.ts";
import { type Picture, squaresOn } from "./squares.ts";

/** Draws a page so that its longer side has about this many pixels. */
export type Draw = (longest: number) => Promise<Picture>;

/** Longest side in pixels, one look after the other: 110, 190 and 300 dpi on A4. */
const sizes = [1_300, 2_200, 3_500] as const;

export type Looked = { readonly codes: readonly PageCode[]; readonly red: number };

/** First at a modest size; again and larger only where nothing was read and there is time. */
export const lookAt = async (draw: Draw, hasTime: () => boolean): Promise<Looked> => {
  let red = 0;
  for (const [index, size] of sizes.entries()) {
    if (index > 0 && !hasTime()) break;
    const picture = await draw(size);
    if (index === 0) red = redSpot(picture);
    const codes = await squaresOn(picture, index > 0);
    if (codes.length > 0) return { codes, red };
  }
  return { codes: [], red };
};
