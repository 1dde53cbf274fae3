import { z } from "zod";
import { type Fault, predicate } from "./predicate.ts";
import { path } from "./settings.ts";
import { listReader, reader } from "./values.ts";
import { text } from "../words.ts";

/** None of the words stands in the texts; `list` with `keys` looks into every item. One fault for each text that has some. */
export const withoutWords = predicate(
  z.strictObject({
    paths: z.array(path).default([]),
    list: path.optional(),
    keys: z.array(path).default([]),
    words: z.array(z.string().min(1)).min(1),
    except: z.array(z.string().min(1)).default([]),
  }),
  ["words"],
  (settings) => {
    const texts = settings.paths.map((one) => ({ path: one, read: reader(one) }));
    const list = settings.list === undefined ? undefined : listReader(settings.list);
    const keys = settings.keys.map((key) => ({ key, read: reader(key) }));
    const found = (value: unknown) => {
      if (typeof value !== "string") return [];
      let rest = value;
      for (const phrase of settings.except) if (rest.includes(phrase)) rest = rest.replaceAll(phrase, " ");
      return settings.words.filter((word) => rest.includes(word));
    };
    return ({ application }) => {
      const faults: Fault[] = [];
      const look = (value: unknown, at: string) => {
        const hits = found(value);
        if (hits.length > 0)
          faults.push({ path: at, facts: { words: text({ zh: hits.join("、"), en: hits.join(", ") }) } });
      };
      for (const one of texts) look(one.read(application), one.path);
      for (const [index, item] of (list?.(application) ?? []).entries())
        for (const { key, read } of keys) look(read(item), `${settings.list}[${index}].${key}`);
      return faults;
    };
  },
);
