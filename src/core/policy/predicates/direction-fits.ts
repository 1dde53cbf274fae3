import { z } from "zod";
import { holds, predicate, unknown } from "./predicate.ts";
import { text } from "../words.ts";
import { leaves } from "../programme.ts";

/**
 * Title and abstract are not far from the text of the direction chosen. Short texts are no evidence: nothing is said below `characters`.
 * It holds while the direction ranks among the first `rank`.
 */
export const directionFits = predicate(
  z.strictObject({
    characters: z.int().positive(),
    rank: z.int().positive(),
  }),
  ["direction", "best"],
  (settings) =>
    ({ application, leaf, programme, fitOf }) => {
      const words = `${application.title ?? ""} ${application.abstract ?? ""}`.trim();
      if (fitOf === undefined || leaf === undefined || words.length < settings.characters) return unknown;
      const fit = fitOf(words, leaf.code, settings.rank);
      if (fit === null) return unknown;
      if (fit.rank <= settings.rank) return holds;
      const all = programme.categories.flatMap((category) => category.fields).flatMap(leaves);
      const best = all.find((one) => one.code === fit.best)?.title ?? fit.best;
      return [{ facts: { direction: text(leaf.title), best: text(best) } }];
    },
);
