import { z } from "zod";
import { predicate, unknown } from "./predicate.ts";
import { path } from "./settings.ts";
import { isBlank, listReader, reader } from "./values.ts";
import { bilingual, count, text } from "../words.ts";

/** Every item of a list has the keys filled; one fault for each gap. */
export const eachFilled = predicate(
  z.strictObject({ list: path, keys: z.array(z.strictObject({ key: path, title: bilingual })).min(1) }),
  ["item", "number"],
  (settings) => {
    const list = listReader(settings.list);
    const keys = settings.keys.map((one) => ({ ...one, read: reader(one.key), fact: text(one.title) }));
    return ({ application }) => {
      const items = list(application);
      if (items === undefined || items.length === 0) return unknown;
      const faults = [];
      for (const [index, item] of items.entries())
        for (const one of keys)
          if (isBlank(one.read(item)))
            faults.push({
              path: `${settings.list}[${index}].${one.key}`,
              facts: { item: one.fact, number: count(index + 1) },
            });
      return faults;
    };
  },
);
