import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { emptyContent } from "../../core/application/content.ts";
import { formOf } from "../../core/application/worded.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Reason } from "../../core/policy/procedure.ts";
import { refused } from "../../platform/errors.ts";

/** A reason of a decision as it is kept: the code of the pack's list and the fact in words. */
export type Given = { readonly code: string; readonly fact: string };

export const reasonInput = z.strictObject({
  code: z.string().max(10),
  /** What is the case, measured against the clause: a code alone tells nobody anything. */
  fact: z.string().overwrite(cleanText).trim().min(1).max(2_000),
});

/** The reasons that the codes name, in the order given. Refuses an unknown code and one that is named twice. */
export const reasonsNamed = (policy: Policy, codes: readonly string[]): readonly Reason[] =>
  codes.map((code, index) => {
    const reason = policy.procedure.reasons.find((one) => one.code === code);
    if (reason === undefined)
      throw refused(
        `原因代码 ${code} 不在这份指南的清单里。请从清单中选。`,
        `${code} is not among the reason codes of this guide. Choose one of the list.`,
      );
    if (codes.indexOf(code) !== index)
      throw refused(
        `原因代码 ${code} 写了两次。请把两处事实合在一起。`,
        `${code} stands twice. Put both facts together.`,
      );
    return reason;
  });

/** Files of the application, and the stamped scan: opened like a field, though they are none. */
export const attachmentsField = "attachments";
export const sealField = "seal";

/** What an application is filed under stays closed: its division, its quota place and its rules hang on it. */
const closed = new Set(["category", "field", "direction", "unread", "sections"]);

/** What a correction may open: parts of the content, the answers of the category's form, the files and the scan. */
export const openableFields = (policy: Policy, category: string | null): readonly string[] => [
  ...Object.keys(emptyContent).filter((name) => !closed.has(name)),
  ...(formOf(policy, category)?.sections ?? []).flatMap(({ questions }) =>
    questions.map(({ path }) => path).filter((path) => path.startsWith("sections.")),
  ),
  attachmentsField,
  sealField,
];
