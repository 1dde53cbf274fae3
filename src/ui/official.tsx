import type { ComponentChildren } from "preact";
import type { Place } from "./place.ts";

/** `lang` for the guide's own words: they stay Chinese on English pages, and say so to readers. */
export const officialLang = (place: Pick<Place, "language">): string | undefined =>
  place.language === "zh" ? undefined : "zh-CN";

/** The guide's own words. */
export const Official = ({ place, children }: { place: Place; children: ComponentChildren }) => (
  <span lang={officialLang(place)}>{children}</span>
);
