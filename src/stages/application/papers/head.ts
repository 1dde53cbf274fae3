import { civilDateOf, formatDate } from "../../../core/calendar.ts";
import { answersOf } from "../view-answers.ts";
import { money, sayFact } from "../../../core/policy/words.ts";
import { leadOf, type PaperSource } from "./source.ts";

/** What stands at the head of each of these papers; texts are empty where nothing was filled in. */
export type PaperHead = {
  readonly author: readonly string[];
  /** No version and no code: it says nothing to anybody outside. */
  readonly draft: boolean;
  readonly label: string;
  readonly year: number;
  readonly funder: string;
  readonly platform: string;
  readonly version: string;
  readonly code: string | null;
  /** SHA-256 of the content, in hex. */
  readonly hash: string;
  readonly filedOn: string;
  readonly title: string;
  readonly titleEn: string;
  readonly category: string;
  readonly field: string;
  readonly direction: string;
  readonly organization: string;
  readonly uscc: string;
  readonly department: string;
  readonly investigator: string;
  readonly period: string;
  readonly grant: string;
};

export const headOf = (source: PaperSource): PaperHead => {
  const { facts, content, worded, filed, filedBy } = source;
  const { programme } = facts.call.policy;
  const direction = worded.direction?.zh ?? "";
  const field = worded.field?.zh ?? "";
  return {
    author: [filedBy.name],
    draft: filed === null,
    label: source.label,
    year: programme.year,
    funder: programme.funder.zh,
    platform: programme.platform.zh,
    version: filed === null ? "" : `第 ${filed.number} 版`,
    code: filed?.code ?? null,
    hash: filed?.hash ?? "",
    filedOn: filed === null ? "" : formatDate(civilDateOf(filed.frozenAt), "zh"),
    title: content.title,
    titleEn: content.titleEn,
    category: worded.category?.zh ?? "",
    field,
    // A field without directions of its own is the direction.
    direction: direction === field ? "" : direction,
    organization: filedBy.organization,
    uscc: filedBy.uscc,
    department: filedBy.department,
    investigator: filedBy.name,
    period: answerTo(source, "periodEnd"),
    grant: content.requestedGrant === null ? "" : sayFact(money(content.requestedGrant), "zh"),
  };
};

const answerTo = (source: PaperSource, path: string): string => {
  const { facts, content, worded } = source;
  const answer = answersOf(facts.call.policy, content, worded, leadOf(source), "zh")
    .flatMap(({ questions }) => questions)
    .find((one) => one.path === path)?.answer;
  return answer?.kind === "text" ? answer.lines.join(" ") : "";
};
