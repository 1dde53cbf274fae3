import type { Policy } from "../core/policy/policy.ts";
import type { Bilingual } from "../core/policy/words.ts";
import { en } from "./words.en.ts";
import { type Words, zh } from "./words.zh.ts";

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

/** Addresses of the built files, with the hash of their content in the name. */
export type Assets = {
  readonly css: string;
  /** In addition, on the pages of signed-in people. */
  readonly workCss: string;
  readonly script: string;
  readonly icons: string;
  readonly favicon: string;
};

/** Everything a page needs to know about where it stands. Pages read it and nothing else. */
export type Place = {
  readonly policy: Policy;
  readonly language: Language;
  /** Address of the policy in this language, without a closing slash: "", "/en", "/policies/x", "/en/policies/x". */
  readonly root: string;
  /** The same in the other language. */
  readonly otherRoot: string;
  /** Address of the platform in this language: "" or "/en". */
  readonly home: string;
  /** Path within the policy: "/", "/guide". */
  readonly path: string;
  /** Query with its question mark, or "". */
  readonly search: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The clock is set by hand: the page says so. */
  readonly demo: boolean;
  readonly large: boolean;
  readonly assets: Assets;
};

const dictionaries: Readonly<Record<Language, Words>> = { zh, en };

/** Words of the interface in the language of the page. */
export const wordsOf = (place: Pick<Place, "language">): Words => dictionaries[place.language];

/** One of a pair of texts of the pack, in the language of the page. */
export const say = (place: Pick<Place, "language">, text: Bilingual): string => text[place.language];

export const langOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en");

/** Address of a page of the same policy and language: `linkTo(place, "/guide")`. */
export const linkTo = (
  place: Pick<Place, "root">,
  path: string,
  query?: Readonly<Record<string, string>>,
): string => {
  const address = path === "/" ? place.root || "/" : `${place.root}${path}`;
  const search = query === undefined ? "" : new URLSearchParams(query).toString();
  return search === "" ? address : `${address}?${search}`;
};

/** The same page in the other language. */
export const otherLanguage = (place: Place): string =>
  `${linkTo({ root: place.otherRoot }, place.path)}${place.search}`;
