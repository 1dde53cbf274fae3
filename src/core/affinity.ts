import type { Bilingual } from "./policy/words.ts";

/** How well an expert fits an application, in [0, 1], with the terms it is made of. */

export type AffinityWeights = {
  /** Shares of a full score; they need not add up to 1. */
  readonly direction: number;
  readonly keywords: number;
  readonly projects: number;
  readonly familiarity: number;
  /** Added where the expert prefers the application's direction. */
  readonly preference: number;
  /** Taken away, for balance: the same region as the applicant, and a title below the one wanted. */
  readonly region: number;
  readonly seniority: number;
};

export const defaultWeights: AffinityWeights = {
  direction: 0.4,
  keywords: 0.35,
  projects: 0.15,
  familiarity: 0.1,
  preference: 0.05,
  region: 0.03,
  seniority: 0.03,
};

export type ApplicationProfile = {
  readonly id: string;
  readonly category: string;
  readonly field: string;
  readonly direction: string;
  readonly region: string | null;
  /** Title, keywords and abstract. */
  readonly text: string;
};

export type ExpertProfile = {
  readonly id: string;
  /** Directions that the expert works in, with their field and category; the first is the main one. */
  readonly directions: readonly {
    readonly category: string;
    readonly field: string;
    readonly direction: string;
  }[];
  readonly keywords: readonly string[];
  /** Titles of past projects. */
  readonly projects: readonly string[];
  /** Self-rated familiarity by direction, 0 to 1. */
  readonly familiarity: Readonly<Record<string, number>>;
  readonly preferred: readonly string[];
  /** Directions the expert does not want to review: no candidate then. */
  readonly declined: readonly string[];
  readonly region: string | null;
  readonly senior: boolean;
};

export type AffinityTerm = {
  readonly term: keyof AffinityWeights;
  /** What the term adds to the score, or takes away. */
  readonly share: number;
  /** The words or codes it rests on. */
  readonly because: readonly string[];
};

export type Affinity = { readonly score: number; readonly terms: readonly AffinityTerm[] };

/** Names of the terms, for explanations. */
export const termNames: Readonly<Record<keyof AffinityWeights, Bilingual>> = {
  direction: { zh: "方向相符", en: "same direction" },
  keywords: { zh: "关键词相近", en: "keywords" },
  projects: { zh: "承担过相近项目", en: "past projects" },
  familiarity: { zh: "自评熟悉程度", en: "self-rated familiarity" },
  preference: { zh: "愿意评审该方向", en: "prefers the direction" },
  region: { zh: "与申报单位同一地区", en: "same region as the applicant" },
  seniority: { zh: "职称低于本组要求", en: "less senior than wanted" },
};

/** Same direction, same field, same category: nearness of the guide's tree. */
const nearness = { direction: 1, field: 0.6, category: 0.15 } as const;

type Vector = ReadonlyMap<string, number>;

const counts = (words: Iterable<string>): Map<string, number> => {
  const vector = new Map<string, number>();
  for (const word of words) if (word.trim().length > 1) vector.set(word, (vector.get(word) ?? 0) + 1);
  return vector;
};

/** TF-IDF with logarithmic term frequency, of length 1. Words that no application has weigh nothing. */
const weigh = (words: Iterable<string>, idf: Vector): Vector => {
  const vector = new Map<string, number>();
  let square = 0;
  for (const [word, count] of counts(words)) {
    const weight = (1 + Math.log(count)) * (idf.get(word) ?? 0);
    if (weight === 0) continue;
    vector.set(word, weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square);
  return length === 0 ? vector : new Map([...vector].map(([word, weight]) => [word, weight / length]));
};

const shared = (a: Vector, b: Vector): { readonly cosine: number; readonly words: readonly string[] } => {
  const parts: [word: string, weight: number][] = [];
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  for (const [word, weight] of small) {
    const other = large.get(word);
    if (other !== undefined) parts.push([word, weight * other]);
  }
  parts.sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1));
  return {
    cosine: Math.min(
      1,
      parts.reduce((sum, [, weight]) => sum + weight, 0),
    ),
    words: parts.slice(0, 5).map(([word]) => word),
  };
};

const six = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * Affinities over the applications of a group: words are weighed by how rare they are among them. `words` cuts Chinese
 * text (handed in). A declined direction gives null: no candidate.
 */
export const affinityOver = (
  applications: readonly ApplicationProfile[],
  words: (text: string) => readonly string[],
  weights: AffinityWeights = defaultWeights,
) => {
  const cut = applications.map(({ text }) => words(text));
  const spread = counts(cut.flatMap((one) => [...new Set(one)]));
  const idf: Vector = new Map(
    [...spread].map(([word, count]) => [word, Math.log(1 + applications.length / count)]),
  );
  const texts = new Map(applications.map(({ id }, index) => [id, weigh(cut[index] ?? [], idf)]));
  const experts = new WeakMap<ExpertProfile, { readonly keywords: Vector; readonly projects: Vector }>();
  const vectorsOf = (expert: ExpertProfile) => {
    const known = experts.get(expert);
    if (known !== undefined) return known;
    // A keyword counts whole as well as by its words.
    const keywords = weigh([...expert.keywords, ...expert.keywords.flatMap(words)], idf);
    const made = { keywords, projects: weigh(expert.projects.flatMap(words), idf) };
    experts.set(expert, made);
    return made;
  };

  return (application: ApplicationProfile, expert: ExpertProfile): Affinity | null => {
    if (expert.declined.includes(application.direction)) return null;
    const text = texts.get(application.id) ?? weigh(words(application.text), idf);
    const vectors = vectorsOf(expert);
    const terms: AffinityTerm[] = [];
    const add = (term: keyof AffinityWeights, measure: number, because: readonly string[]) => {
      if (measure > 0) terms.push({ term, share: six(weights[term] * measure), because });
    };
    const near = expert.directions.map((one) =>
      one.direction === application.direction
        ? { measure: nearness.direction, code: one.direction }
        : one.category === application.category && one.field === application.field
          ? { measure: nearness.field, code: one.field }
          : { measure: one.category === application.category ? nearness.category : 0, code: one.category },
    );
    const nearest = near.reduce((best, one) => (one.measure > best.measure ? one : best), {
      measure: 0,
      code: "",
    });
    add("direction", nearest.measure, [nearest.code]);
    const byKeywords = shared(text, vectors.keywords);
    add("keywords", byKeywords.cosine, byKeywords.words);
    const byProjects = shared(text, vectors.projects);
    add("projects", byProjects.cosine, byProjects.words);
    const familiar = expert.familiarity[application.direction] ?? 0;
    add("familiarity", Math.min(1, Math.max(0, familiar)), [application.direction]);
    add("preference", expert.preferred.includes(application.direction) ? 1 : 0, [application.direction]);
    const penalty = (term: "region" | "seniority", holds: boolean, because: readonly string[]) => {
      if (holds && weights[term] > 0) terms.push({ term, share: -six(weights[term]), because });
    };
    penalty("region", application.region !== null && application.region === expert.region, [
      expert.region ?? "",
    ]);
    penalty("seniority", !expert.senior, []);
    const sum = terms.reduce((total, { share }) => total + share, 0);
    return { score: six(Math.min(1, Math.max(0, sum))), terms };
  };
};
