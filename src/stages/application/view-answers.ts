import { periodStartOf } from "../../core/application/casefile.ts";
import type { Content } from "../../core/application/content.ts";
import { type Worded, wordedOf } from "../../core/application/worded.ts";
import { formatDate } from "../../core/calendar.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { type Bilingual, money, sayFact } from "../../core/policy/words.ts";
import { degreeTitles, organizationTypeTitles, titleLevelTitles } from "../registration/titles.ts";
import {
  budgetSubjectTitles,
  consentTitles,
  ethicsTitles,
  fundingSourceTitles,
  indicatorTypeTitles,
  memberRoleTitles,
} from "./view-titles.ts";
import { type AnswerWords, answerWords } from "./words.ts";

/** Identity numbers of an application as anybody may see them: masked, neither the sealed bytes nor the hash. */
export type OpenMember = Omit<Content["members"][number], "identity"> & { readonly identity: string | null };
export type OpenContent = Omit<Content, "members"> & { readonly members: readonly OpenMember[] };

export const openContent = (content: Content): OpenContent => ({
  ...content,
  members: content.members.map(({ identity, ...member }) => ({
    ...member,
    identity: identity?.mask ?? null,
  })),
});

/** Who leads it, as far as everybody who may read it sees. */
export type Lead = {
  readonly name: string;
  readonly titleLevel: keyof typeof titleLevelTitles;
  readonly degree: keyof typeof degreeTitles;
  readonly identity: string;
  readonly organization: string;
};

export type Row = { readonly key: string; readonly cells: readonly string[] };
export type Answer =
  | { readonly kind: "text"; readonly lines: readonly string[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly numbers: readonly number[];
      readonly rows: readonly Row[];
    }
  /** Attachments: shown where the page knows the files. */
  | { readonly kind: "files"; readonly only: string | null };

export type Answered = {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string;
    readonly answer: Answer;
  }[];
};

type Language = keyof Bilingual;

/** Every question with what was answered, in words; empty answers have no lines. `worded`: the questions as they stood at filing. */
export const answersOf = (
  policy: Policy,
  content: OpenContent,
  worded: Worded | null,
  lead: Lead | null,
  language: Language,
): readonly Answered[] => {
  const asked = worded ?? wordedOf(policy, content as unknown as Content);
  const context = { policy, content, asked, lead, language, words: answerWords[language] };
  return asked.sections.map(({ id, title, questions }) => ({
    id,
    title: title[language],
    questions: questions.map((question) => ({
      id: question.id,
      title: question.title[language],
      path: question.path,
      answer: answerOf(context, question.path, id),
    })),
  }));
};

type Context = {
  readonly policy: Policy;
  readonly content: OpenContent;
  readonly asked: Worded;
  readonly lead: Lead | null;
  readonly language: Language;
  readonly words: AnswerWords;
};

const lines = (text: string | null | undefined): Answer => ({
  kind: "text",
  lines: (text ?? "").split(/\r?\n/).filter((line) => line.trim() !== ""),
});
const plain = (value: number): string => {
  // Fractions that binary cannot hold must not show their tail.
  const text = String(Math.round(value * 1e6) / 1e6);
  return text;
};

const answerOf = (context: Context, path: string, section: string): Answer => {
  const { content, asked, language, words, policy } = context;
  const unread = content.unread[path];
  if (unread !== undefined) return lines(words.unread(unread));
  if (path.startsWith("sections.")) return lines(content.sections[path.slice("sections.".length)]);
  const known: Readonly<Record<string, (() => Answer) | undefined>> = {
    title: () => lines([content.title, content.titleEn].filter((one) => one !== "").join("\n")),
    direction: () =>
      lines(
        [asked.category, asked.field, asked.direction]
          .flatMap((one) => (one === null ? [] : [one[language]]))
          .filter((one, index, all) => all.indexOf(one) === index)
          .join(" · "),
      ),
    keywords: () => lines(content.keywords.join(words.comma)),
    abstract: () => lines(content.abstract),
    periodEnd: () => lines(periodOf(context)),
    extensionReason: () => lines(content.extensionReason),
    requestedGrant: () =>
      lines(content.requestedGrant === null ? "" : sayFact(money(content.requestedGrant), language)),
    platform: () => lines(content.platform),
    sciencePopularizationBase: () => lines(content.sciencePopularizationBase),
    completionPercent: () =>
      lines(content.completionPercent === null ? "" : `${plain(content.completionPercent)}%`),
    principalInvestigator: () => lines(leadOf(context)),
    members: () => membersOf(context),
    partners: () => partnersOf(context),
    "budget.lines": () => budgetOf(context),
    indicators: () => indicatorsOf(context),
    preferences: () =>
      lines(
        content.preferences
          .map(({ claim, evidence }) => {
            const title =
              policy.procedure.preferences.find((one) => one.id === claim)?.title[language] ?? claim;
            return evidence === "" ? title : words.pair(title, evidence);
          })
          .join("\n"),
      ),
    "declarations.nonClassified": () => lines(words.nonClassified(content.declarations.nonClassified)),
    "declarations.intellectualPropertyClear": () =>
      lines(words.propertyClear(content.declarations.intellectualPropertyClear)),
    "declarations.ethics": () =>
      lines(content.declarations.ethics.map((one) => ethicsTitles[one][language]).join(words.comma)),
    commitments: () => lines(content.declarations.commitment ? words.committed : ""),
    attachments: () => ({ kind: "files", only: section === "partners" ? "COOPERATION_AGREEMENT" : null }),
  };
  return known[path]?.() ?? lines("");
};

const periodOf = ({ policy, content, language, words }: Context): string => {
  const start = periodStartOf(policy.programme, content.category);
  if (content.periodEnd === null) return "";
  const end = formatDate(content.periodEnd, language);
  return start === null ? words.until(end) : words.period(formatDate(start, language), end);
};

const leadOf = ({ lead, language, words }: Context): string =>
  lead === null
    ? ""
    : [
        lead.name,
        lead.organization,
        titleLevelTitles[lead.titleLevel]?.[language] ?? "",
        degreeTitles[lead.degree]?.[language] ?? "",
        lead.identity,
      ]
        .filter((one) => one !== "")
        .join(words.comma);

const membersOf = ({ content, language, words }: Context): Answer => ({
  kind: "table",
  head: words.members,
  numbers: [6],
  rows: content.members.map((one) => ({
    key: one.key,
    cells: [
      one.name,
      one.identity ?? "",
      content.partners.find(({ uscc }) => uscc !== null && uscc === one.organization)?.name ??
        one.organization ??
        "",
      [titleLevelTitles[one.titleLevel][language], degreeTitles[one.degree][language]].join(words.comma),
      memberRoleTitles[one.role][language],
      one.tasks,
      one.monthsPerYear === null ? "" : plain(one.monthsPerYear),
      one.consent === null ? "" : consentTitles[one.consent][language],
    ],
  })),
});

const partnersOf = ({ content, language, words }: Context): Answer => ({
  kind: "table",
  head: words.partners,
  numbers: [4],
  rows: content.partners.map((one) => ({
    key: one.key,
    cells: [
      one.name,
      one.uscc ?? "",
      one.type === null ? "" : organizationTypeTitles[one.type][language],
      one.tasks,
      one.share === null ? "" : sayFact(money(one.share), language),
    ],
  })),
});

const budgetOf = ({ content, language, words }: Context): Answer => {
  const rows = content.budget.lines;
  const total = rows.reduce((sum, one) => sum + (one.amount ?? 0), 0);
  return {
    kind: "table",
    head: words.budget,
    numbers: [2],
    rows: [
      ...rows.map((one) => ({
        key: one.key,
        cells: [
          one.subject === null ? "" : budgetSubjectTitles[one.subject][language],
          one.source === null ? "" : fundingSourceTitles[one.source][language],
          content.unread[`budget.lines.${one.key}.amount`] ??
            (one.amount === null ? "" : sayFact(money(one.amount), language)),
          one.explanation,
        ],
      })),
      ...(rows.length === 0
        ? []
        : [{ key: "total", cells: [words.total, "", sayFact(money(total), language), ""] }]),
    ],
  };
};

const signs = { ">=": "≥", "<=": "≤", "=": "=" } as const;

const indicatorsOf = ({ content, language, words }: Context): Answer => ({
  kind: "table",
  head: words.indicators,
  numbers: [2],
  rows: content.indicators.map((one) => ({
    key: one.key,
    cells: [
      one.type === null ? "" : indicatorTypeTitles[one.type][language],
      one.name,
      one.target === null
        ? ""
        : `${one.comparator === null ? "" : signs[one.comparator]} ${plain(one.target)} ${one.unit}`.trim(),
      one.verification,
    ],
  })),
});
