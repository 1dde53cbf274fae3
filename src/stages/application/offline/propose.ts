import type { Changes, Content } from "../../../core/application/content.ts";
import { readQuestions } from "../../../core/application/entry.ts";
import type { Platform } from "../../../platform/platform.ts";
import { withRegistered } from "../form/units.ts";
import type { Question, Writing } from "../form/writing.ts";
import { sealChanges } from "../seal.ts";
import type { Reading } from "./reading.ts";
import { asPosted, hashOfSaid, saidOf } from "./stamp.ts";

/** An answer that the file would change. `both`: the draft was changed as well since the file was made. */
export type Proposed = { readonly question: Question; readonly state: "changed" | "both" };

export type Proposal = {
  /** The draft as it would be with every proposed change. */
  readonly mine: Content;
  readonly proposed: readonly Proposed[];
  /** Not touched in the file, changed on the platform since: the platform's answer stays. */
  readonly kept: readonly Question[];
};

/** The answers at `paths` as one save. */
export const changesOf = (writing: Writing, reading: Reading, paths: readonly string[]): Changes => {
  const fields = new URLSearchParams(reading.fields);
  const plain = paths.filter((path) => path !== "direction");
  const changes = readQuestions(fields, plain, writing.facts.content, writing.units);
  const direction = paths.includes("direction")
    ? {
        category: reading.category,
        field: fields.get("field") || null,
        direction: fields.get("direction") || null,
      }
    : {};
  return withRegistered({ ...changes, ...direction }, writing.units);
};

/** Compares a reading with the draft, answer by answer. */
export const propose = async (platform: Platform, writing: Writing, reading: Reading): Promise<Proposal> => {
  const { facts, units, form } = writing;
  const questions = form.sections
    .flatMap((section) => section.questions)
    .filter((one) => reading.paths.includes(one.path) && writing.editable(one.path));
  const mine = await sealChanges(
    platform,
    facts.content,
    changesOf(
      writing,
      reading,
      questions.map(({ path }) => path),
    ),
  );
  const posted = asPosted(
    facts.content,
    questions.map(({ path }) => path),
    units,
  );
  const proposed: Proposed[] = [];
  const kept: Question[] = [];
  for (const question of questions) {
    const [file, draft] = [mine, posted].map((content) => saidOf(content, question.path, units));
    if (file === undefined || file === draft) continue;
    const base = reading.base[question.path];
    if (base === hashOfSaid(file)) kept.push(question);
    else
      proposed.push({
        question,
        state: base === undefined || base === hashOfSaid(draft ?? "") ? "changed" : "both",
      });
  }
  return { mine, proposed, kept };
};
