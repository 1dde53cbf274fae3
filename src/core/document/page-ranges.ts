import type { Bilingual } from "../policy/words.ts";

/** 第 3、7–9 页; Pages 3, 7–9. Numbers from 1, in any order. */
export const pageRanges = (pages: readonly number[]): Bilingual => {
  const sorted = [...new Set(pages)].toSorted((a, b) => a - b);
  const spans: [number, number][] = [];
  for (const page of sorted) {
    const last = spans.at(-1);
    if (last?.[1] === page - 1) last[1] = page;
    else spans.push([page, page]);
  }
  const texts = spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return {
    zh: `第 ${texts.join("、")} 页`,
    en: `${sorted.length === 1 ? "Page" : "Pages"} ${texts.join(", ")}`,
  };
};
