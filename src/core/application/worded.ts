import type { Policy } from "../policy/policy.ts";
import type { Bilingual } from "../policy/words.ts";
import type { Content } from "./content.ts";

/** An application as it was worded when it was filed: questions change, old applications stay readable as they were. */
export type Worded = {
  readonly policy: string;
  readonly hash: string;
  readonly sections: readonly {
    readonly id: string;
    readonly title: Bilingual;
    readonly questions: readonly {
      readonly id: string;
      readonly title: Bilingual;
      readonly path: string;
      readonly kind: string;
    }[];
  }[];
  readonly category: Bilingual | null;
  readonly field: Bilingual | null;
  readonly direction: Bilingual | null;
  /** Its papers say these names for ever; absent in what was frozen before they were kept. */
  readonly filedBy?: FiledBy;
};

/** The investigator, the unit and the department above it, as they were called when it was filed. The identity number is masked. */
export type FiledBy = {
  readonly name: string;
  readonly titleLevel: string;
  readonly degree: string;
  readonly identity: string;
  readonly organization: string;
  readonly uscc: string;
  readonly department: string;
};

/** The form of a category; the pack's first one while none is chosen. */
export const formOf = (policy: Policy, category: string | null) =>
  policy.forms.find((one) => category !== null && one.categories.includes(category)) ?? policy.forms[0];

export const wordedOf = (policy: Policy, content: Content): Worded => {
  const category = policy.programme.categories.find((one) => one.code === content.category);
  const field = category?.fields.find((one) => one.code === content.field);
  const direction = field?.directions.find((one) => one.code === content.direction);
  return {
    policy: policy.id,
    hash: policy.hash,
    sections: (formOf(policy, content.category)?.sections ?? []).map(({ id, title, questions }) => ({
      id,
      title,
      questions: questions.map(({ id: question, title: words, path, kind }) => ({
        id: question,
        title: words,
        path,
        kind,
      })),
    })),
    category: category?.title ?? null,
    field: field?.title ?? null,
    direction: direction?.title ?? field?.title ?? null,
  };
};
