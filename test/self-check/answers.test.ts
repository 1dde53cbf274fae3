import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fenOf, validateAnswer } from "../../src/core/policy/self-check-answer.ts";
import { answersOf, programme, said, selfCheck } from "./pack.ts";

const check = (id: string, query: string) => {
  const question = selfCheck.questions.find((one) => one.id === id);
  if (question === undefined) throw new Error(id);
  return validateAnswer(question, programme, answersOf(query), said(query));
};
const answer = (id: string, written: string) => {
  const checked = check(id, new URLSearchParams([[id, written]]).toString());
  return checked.ok ? checked.answer[0] : null;
};

test("money is read in 万元, exactly to the fen", () => {
  for (const [written, fen] of [
    ["35", 35_000_000],
    ["35.5", 35_500_000],
    ["30.000001", 30_000_001],
    ["0.1", 100_000],
    ["0.3", 300_000],
    ["1.005", 1_005_000],
    [" ３５．５ ", 35_500_000],
    ["１，０００", 1_000_000_000],
    ["1,000.25", 1_000_250_000],
    ["30万元", 30_000_000],
    ["30 万", 30_000_000],
    ["007", 7_000_000],
    ["30.000000", 30_000_000],
    ["0", 0],
  ] as const)
    expect({ written, fen: fenOf(answer("grant", written) ?? "none") }).toEqual({ written, fen });
  for (const written of [
    "0x23",
    "1e3",
    "-5",
    "3,5",
    "35.0000001",
    "abc",
    "三十",
    "1.2.3",
    ".5",
    "5.",
    "1234567890",
    "NaN",
  ])
    expect({ written, answer: answer("grant", written) }).toEqual({ written, answer: null });
  expect(check("grant", "grant=35.0000001")).toMatchObject({ empty: false });
  expect(check("grant", "grant=")).toMatchObject({ ok: false, empty: true });
});

test("every whole number of fen survives being written and read", () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_999_999_999_999 }), (fen) => {
      const digits = String(fen).padStart(7, "0");
      const written = answer("grant", `${digits.slice(0, -6)}.${digits.slice(-6)}`);
      expect(fenOf(written ?? "none")).toBe(fen);
    }),
  );
});

test("dates are three fields or one text; days that do not exist are said to be so, at their place", () => {
  const fields = (year: string, month: string, day: string) =>
    check(
      "period",
      new URLSearchParams({ "period-year": year, "period-month": month, "period-day": day }).toString(),
    );
  expect(fields("2027", "12", "31")).toEqual({ ok: true, answer: ["2027-12-31"] });
  expect(fields("２０２７", "２", " 3 ")).toEqual({ ok: true, answer: ["2027-02-03"] });
  expect(fields("2028", "2", "29")).toMatchObject({ ok: true });
  expect(fields("2027", "2", "30")).toMatchObject({
    ok: false,
    parts: ["day"],
    message: { zh: expect.stringContaining("没有 30 日") as string },
  });
  expect(fields("2027", "13", "1")).toMatchObject({ ok: false, parts: ["month"] });
  expect(fields("27", "12", "31")).toMatchObject({ ok: false, parts: ["year"] });
  expect(fields("0000", "12", "31")).toMatchObject({ ok: false, parts: ["year"] });
  expect(fields("2027", "", "")).toMatchObject({ ok: false, parts: ["month", "day"], empty: false });
  expect(fields("", "", "")).toMatchObject({ ok: false, empty: true });
  expect(check("period", "period=2027-12-31")).toMatchObject({ ok: true });
  expect(check("period", "period=2027-02-30")).toMatchObject({ ok: false });
  expect(check("period", "period=2027-12-31-01")).toMatchObject({ ok: false });
});

test("only what is listed can be chosen, once, and none of them not beside others", () => {
  expect(check("category", "category=constructor")).toMatchObject({ ok: false, empty: false });
  expect(check("category", "category=SCI_POP&category=SOFT_SCI")).toMatchObject({ ok: false });
  expect(check("field", "category=SOFT_SCI&field=AGRI")).toMatchObject({ ok: false });
  expect(check("statements", "statements=none&statements=ethics")).toMatchObject({
    ok: false,
    message: { zh: expect.stringContaining("都没有") as string },
  });
  expect(check("statements", "statements=ethics&statements=classified")).toEqual({
    ok: true,
    answer: ["classified", "ethics"],
  });
  expect(check("unit", "")).toEqual({
    ok: false,
    empty: true,
    message: { zh: "请选择申报单位", en: "Choose the organisation" },
  });
});

test("percents lie between 0 and 100", () => {
  for (const [written, read] of [
    ["30", "30"],
    ["３０％", "30"],
    ["29.5", "29.5"],
    ["100", "100"],
    ["0", "0"],
  ] as const)
    expect(answer("completion", written)).toBe(read);
  for (const written of ["101", "-1", "x", "30.123"])
    expect({ written, answer: answer("completion", written) }).toEqual({ written, answer: null });
});

test("a direction alone names its field and category", () => {
  expect([...answersOf("direction=AB-53")]).toEqual([
    ["category", ["APPLIED_BASIC"]],
    ["field", ["AGRI"]],
    ["direction", ["AB-53"]],
  ]);
  expect([...answersOf("direction=SS-02")]).toEqual([
    ["category", ["SOFT_SCI"]],
    ["field", ["SS-02"]],
  ]);
});
