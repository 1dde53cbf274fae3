import { z } from "zod";
import { isDraft, predicate, unknown } from "./predicate.ts";
import { count, text } from "../words.ts";

/** Units in which people count characters. */
const factors: Readonly<Record<string, number>> = { 千: 1_000, 千字: 1_000, 万: 10_000, 万字: 10_000 };

/** The indicator of this code promises at least `least` (and, where given, at most `most`), as a lower bound or exactly. */
export const indicatorPromises = predicate(
  z.strictObject({ code: z.string(), least: z.number(), most: z.number().optional() }),
  ["value", "least", "most"],
  (settings) => (situation) => {
    const { indicators } = situation.application;
    if (indicators === undefined && isDraft(situation)) return unknown;
    const index = (indicators ?? []).findIndex((one) => one.code === settings.code);
    const indicator = indicators?.[index];
    const limits = { least: count(settings.least), most: count(settings.most ?? settings.least) };
    if (indicator === undefined)
      return isDraft(situation)
        ? unknown
        : [{ facts: { value: text({ zh: "未填写", en: "nothing" }), ...limits } }];
    const { target, comparator, unit } = indicator;
    // A target left empty is found by the rule that every indicator is complete.
    if (target === undefined || target === null) return unknown;
    const promised = target * (factors[(unit ?? "").trim()] ?? 1);
    if (comparator !== "<=" && promised >= settings.least && promised <= (settings.most ?? Infinity))
      return [];
    const value =
      comparator === "<=" ? text({ zh: `不超过 ${promised}`, en: `at most ${promised}` }) : count(promised);
    return [{ path: `indicators[${index}].target`, facts: { value, ...limits } }];
  },
);
