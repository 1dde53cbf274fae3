import { z } from "zod";

/** Pieces of settings that several predicates share. */
export const none = z.strictObject({});
export const path = z.string().min(1);
export const where = z.record(
  z.string(),
  z.union([
    z.string(),
    z.array(z.string()),
    z.strictObject({ not: z.string() }),
    z.strictObject({ blank: z.boolean() }),
    z.strictObject({ prefixes: z.array(z.string()) }),
  ]),
);
