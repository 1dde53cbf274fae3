import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Changes } from "../../core/application/content.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Role } from "../../core/role.ts";

/** What a demonstration plays, as it stands in `demonstration/<pack>.json` and the folder beside it. Everybody in it is invented. */

export type PersonData = {
  readonly login: string;
  readonly name: string;
  readonly roles?: readonly Role[];
  readonly division?: string;
  readonly titleLevel?: string;
  readonly degree?: string;
  /** Made by the installation, before anybody can act. */
  readonly first?: true;
};
type UnitData = {
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  readonly people: readonly PersonData[];
};
export type InstitutionData = UnitData & {
  readonly uscc: string;
  readonly type: string;
  readonly department: string;
  readonly basis: string;
  readonly quotaGroup: string | null;
  /** Named in the guide: shown in neutral states only. */
  readonly real: boolean;
  readonly parent: string | null;
  readonly region: string;
  readonly platforms: readonly string[];
  readonly bases: readonly { readonly id: string; readonly level: string }[];
  readonly medicalLicence: string | null;
};
/** Days are counted from the first day of the call. */
type WorldData = {
  readonly calls: {
    readonly closed: {
      readonly code: string;
      readonly title: Bilingual;
      readonly opens: string;
      readonly closes: string;
      readonly recommends: string;
      readonly accepts: string;
    };
  };
  readonly preparationDays: number;
  readonly bureau: UnitData;
  readonly departments: readonly UnitData[];
  readonly institutions: readonly InstitutionData[];
  readonly waiting: {
    readonly institution: Omit<InstitutionData, "people"> & { readonly person: PersonData };
    readonly people: readonly (PersonData & { readonly organization: string })[];
  };
  readonly projects: readonly {
    readonly number: string;
    readonly title: string;
    readonly programme: string;
    readonly category: string;
    readonly person: string;
    readonly unit: string;
    readonly periodEnd: string;
  }[];
  readonly integrityRecords: readonly {
    readonly person?: string;
    readonly unit?: string;
    readonly kind: string;
    readonly decisionNumber: string;
    readonly source: string;
    readonly validFrom: string | null;
    readonly validTo: string | null;
    /** Day of the open call on which it is entered; null: beforehand. */
    readonly day: number | null;
  }[];
  readonly offPlatform: readonly {
    readonly unit: string;
    readonly number: string;
    readonly day: number;
    readonly call: CallKey;
  }[];
  readonly internalDeadlines: readonly { readonly unit: string; readonly before: number }[];
  /** Whose accounts are told, the first of each role on one chain. */
  readonly listed: readonly (readonly [Role, string])[];
};

export type CallKey = "closed" | "open";
export type Topic = {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly about: string;
  readonly problem: string;
  readonly approach: string;
  readonly use: string;
  readonly keywords: readonly [string, string, string];
  readonly measure: readonly [string, number, string, ">=" | "<="];
  readonly ethics?: NonNullable<Changes["declarations"]>["ethics"];
  readonly partner?: { readonly name: string; readonly countryOrRegion: string; readonly tasks: string };
};
export type Story = {
  readonly id: string;
  readonly call: CallKey;
  readonly path: string;
  readonly unit: string;
  readonly person: string;
  readonly topic: string;
  readonly title?: string;
  readonly copyOf?: string;
  readonly partner?: string;
  /** A colleague with an account who takes part and has not said so yet. */
  readonly colleague?: string;
  readonly words?: number;
  readonly exception?: number;
  readonly rule?: string;
  readonly periodEnd?: string;
  readonly extensionReason?: string;
  readonly overQuota?: boolean;
};
/** A verb and the day of the call on which it is done; after `letter` the round of letters. */
type Step = readonly [string, number | string];
export type Paths = Readonly<
  Record<
    CallKey,
    {
      readonly days: {
        readonly letters: Readonly<Record<string, number>>;
        readonly sweeps: readonly number[];
        readonly paper: readonly string[];
      };
      readonly paths: Readonly<Record<string, readonly Step[]>>;
    }
  >
>;
export type Writing = {
  readonly abstract: readonly string[];
  readonly forms: readonly {
    readonly categories: readonly string[];
    /** Type of the indicator that a topic's measure becomes. */
    readonly measure: "TECHNICAL" | "OTHER";
    readonly attachments: readonly (readonly [string, Paper])[];
    readonly completionPercent?: number;
    /** By question: paragraphs, each in several wordings. */
    readonly sections: Readonly<Record<string, readonly (readonly string[])[]>>;
    readonly budget: readonly {
      readonly subject: "EQUIPMENT";
      readonly source: "CITY" | "SELF";
      readonly share: number;
      readonly explanation: string;
    }[];
    readonly indicators: readonly (Omit<NonNullable<Changes["indicators"]>[number], "key"> & {
      readonly directions?: readonly string[];
    })[];
  }[];
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly grants: readonly number[];
        readonly periodEnd: string;
        /** Whether it rests on a platform, or on a base, of the unit. */
        readonly platform?: true;
        readonly base?: true;
      }
    >
  >;
  readonly memberTasks: readonly string[];
  readonly memberNames: { readonly surnames: readonly string[]; readonly given: readonly string[] };
  readonly partnerTasks: string;
  readonly unitless: string;
  readonly verification: string;
};
type Given = readonly { readonly code: string; readonly fact: string; readonly fields?: readonly string[] }[];
type Said = {
  readonly reason?: string;
  readonly marks?: readonly { readonly field: string; readonly text: string }[];
  readonly reasons?: Given;
  readonly defects?: Given;
  readonly notice?: string;
  readonly grounds?: string;
  readonly fits?: boolean;
  readonly text?: string;
  readonly opinion?: string;
  readonly refusal?: string;
};
export type Paper = "scan" | "letter" | "list" | "credit" | "ethics" | "agreement" | "work" | "foreign";
/** Verbs that need words. */
export type Spoken =
  | "unitReturn"
  | "unitReject"
  | "deptReturn"
  | "decline"
  | "refuse"
  | "correct"
  | "appeal"
  | "uphold"
  | "dismiss"
  | "advise"
  | "withdraw"
  | "purge"
  | "exception";
export type Words = Readonly<Record<Spoken, readonly Said[]>> & {
  readonly amended: string;
  readonly confirmation: string;
  readonly paperChannel: string;
  readonly letter: string;
  readonly title: Readonly<Record<Paper, string>>;
};

export type DemonstrationData = WorldData & {
  readonly topics: ReadonlyMap<string, Topic>;
  readonly stories: readonly Story[];
  readonly paths: Paths;
  readonly writing: Writing;
  readonly words: Words;
};

/** Throws where there is none for the pack. */
export const readDemonstration = async (pack: string): Promise<DemonstrationData> => {
  const root = path.resolve(import.meta.dirname, "../../../demonstration");
  const text = (name: string) => readFile(path.join(root, name), "utf8");
  const json = async <T>(name: string): Promise<T> => JSON.parse(await text(name)) as T;
  const lines = async <T>(name: string): Promise<readonly T[]> =>
    (await text(name))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as T);
  const [world, topics, stories, paths, writing, words] = await Promise.all([
    json<WorldData>(`${pack}.json`),
    lines<Topic>(`${pack}/topics.jsonl`),
    lines<Story>(`${pack}/stories.jsonl`),
    json<Paths>(`${pack}/paths.json`),
    json<Writing>(`${pack}/writing.json`),
    json<Words>(`${pack}/words.json`),
  ]);
  return {
    ...world,
    topics: new Map(topics.map((one) => [one.id, one])),
    stories,
    paths,
    writing,
    words,
  };
};
