import { expect, test } from "vitest";
import { calm, during, found, judged } from "./pack.ts";

const agri = `category=APPLIED_BASIC&field=AGRI&direction=AB-53&unit=DLOU&${calm}`;
const soft = `category=SOFT_SCI&field=SS-01&unit=LNNU&${calm}&period=2025-12-31&grant=10`;
const popular = `category=SCI_POP&field=SP-02&unit=public&earlier=none&${calm}&period=2026-12-31&grant=8`;
const abroad = `category=APPLIED_BASIC&field=INTL_COOP&direction=AB-60&unit=DUT&${calm}&period=2027-12-31&grant=30`;

test("an application without faults is clear, and what was met is said", () => {
  const outcome = judged(`${agri}&period=2027-12-31&grant=30`);
  expect(outcome.verdict).toBe("clear");
  expect(outcome.findings).toEqual([]);
  expect(outcome.met.map((rule) => rule.id)).toEqual(
    expect.arrayContaining([
      "grant-ceiling",
      "lead-type",
      "ongoing-project",
      "not-classified",
      "period-start",
    ]),
  );
  expect(outcome.asked.length).toBe(9);
  expect(outcome.quota).toMatchObject({ limit: 5, clause: "G4.4d", title: { zh: "大连海洋大学" } });
});

test("the ceiling is reached inclusively and exceeded by a fen", () => {
  expect(found(`${agri}&period=2027-12-31&grant=35`)).toEqual(["grant-ceiling G3.c error"]);
  expect(found(`${agri}&period=2027-12-31&grant=30.000001`)).toEqual(["grant-ceiling G3.c error"]);
  expect(found(`${agri}&period=2027-12-31&grant=30.000000`)).toEqual([]);
});

test("the facts of a finding show what was answered, the limit and the difference", () => {
  const [first] = judged(`${agri}&period=2027-12-31&grant=35`).findings;
  expect(first?.question.id).toBe("grant");
  expect(first?.finding.facts.map((fact) => fact.value)).toEqual([
    { kind: "money", fen: 35_000_000 },
    { kind: "money", fen: 30_000_000 },
    { kind: "money", fen: 5_000_000 },
  ]);
});

test("a longer period: a reason where the field may run longer, and no way past the last day", () => {
  expect(found(`${agri}&period=2029-06-30&reason=yes&grant=30`)).toEqual([
    expect.stringMatching(/^period-extension-confirm G4\.2\.1. confirm$/),
  ]);
  expect(found(`${agri}&period=2029-06-30&reason=no&grant=30`)).toEqual([
    expect.stringMatching(/^period-extension-reason G4\.2\.1. error$/),
  ]);
  expect(found(`${agri}&period=2030-01-01&grant=30`)).toEqual(["period-extension-limit G4.2.1c error"]);
  expect(
    found(
      `category=APPLIED_BASIC&field=SMART_MFG&direction=AB-05&unit=DUT&${calm}&period=2028-01-01&grant=30`,
    ),
  ).toEqual(["period-usual G4.2.1b error"]);
});

test("soft science: a lecturer with a master's degree is not enough, one of the three is", () => {
  expect(found(`${soft}&qualification=none`)).toEqual(["soft-investigator G4.8c error"]);
  for (const one of ["title", "degree", "rank"]) expect(found(`${soft}&qualification=${one}`)).toEqual([]);
  expect(found(`${soft.replace("2025-12-31", "2025-06-30")}&qualification=rank`)).toEqual([
    "period-short G4.2.3 warning",
  ]);
});

test("popularisation: the level of the base and what the organisation still owes", () => {
  expect(found(`${popular}&base=district`)).toEqual(["lead-base G4.1e error"]);
  expect(found(`${popular}&base=none`)).toEqual(["lead-base G4.1e error"]);
  expect(found(`${popular}&base=municipal`)).toEqual([]);
  expect(found(`${popular}&base=proof`)).toEqual(["lead-base-proof G4.1e confirm"]);
  const owing = judged(`${popular.replace("earlier=none", "earlier=open")}&base=national`);
  expect(owing.findings.map(({ finding }) => finding.rule)).toEqual(["unaccepted-popularisation"]);
  // Nobody was asked when that project ends, so no day is shown.
  expect(owing.findings[0]?.finding.facts.map((fact) => fact.value.kind)).toEqual(["count"]);
});

test("an original work is judged by its progress", () => {
  const work = `category=SCI_POP&field=SP-03&unit=public&base=municipal&earlier=none&${calm}&period=2026-12-31&grant=8`;
  expect(found(`${work}&completion=30&evidence=yes`)).toEqual([]);
  expect(found(`${work}&completion=29&evidence=no`)).toEqual([
    "completion-share G2.4.3b error",
    "work-in-progress G2.4.3b error",
  ]);
});

test("the organisation: companies, other kinds, other places, platforms and licences", () => {
  const rest = `${calm}&period=2027-12-31&grant=30`;
  const applied = `category=APPLIED_BASIC&field=AGRI&direction=AB-53&${rest}`;
  expect(found(`${applied}&unit=company`)).toEqual(["lead-type G4.1a error"]);
  expect(found(`${applied}&unit=other`)).toEqual(["lead-type-undecided G4.1a confirm"]);
  expect(found(`${applied}&unit=elsewhere`)).toEqual(["lead-territory G4.1a error"]);
  expect(judged(`${applied}&unit=medical`).quota).toMatchObject({ limit: 2, title: null });
  const major = `category=MAJOR_BASIC&field=MARINE&direction=MB-05&unit=DMU_MARITIME&${rest}`;
  expect(found(`${major}&platform=no`)).toEqual(["lead-platform G4.1b error"]);
  expect(found(`${major}&platform=proof`)).toEqual(["lead-platform-proof G4.1b confirm"]);
  expect(found(`${major}&platform=listed`)).toEqual([]);
  expect(judged(`${major}&platform=listed`).quota).toBeNull();
  const medicine = `category=BENEFIT_RND&field=MEDICAL&unit=DMU_MEDICAL&${calm}&period=2026-12-31&grant=10`;
  expect(found(`${medicine}&medical-licence=no`)).toEqual(["lead-medical G4.1d error"]);
  expect(found(`${medicine}&medical-licence=listed`)).toEqual([]);
});

test("the investigator: running projects by their last day, and one application a year", () => {
  const rest = `${agri.replace("ongoing=none", "ongoing=yes")}&period=2027-12-31&grant=30`;
  expect(found(`${rest}&ongoing-end=2023-12-31`)).toEqual([]);
  expect(found(`${rest}&ongoing-end=2025-12-31`)).toEqual(["ongoing-project G4.7a error"]);
  expect(found(`${rest}&ongoing-end=2024-12-31`)).toEqual([
    "ongoing-project G4.7a error",
    "ongoing-other-reading G4.7b info",
  ]);
  const other = `${agri}&period=2027-12-31&grant=30`;
  expect(found(other.replace("another=none", "another=submitted"))).toEqual(["one-application G4.6 error"]);
  expect(found(other.replace("another=none", "another=draft"))).toEqual([
    "one-application-draft G4.6 warning",
  ]);
});

test("international cooperation: the region of the partner and what both sides bring", () => {
  const ready = "cooperation=team&cooperation=tasks&cooperation=agreement";
  expect(found(`${abroad}&country=JP&${ready}`)).toEqual([]);
  expect(found(`${abroad}&country=JP&cooperation=none`)).toEqual([
    "foreign-team G4.5c error",
    "partner-tasks G4.5c error",
    "cooperation-agreement G4.5d error",
  ]);
  const [german] = judged(`${abroad}&country=DE&${ready}`).findings;
  expect(german?.finding).toMatchObject({ rule: "partner-region", severity: "confirm" });
  expect(german?.finding.facts[0]?.value).toEqual({ kind: "text", text: { zh: "德国", en: "Germany" } });
});

test("statements: each bars the application by its own clause, ethics asks for a review", () => {
  const rest = (statements: string) =>
    `${agri.replace("statements=none", statements)}&period=2027-12-31&grant=30`;
  expect(found(rest("statements=classified&statements=property&statements=record"))).toEqual([
    "ip-clear G4.11 error",
    "not-classified G4.14 error",
    "integrity-record G4.16a error",
  ]);
  expect(found(rest("statements=ethics&ethics=passed"))).toEqual([]);
  expect(found(rest("statements=ethics&ethics=pending"))).toEqual(["ethics-approval G4.15 confirm"]);
});

test("the window never hides what else is wrong: it is said beside it", () => {
  const query = `${agri}&period=2027-12-31&grant=35`;
  for (const [at, window] of [
    ["2024-05-29T23:59:59+08:00", "before"],
    ["2024-05-30T00:00:00+08:00", "open"],
    ["2024-06-30T23:59:59+08:00", "open"],
    ["2024-07-01T00:00:00+08:00", "after"],
    ["2031-01-01T00:00:00+08:00", "after"],
  ] as const) {
    const outcome = judged(query, Date.parse(at));
    expect(outcome.window).toBe(window);
    expect(outcome.clock.map((one) => `${one.rule} ${one.severity}`)).toEqual(
      { before: ["window-opened info"], open: [], after: ["window-closed error"] }[window],
    );
    expect(outcome.met.some((rule) => rule.id === "window-closed")).toBe(window !== "after");
    expect(outcome.findings.map(({ finding }) => finding.rule)).toEqual(["grant-ceiling"]);
  }
});

test("names come in the reader's language", () => {
  const query = `${agri.replace("unit=DLOU", "unit=company")}&period=2027-12-31&grant=30`;
  expect(judged(query, during, "en").findings[0]?.finding.message.en).toContain(
    "your organisation (company)",
  );
  expect(judged(query, during, "zh").findings[0]?.finding.message.zh).toContain("你单位（企业）");
});
