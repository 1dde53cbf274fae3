import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { noticeTemplates } from "../../src/ui/notice-words.ts";
import { noticeOf } from "../../src/ui/notices.ts";

/** The names of all templates, read from the sources: every call that tells somebody something. */

const root = path.resolve(import.meta.dirname, "../../src");
const sources = ["stages", "app"].flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => {
      const file = path.join(room, name);
      return { file, text: readFileSync(path.join(root, file), "utf8") };
    }),
);

/** The arguments of the call or the parameters of the function whose bracket opens at `at`, split at their own commas. */
const argumentsAt = (text: string, at: number): readonly string[] => {
  const parts = [""];
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    const sign = text[index] ?? "";
    if ("([{".includes(sign)) depth += 1;
    if (")]}".includes(sign)) depth -= 1;
    if (depth === 0) break;
    if (sign === "," && depth === 1) parts.push("");
    else if (index > at) parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
};

/** Functions that pass a template on, with the place of that parameter. */
const tellers = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/const (\w+) = (?:async )?\(/g)].flatMap((match) => {
    const parameters = argumentsAt(text, match.index + match[0].length - 1);
    const at = parameters.findIndex((one) => one.startsWith("template: string"));
    const tells = /^[^;]*\bnotify\(/.test(text.slice(match.index));
    return at < 0 || !tells ? [] : [{ file, name: match[1] ?? "", at, text }];
  }),
);

type Use = { readonly template: string; readonly from: readonly string[] };

const namesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/"([^"]+)"|`([^`]+)`/g)].map(([, plain, open]) => plain ?? open ?? "");

const uses: readonly Use[] = sources.flatMap(({ file, text }) => {
  const direct = [...text.matchAll(/\bnotify\(/g)].flatMap(({ index, 0: found }) => {
    const notice = argumentsAt(text, index + found.length - 1)[3] ?? "";
    const given = argumentsAt(notice, 0).find((one) => /^template\b/.test(one)) ?? "";
    if (given === "") throw new Error(`${file}: a notice without a template`);
    // Passed on by a function of its own: its calls are read below.
    return given === "template" ? [] : namesIn(given).map((template) => ({ template, from: [text] }));
  });
  const passed = tellers.flatMap((teller) =>
    teller.file !== file && !new RegExp(`import[^;]*\\b${teller.name}\\b`).test(text)
      ? []
      : [...text.matchAll(new RegExp(`(?<!const )\\b${teller.name}\\(`, "g"))].flatMap(
          ({ index, 0: found }) => {
            const given = namesIn(argumentsAt(text, index + found.length - 1)[teller.at] ?? "");
            if (given.length === 0) throw new Error(`${file}: ${teller.name} without a plain name`);
            return given.map((template) => ({ template, from: [text, teller.text] }));
          },
        ),
  );
  return direct.concat(passed);
});

const steps = [
  ...readFileSync(path.join(root, "stages/acceptance/lapsing.ts"), "utf8").matchAll(/step: "(\w+)"/g),
].map(([, step = ""]) => step);
const used: readonly Use[] = uses.flatMap((use) =>
  use.template.includes("${")
    ? steps.map((step) => ({ ...use, template: use.template.replace(/\$\{[^}]*\}/, step) }))
    : [use],
);
const names = [...new Set(used.map(({ template }) => template))].sort();

describe("the words of notices", () => {
  it("stand in both languages for every template that the sources use, and for no other", () => {
    expect(steps.length).toBeGreaterThan(3);
    expect(names.length).toBeGreaterThan(45);
    expect(Object.keys(noticeTemplates).sort()).toEqual(names);
    for (const [name, { subject, text }] of Object.entries(noticeTemplates))
      for (const words of [subject, text]) {
        expect(`${name} ${words.zh}`).toMatch(/\p{Script=Han}/u);
        expect(`${name} ${words.en}`).toMatch(/^\S+ [^\p{Script=Han}]+$/u);
      }
  });

  it("ask only for facts that are given", () => {
    const lacking = used.flatMap(({ template, from }) => {
      const { subject, text } = noticeTemplates[template] ?? {
        subject: { zh: "", en: "" },
        text: { zh: "", en: "" },
      };
      const asked = [subject.zh, subject.en, text.zh, text.en].join("").matchAll(/\{([a-z]+)\}/g);
      return [...asked]
        .map(([, fact = ""]) => fact)
        .filter((fact) => !from.some((one) => new RegExp(`[{,(\\s]${fact}(?::|,| \\})`).test(one)))
        .map((fact) => `${template}: ${fact}`);
    });
    expect(lacking).toEqual([]);
  });

  it("are whole sentences with and without the facts that may be missing", () => {
    const facts = Object.fromEntries(
      [
        "title",
        "organization",
        "investigator",
        "department",
        "member",
        "name",
        "unit",
        "receipt",
        "letter",
        "clause",
      ].map((name) => [name, `«${name}»`]),
    );
    const some = {
      ...facts,
      due: Date.parse("2024-06-26T00:00:00+08:00"),
      appeal: "2024-07-02",
      closed: "2024-06-30",
    };
    const all = {
      ...some,
      reason: "缺附件。",
      codes: "A B",
      marks: 2,
      count: 3,
      number: 7,
      role: "ORG_SEAL",
      until: "2024-07-01",
    };
    for (const template of names)
      for (const language of ["zh", "en"] as const)
        for (const given of [all, some, {}]) {
          const { subject, text } = noticeOf(language, template, given);
          expect(`${template} ${subject}${text}`).not.toMatch(/[{}[\]]|undefined|。。|\.\./);
          expect([template, subject.trim()]).not.toEqual([template, ""]);
        }
  });

  it("say dates, instants, roles, reasons and codes as people do", () => {
    expect(
      noticeOf("zh", "remindToSubmit", { title: "甲", due: Date.parse("2024-06-26T00:00:00+08:00") }).text,
    ).toContain("2024年6月25日 24:00");
    expect(
      noticeOf("en", "remindToSubmit", { title: "A", due: Date.parse("2024-06-25T17:00:00+08:00") }).text,
    ).toContain("25 June 2024 17:00");
    expect(noticeOf("zh", "roleGranted", { role: "ORG_SEAL" }).subject).toBe("你有了新的角色：单位用印人");
    expect(
      noticeOf("zh", "notAccepted", { title: "甲", codes: "R01 R05", appeal: "2024-07-02" }).text,
    ).toContain("（R01、R05）。有异议的，由单位在 2024年7月2日 24:00");
    const { text } = noticeOf("zh", "returned", {
      title: "甲",
      organization: "乙",
      reason: "缺附件。",
      marks: 2,
    });
    expect(text).toBe("乙退回了申报书，标出 2 处。理由：缺附件。请修改后在申报截止前再次提交。");
    expect(
      noticeOf("zh", "rejectedByUnit", { title: "甲", organization: "乙", reason: "长".repeat(900) }).text
        .length,
    ).toBeLessThan(400);
  });

  it("of an unknown template say that there is something", () => {
    expect(noticeOf("en", "constructor", {}).subject).toBe("Something concerns you");
  });
});
