import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charactersOf, cleanText } from "../../src/core/application/clean.ts";
import {
  applyChanges,
  changesSchema,
  type Changes,
  type Content,
  emptyContent,
} from "../../src/core/application/content.ts";
import { fieldsOf, readQuestions, type Units } from "../../src/core/application/entry.ts";
import { isOpened, placeOf } from "../../src/core/application/form-place.ts";
import { progressOf } from "../../src/core/application/progress.ts";
import { amountText, readAmount, readDate, readNumber } from "../../src/core/application/typed.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import { unitsOf } from "../../src/stages/application/form/units.ts";

const policy = await loadPolicy("dalian-2024");
const form = policy.forms.find((one) => one.categories.includes("APPLIED_BASIC"))!;
const paths = [...new Set(form.sections.flatMap((one) => one.questions.map(({ path }) => path)))];
const units: Units = { nameOf: (uscc) => uscc, codeOf: () => null };

describe("amounts", () => {
  it.each([
    ["30", 30_000_000],
    ["30.5万", 30_500_000],
    ["30万元", 30_000_000],
    ["300,000元", 30_000_000],
    ["３０．５", 30_500_000],
    ["￥３００，０００．０５元", 30_000_005],
    [" 1 2 ", 12_000_000],
    ["-5", -5_000_000],
    ["0", 0],
    ["12.345678", 12_345_678],
    ["", null],
    ["　", null],
  ])("%s is read", (typed, fen) => expect(readAmount(typed)).toBe(fen));

  it.each([
    "三十",
    "30左右",
    "1,2",
    "0.0000001",
    "1.005元",
    "1e9",
    "=30",
    "<b>3</b>",
    "🙂",
    "9".repeat(16),
    "30元万",
    "--3",
    "NaN",
  ])("%s is not guessed at", (typed) => expect(readAmount(typed)).toBeUndefined());

  it("come back from what is shown, to the fen", () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (fen) => {
        expect(readAmount(amountText(fen))).toBe(fen);
      }),
    ));
});

describe("numbers and dates", () => {
  it("are read as people write them", () => {
    expect(readNumber("35%", 0, 100)).toBe(35);
    expect(readNumber("1,000", -1e15, 1e15)).toBe(1000);
    expect(readNumber("１２", 0, 12)).toBe(12);
    for (const date of [
      "2027-12-31",
      "2027/12/31",
      "2027.12.31",
      "2027年12月31日",
      "20271231",
      "２０２７－１２－３１",
    ])
      expect([date, readDate(date)]).toEqual([date, "2027-12-31"]);
    expect(readDate("2027年3月1日")).toBe("2027-03-01");
  });
  it("out of bounds, off the calendar or in words are left unread", () => {
    for (const typed of ["101", "-1", "许多", "1..2", "1e1"])
      expect(readNumber(typed, 0, 100)).toBeUndefined();
    for (const typed of ["2027-02-29", "31-12-2027", "明年底", "2027-13-01", "20271"])
      expect(readDate(typed)).toBeUndefined();
  });
});

describe("text", () => {
  it("loses what no database holds and nothing else", () => {
    expect(cleanText("a\u0000b\u0007c\r\nd\re\tf")).toBe("abc\nd\ne\tf");
    expect(cleanText("\ud800x")).toBe("\ufffdx");
    for (const kept of ["=1+1", "<script>", "👨‍👩‍👧", "𠮷", "‏مرحبا", "@SUM(A1)"])
      expect(cleanText(kept)).toBe(kept);
  });
  it("is counted by code points", () => {
    expect(charactersOf("𠮷野家\r\n二")).toBe(4);
    expect(charactersOf("")).toBe(0);
  });
  it("is cleaned on every way in", () =>
    expect(changesSchema.parse({ title: "x\u0000", unread: { requestedGrant: "\u0001五" } })).toEqual({
      title: "x",
      unread: { requestedGrant: "五" },
    }));
});

// ---- any content goes through a form and back without a difference

const line = fc
  .string({ unit: "grapheme", maxLength: 30 })
  .map((one) => cleanText(one).replaceAll("\n", " ").trim());
const text = fc.string({ unit: "grapheme", maxLength: 60 }).map((one) => cleanText(one).trim());
const key = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const rows = <T>(row: fc.Arbitrary<T & { key: string }>) =>
  fc.uniqueArray(row, { selector: (one) => one.key, maxLength: 4 });
const fen = fc.option(fc.integer({ min: -1e9, max: 1e12 }));

const content: fc.Arbitrary<Content> = fc
  .record({
    title: line,
    abstract: text,
    extensionReason: text,
    keywords: fc.array(fc.stringMatching(/^[a-z锂硫电池]{1,6}$/), { maxLength: 7 }),
    periodEnd: fc.option(fc.constantFrom("2027-12-31", "2025-02-28")),
    requestedGrant: fen,
    sections: fc.record({ rationale: text, state: text }),
    declarations: fc.record({
      nonClassified: fc.option(fc.boolean()),
      intellectualPropertyClear: fc.option(fc.boolean()),
      ethics: fc.subarray(["NONE", "HUMAN", "ANIMAL", "DATA"] as const),
      commitment: fc.boolean(),
    }),
    partners: rows(
      fc.record({
        key,
        name: line.filter((one) => one !== ""),
        uscc: fc.constantFrom(null, "91210200MA0000000X"),
        type: fc.constantFrom(null, "ENTERPRISE" as const),
        region: fc.constantFrom(null, "310000"),
        countryOrRegion: fc.constantFrom("CN", "JP"),
        tasks: text,
        share: fen,
      }),
    ),
    lines: rows(
      fc.record({
        key,
        subject: fc.constantFrom("EQUIPMENT" as const, "LABOR" as const),
        source: fc.constantFrom(null, "CITY" as const, "SELF" as const),
        amount: fen,
        explanation: text,
      }),
    ),
    indicators: rows(
      fc.record({
        key,
        type: fc.constantFrom(null, "TECHNICAL" as const),
        code: fc.constant(null),
        name: text.filter((one) => one !== ""),
        comparator: fc.constantFrom(">=" as const, "=" as const),
        target: fc.option(fc.integer({ min: -1000, max: 1e6 }).map((one) => one / 100)),
        unit: line,
        verification: text,
      }),
    ),
    preferences: fc.subarray(policy.procedure.preferences.map(({ id }) => id)),
  })
  .map(({ lines, preferences, ...rest }) =>
    Object.assign({}, emptyContent, rest, {
      budget: { lines },
      preferences: preferences.map((claim) => ({ claim, evidence: `依据 ${claim}` })),
    }),
  );

const merged = (before: Content, changes: Changes): Content =>
  applyChanges(before, changesSchema.parse(changes), ({ identityNo: _number, ...member }, old) => ({
    ...member,
    identity: old?.identity ?? null,
  }));
const asForm = (of: Content, which: readonly string[]) => {
  const fields = new URLSearchParams();
  for (const path of which) {
    fields.append(`${path}.asked`, "1");
    for (const [name, value] of fieldsOf(of, path, units)) fields.append(name, value);
  }
  return fields;
};

describe("a form", () => {
  it("shows any content and reads it back without a difference", () =>
    fc.assert(
      fc.property(content, (one) => {
        expect(merged(emptyContent, readQuestions(asForm(one, paths), paths, emptyContent, units))).toEqual({
          ...one,
          sections: expect.objectContaining(one.sections) as unknown,
        });
      }),
    ));

  it("after any sequence of saves by section equals the content of the last save of each", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(content, fc.subarray(form.sections, { minLength: 1 })), { maxLength: 8 }),
        (saves) => {
          let kept = emptyContent;
          const last = new Map<string, Content>();
          for (const [one, sections] of saves) {
            const asked = sections.flatMap((section) => section.questions.map(({ path }) => path));
            kept = merged(kept, readQuestions(asForm(one, asked), asked, kept, units));
            for (const path of asked) last.set(path, one);
          }
          for (const [path, one] of last)
            expect(fieldsOf(kept, path, units)).toEqual(fieldsOf(one, path, units));
        },
      ),
      { numRuns: 60 },
    ));

  it("keeps what it cannot read, shows it again, and forgets it when it is corrected", () => {
    const fields = new URLSearchParams({ requestedGrant: "约三十万", periodEnd: "明年底" });
    const kept = merged(emptyContent, readQuestions(fields, paths, emptyContent, units));
    expect(kept.unread).toEqual({ requestedGrant: "约三十万", periodEnd: "明年底" });
    expect(fieldsOf(kept, "requestedGrant", units)).toEqual([["requestedGrant", "约三十万"]]);
    const corrected = merged(
      kept,
      readQuestions(new URLSearchParams({ requestedGrant: "30" }), paths, kept, units),
    );
    expect([corrected.unread, corrected.requestedGrant]).toEqual([{ periodEnd: "明年底" }, 30_000_000]);
  });

  it("drops blank rows, removes the row that is named, keeps the keys of the others and their unread amounts", () => {
    const fields = new URLSearchParams();
    for (const [row, amount] of [
      ["a", "1"],
      ["b", "很多"],
      ["c", ""],
      ["d", "4"],
    ] as const) {
      fields.append("budget.lines.row", row);
      fields.append(`budget.lines.${row}.amount`, amount);
    }
    const kept = merged(emptyContent, readQuestions(fields, ["budget.lines"], emptyContent, units, "d"));
    expect(kept.budget.lines.map((one) => [one.key, one.amount])).toEqual([
      ["a", 1_000_000],
      ["b", null],
    ]);
    expect(kept.unread).toEqual({ "budget.lines.b.amount": "很多" });
    const removed = merged(
      kept,
      readQuestions(asForm(kept, ["budget.lines"]), ["budget.lines"], kept, units, "b"),
    );
    expect([removed.budget.lines.map((one) => one.key), removed.unread]).toEqual([["a"], {}]);
  });

  it("leaves alone what a post does not mention", () => {
    const before = { ...emptyContent, title: "题", keywords: ["一"] };
    expect(merged(before, readQuestions(new URLSearchParams(), paths, before, units))).toEqual(before);
  });
});

describe("units", () => {
  const known = unitsOf([
    { uscc: "A".repeat(18), name: "示例理工大学", type: "UNIVERSITY", region: "210200" },
    { uscc: "B".repeat(18), name: "示例大学附属医院", type: "MEDICAL_INSTITUTION", region: "210200" },
    { uscc: "C".repeat(18), name: "同名单位", type: null, region: null },
    { uscc: "D".repeat(18), name: "同名单位", type: null, region: null },
  ]);
  it("are found by name or by a part that only one has, never guessed", () => {
    expect(known.codeOf("示例理工大学")).toBe("A".repeat(18));
    expect(known.codeOf(" 示例 理工大学")).toBe("A".repeat(18));
    expect(known.codeOf("附属医院")).toBe("B".repeat(18));
    expect([known.codeOf("示例"), known.codeOf("同名单位"), known.codeOf("没有")]).toEqual([
      null,
      null,
      null,
    ]);
    expect(known.like("示例")).toHaveLength(2);
  });
  it("of one name are told apart by their codes", () => {
    expect(known.nameOf("C".repeat(18))).toBe("C".repeat(18));
    expect(known.nameOf("A".repeat(18))).toBe("示例理工大学");
  });
});

describe("places on the form", () => {
  const full: Content = {
    ...emptyContent,
    budget: { lines: [{ key: "k1", subject: null, source: null, amount: null, explanation: "" }] },
  };
  it("every finding of the pack has one, but for the windows and the unit's own commitment", () => {
    const lost = policy.rules.filter(
      (rule) =>
        policy.forms.every((one) => placeOf(one, full, rule.path, rule.clauses[0]) === null) &&
        rule.path !== "at",
    );
    expect(lost.map((one) => one.id)).toEqual([]);
  });
  it("a cell is named by its row's key", () => {
    expect(placeOf(form, full, "budget.lines[0].explanation")).toMatchObject({
      section: "budget",
      field: "budget.lines.k1.explanation",
      row: 0,
    });
    expect(placeOf(form, full, "budget.lines.k1.amount")?.field).toBe("budget.lines.k1.amount");
    expect(placeOf(form, full, "budget.lines[9].amount")?.row).toBeNull();
  });
  it("the clause tells two places of one path apart", () => {
    expect(placeOf(form, full, "attachments", "G4.5d")?.section).toBe("partners");
    expect(placeOf(form, full, "attachments", "G4.15")?.section).toBe("files");
  });
  it("a correction opens the part that it names", () => {
    expect(isOpened(["budget"], "budget.lines.k1.amount")).toBe(true);
    expect(isOpened(["sections.route"], "sections.state")).toBe(false);
    expect(isOpened(["direction"], "category")).toBe(true);
    expect(isOpened([], "title")).toBe(false);
  });
});

describe("progress", () => {
  const section = (id: string) => form.sections.find((one) => one.id === id)!;
  const chosen = { ...emptyContent, category: "APPLIED_BASIC" };
  it("knows four statuses, and faults are none of them", () => {
    expect(progressOf(section("budget"), emptyContent, 0).status).toBe("cannotStart");
    expect(progressOf(section("basic"), emptyContent, 0).status).toBe("notStarted");
    expect(progressOf(section("content"), { ...chosen, sections: { rationale: "一" } }, 0).status).toBe(
      "inProgress",
    );
    const wrong = { ...chosen, unread: { "budget.lines.k.amount": "？" } };
    expect(progressOf(section("budget"), wrong, 0).status).toBe("completed");
    expect(progressOf(section("files"), chosen, 0)).toEqual({ status: "notStarted", optional: true });
  });
});
