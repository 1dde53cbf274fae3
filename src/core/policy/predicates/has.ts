import { z } from "zod";
import { holds, isDraft, predicate, unknown } from "./predicate.ts";
import { path, where } from "./settings.ts";
import { listReader, matcher, reader } from "./values.ts";

/** At least one item of a list (or one word of a list of words) matches. */
export const has = predicate(
  z.union([
    z.strictObject({ list: path, where: where.default({}) }),
    z.strictObject({ list: path, value: z.string() }),
  ]),
  [],
  (settings) => {
    const list = listReader(settings.list);
    const words = reader(settings.list);
    const matches = "value" in settings ? undefined : matcher(settings.where);
    return (situation) => {
      const items = list(situation.application);
      if (items === undefined && isDraft(situation)) return unknown;
      const found =
        matches === undefined
          ? ((words(situation.application) as readonly unknown[] | undefined) ?? []).includes(
              (settings as { value: string }).value,
            )
          : (items ?? []).some(matches);
      return found ? holds : [{}];
    };
  },
);
