import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { check } from "recheck";
import { describe, expect, it } from "vitest";
import { loadPolicy } from "../src/platform/policies.ts";

const root = path.resolve(import.meta.dirname, "..");
/** A comment may cite a clause or show a format; what runs may not know them. */
const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(?<=^|\s)\/\/.*$/gm, "");

const sources = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(tsx?|scss)$/.test(name))
  .map((name) => ({ name, text: withoutComments(readFileSync(path.join(root, "src", name), "utf8")) }));
const policy = await loadPolicy("dalian-2024");

const standsIn = (words: readonly string[]): readonly string[] =>
  sources.flatMap(({ name, text }) =>
    words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`),
  );

describe("what belongs to a guide does not stand in the code", () => {
  const { programme, clauses } = policy;

  it("no name of the city, the fund or its units", () => {
    const names = ["大连", "Dalian", "dalian", "沪连", ...programme.quota.groups.map((one) => one.title.zh)];
    expect(standsIn([...names, ...programme.divisions.map((one) => one.title.zh)])).toEqual([]);
  });

  it("no clause number", () => {
    const quoted = clauses.flatMap(({ id }) => [
      `"${id}"`,
      `'${id}'`,
      `\`${id}\``,
      `${id}:`,
      `（${id}）`,
      `(${id})`,
    ]);
    const marked = clauses.map(({ node }) => node).filter((node) => node.includes("/"));
    expect(standsIn([...quoted, ...marked])).toEqual([]);
  });

  it("no code of a category, field, direction or quota group", () => {
    const fields = programme.categories.flatMap((one) => one.fields);
    const codes = [
      ...programme.categories.map((one) => one.code),
      ...fields.map((one) => one.code),
      ...fields.flatMap((one) => one.directions).map((one) => one.code),
      ...programme.quota.groups.map((one) => one.id),
    ];
    expect(standsIn(codes.map((code) => `"${code}"`))).toEqual([]);
  });

  it("no date and no amount", () => {
    const dates = [
      "2024-05-30",
      "2024-06-30",
      "2024-07-05",
      "2025-01-01",
      "2025-12-31",
      "2026-12-31",
      "2027-12-31",
      "2029-12-31",
    ];
    const amounts = programme.categories.flatMap(({ ceiling: { amount } }) => [
      String(amount),
      String(amount).replace(/\B(?=(\d{3})+$)/g, "_"),
      `${amount / 1_000_000} 万元`,
    ]);
    const found = sources.flatMap(({ name, text }) =>
      [...dates, ...amounts]
        .filter((word) => new RegExp(`(?<![\\d_])${word}(?![\\d_])`).test(text))
        .map((word) => `${name}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

/** Regular expression literals, read as a person would: after an operator, a bracket or a comma. */
const literals = (text: string): readonly { source: string; flags: string }[] =>
  [
    ...text.matchAll(
      /(?:^|[=(,:[!&|?{};]|=>|return)\s*\/((?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?!\w)/gm,
    ),
  ]
    .map(([, source = "", flags = ""]) => ({ source, flags }))
    .filter(({ source }) => !source.includes("`"));

describe("regular expressions", () => {
  const found = sources
    .filter(({ name }) => /\.tsx?$/.test(name))
    .flatMap(({ name, text }) => literals(text).map(({ source, flags }) => ({ name, source, flags })));

  it("are found", () => expect(found.length).toBeGreaterThan(20));

  it("are never super-linear", async () => {
    const bad: string[] = [];
    for (const { name, source, flags } of found) {
      const result = await check(source, flags, { timeout: 20_000 });
      if (result.status !== "safe") bad.push(`${name}: /${source}/${flags} is ${result.status}`);
    }
    expect(bad).toEqual([]);
  }, 240_000);

  it("would be caught", async () => {
    const [one] = literals("const slow = /^(a+)+$/;");
    expect((await check(one?.source ?? "", one?.flags ?? "")).status).toBe("vulnerable");
  }, 60_000);
});
