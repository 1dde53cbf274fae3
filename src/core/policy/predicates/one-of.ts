import { z } from "zod";
import { holds, predicate, unknown } from "./predicate.ts";
import { path } from "./settings.ts";
import { reader } from "./values.ts";

/** The value at `path` is one of `values` (`null` stands for an empty answer). */
export const oneOf = predicate(
  z.strictObject({ path, values: z.array(z.union([z.string(), z.boolean(), z.null()])).min(1) }),
  [],
  (settings) => {
    const read = reader(settings.path);
    const values: readonly unknown[] = settings.values;
    return ({ application, stage }) => {
      const value = read(application);
      if (value === undefined && stage === "draft") return unknown;
      return values.includes(value ?? null) ? holds : [{}];
    };
  },
);
