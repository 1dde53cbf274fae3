import type { Place } from "./place.ts";

/** Names of the symbols in `icons.svg`. */
export type IconName =
  | "must"
  | "ask"
  | "ok"
  | "info"
  | "search"
  | "print"
  | "go"
  | "gear"
  | "person"
  | "pen"
  | "horn"
  | "cal";

/** A picture beside a word; the word carries the meaning, so the picture is hidden from readers. */
export const Icon = ({ place, name }: { place: Pick<Place, "assets">; name: IconName }) => (
  <svg class="zn-icon" aria-hidden="true" focusable="false">
    <use href={`${place.assets.icons}#i-${name}`} />
  </svg>
);
