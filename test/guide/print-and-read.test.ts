import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { walk } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse.ts";
import { clauses, print, setting, STYLES } from "./printing.ts";

const RUNS = Number(process.env["GUIDE_RUNS"] ?? 60);

describe("a printed tree is read back", () => {
  test.each(Object.keys(STYLES))("%s", (style) => {
    fc.assert(
      fc.property(clauses(style === "decimal" ? 2 : 3, style === "decimal"), setting, (tree, set) => {
        const { source, rows } = print(tree, STYLES[style]!, set);
        const read = Array.from(walk(parseGuide(source).nodes), ({ id, marker, heading, text }) => ({
          id,
          marker,
          heading,
          text: text.replace(/\s/g, ""),
        }));
        expect(read).toEqual(rows);
      }),
      { numRuns: RUNS, seed: 20240530 },
    );
  });
});
