import { z } from "zod";
import { holds, isDraft, predicate, unknown } from "./predicate.ts";
import { path } from "./settings.ts";
import { reader } from "./values.ts";
import { count, text } from "../words.ts";

/** The number at `path` lies between `least` and `most`, both included; an empty answer does not. */
export const numberWithin = predicate(
  z.strictObject({ path, least: z.number().optional(), most: z.number().optional() }),
  ["value", "least", "most"],
  (settings) => {
    const read = reader(settings.path);
    return (situation) => {
      const value = read(situation.application);
      const missing = typeof value !== "number";
      if (missing && isDraft(situation)) return unknown;
      if (!missing && value >= (settings.least ?? -Infinity) && value <= (settings.most ?? Infinity))
        return holds;
      return [
        {
          facts: {
            value: missing ? text({ zh: "未填写", en: "nothing" }) : count(value),
            least: count(settings.least ?? 0),
            most: count(settings.most ?? 0),
          },
        },
      ];
    };
  },
);
