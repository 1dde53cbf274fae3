import { z } from "zod";
import { predicate } from "./predicate.ts";
import { path } from "./settings.ts";
import { isBlank, reader } from "./values.ts";
import { bilingual, text } from "../words.ts";

/** Every path has an answer; one fault for each that has none. */
export const filled = predicate(
  z.strictObject({ paths: z.array(z.strictObject({ path, title: bilingual })).min(1) }),
  ["item"],
  (settings) => {
    const wanted = settings.paths.map((one) => ({ ...one, read: reader(one.path), fact: text(one.title) }));
    return ({ application }) => {
      const faults = [];
      for (const one of wanted) {
        const value = one.read(application);
        if (isBlank(value)) faults.push({ path: one.path, facts: { item: one.fact } });
      }
      return faults;
    };
  },
);
