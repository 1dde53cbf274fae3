import type { Platform } from "../../../platform/platform.ts";
import { type Choice, givenIn, type Typed } from "../decision.ts";
import type { Item } from "../item.ts";
import { noticeOrder } from "./notice.ts";

const actions: Readonly<Record<Choice, string>> = {
  accept: "acceptance.accept",
  correct: "acceptance.requestCorrection",
  refuse: "acceptance.refuse",
};

/** The letter as it would be sent now; null where the decision as typed does not make one yet. */
export const noticePreview = async (
  { database, documents, funder }: Platform,
  { facts, frozen, told, findings }: Item,
  typed: Typed,
  now: number,
): Promise<string | null> => {
  const given = givenIn(typed, facts.call.policy.procedure);
  if (typed.choice === "" || (typed.choice !== "accept" && given.length === 0)) return null;
  const fields =
    typed.choice === "correct" ? given.flatMap(({ code }) => [...(typed.fields.get(code) ?? [])]) : [];
  const meant = {
    action: actions[typed.choice],
    at: now,
    version: frozen.number,
    notice: typed.choice === "accept" ? "" : typed.notice,
    given: typed.choice === "accept" ? [] : given,
    fields: [...new Set(fields)],
    found: findings.map((one) => one.clause),
  };
  return documents.preview(await noticeOrder(database.kysely, funder, facts, [meant, ...told]));
};
