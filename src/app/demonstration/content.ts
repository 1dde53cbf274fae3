import type { ChangedMember, Changes } from "../../core/application/content.ts";
import { type Programme, leaves } from "../../core/policy/programme.ts";
import type { DemonstrationData, InstitutionData, Paper, PersonData, Story, Topic } from "./data.ts";
import { inventedIdentity, seeded } from "./numbers.ts";

/** An application that is complete, written from what its topic says; the same story gives the same words. */

export type Cast = {
  readonly unit: InstitutionData;
  readonly partner: InstitutionData | null;
  /** Colleagues with an account who take part. */
  readonly colleagues: readonly (PersonData & { readonly identityNo: string })[];
};

export type Leaf = { readonly category: string; readonly field: string; readonly direction: string };

/** Where a code of the pack's tree stands. A field without directions is its own leaf. */
export const leafOf = ({ categories }: Programme, code: string): Leaf => {
  for (const category of categories)
    for (const field of category.fields) {
      const found = leaves(field).find((one) => one.code === code);
      if (found !== undefined || field.code === code)
        return { category: category.code, field: field.code, direction: code };
    }
  throw new RangeError(`the pack has no ${code}`);
};

const measureOf = ([name, target, unit, comparator]: Topic["measure"]) =>
  `${name}${comparator === ">=" ? "不低于" : "不高于"}${target}${unit}`;

const filled = (template: string, topic: Topic, unit: string): string => {
  const facts: Readonly<Record<string, string>> = {
    title: topic.title,
    about: topic.about,
    problem: topic.problem,
    approach: topic.approach,
    use: topic.use,
    k1: topic.keywords[0],
    k2: topic.keywords[1],
    measure: measureOf(topic.measure),
    unit,
  };
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
};

/** Title, place in the tree and summary: as much as stands there on the first day. */
export const firstWords = (data: DemonstrationData, programme: Programme, story: Story): Changes => {
  const topic = topicOf(data, story);
  return { ...leafOf(programme, topic.code), title: topic.title, keywords: [...topic.keywords] };
};

const topicOf = (data: DemonstrationData, story: Story): Topic => {
  const topic = data.topics.get(story.topic);
  if (topic === undefined) throw new RangeError(`${story.id}: no topic ${story.topic}`);
  return story.title === undefined ? topic : { ...topic, title: story.title };
};

const formOf = ({ writing }: DemonstrationData, { category }: Leaf) => {
  const form = writing.forms.find(({ categories }) => categories.includes(category));
  if (form === undefined) throw new RangeError(`nothing is written for ${category}`);
  return form;
};

export const attachmentsOf = (
  data: DemonstrationData,
  programme: Programme,
  story: Story,
): readonly (readonly [string, Paper])[] => {
  const topic = topicOf(data, story);
  return [
    ...(topic.ethics === undefined ? [] : ([["ETHICS_APPROVAL", "ethics"]] as const)),
    ...(topic.partner === undefined ? [] : ([["COOPERATION_AGREEMENT", "agreement"]] as const)),
    ...formOf(data, leafOf(programme, topic.code)).attachments,
  ];
};

export const completeWords = (
  data: DemonstrationData,
  programme: Programme,
  story: Story,
  { unit, partner, colleagues }: Cast,
): Changes => {
  const topic = topicOf(data, story);
  const leaf = leafOf(programme, topic.code);
  const random = seeded(story.id);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new RangeError(`${story.id}: nothing to choose from`);
    return one;
  };
  const say = (template: string) => filled(template, topic, unit.name);
  const form = formOf(data, leaf);
  const terms = data.writing.categories[leaf.category];
  if (terms === undefined) throw new RangeError(`nothing is written for ${leaf.category}`);
  const grant = pick(terms.grants);
  const [name, target, measured, comparator] = topic.measure;
  const partners = [
    ...(topic.partner === undefined
      ? []
      : [{ ...topic.partner, key: "foreign", uscc: null, type: null, region: null, share: null }]),
    ...(partner === null
      ? []
      : [
          {
            key: "partner",
            name: partner.name,
            uscc: partner.uscc,
            type: partner.type as "ENTERPRISE",
            region: partner.region,
            countryOrRegion: "CN",
            tasks: say(data.writing.partnerTasks),
            share: Math.round(grant / 1_000) * 100,
          },
        ]),
  ];
  return {
    ...leaf,
    title: topic.title,
    keywords: [...topic.keywords],
    abstract: say(pick(data.writing.abstract)),
    periodEnd: story.periodEnd ?? terms.periodEnd,
    extensionReason: story.extensionReason ?? "",
    requestedGrant: grant,
    platform: terms.platform === true ? (unit.platforms[0] ?? null) : null,
    sciencePopularizationBase: terms.base === true ? (unit.bases[0]?.id ?? null) : null,
    completionPercent: form.completionPercent ?? null,
    sections: Object.fromEntries(
      Object.entries(form.sections).map(([id, paragraphs]) => [
        id,
        paragraphs.map((wordings) => say(pick(wordings))).join("\n\n"),
      ]),
    ),
    budget: {
      lines: form.budget.map(({ share, explanation, subject, source }, index) => ({
        subject,
        source,
        key: `b${index + 1}`,
        amount: (grant * share) / 100,
        explanation: say(explanation),
      })),
    },
    indicators: [
      {
        key: "i0",
        type: form.measure,
        code: null,
        name,
        comparator,
        target,
        unit: measured === "" ? data.writing.unitless : measured,
        verification: data.writing.verification,
      },
      ...form.indicators
        .filter(({ directions }) => directions === undefined || directions.includes(leaf.direction))
        .map(
          (
            { type, code, name: title, comparator: sign, target: aim, unit: counted, verification },
            index,
          ) => ({
            key: `i${index + 1}`,
            type,
            code: code ?? null,
            name: title,
            comparator: sign,
            target: aim,
            unit: counted,
            verification,
          }),
        ),
    ],
    partners,
    members: membersOf(data, story, { unit, colleagues, foreign: topic.partner !== undefined, say, pick }),
    declarations: {
      nonClassified: true,
      intellectualPropertyClear: true,
      ethics: topic.ethics ?? ["NONE"],
      commitment: true,
    },
  };
};

const membersOf = (
  data: DemonstrationData,
  story: Story,
  {
    unit,
    colleagues,
    foreign,
    say,
    pick,
  }: Pick<Cast, "unit" | "colleagues"> & {
    readonly foreign: boolean;
    readonly say: (template: string) => string;
    readonly pick: (list: readonly string[]) => string;
  },
): ChangedMember[] => {
  const serial = 10_000 + data.stories.indexOf(story) * 3;
  const tasks = (index: number) =>
    say(data.writing.memberTasks[index % data.writing.memberTasks.length] ?? "");
  const plain = (index: number): ChangedMember => ({
    key: `m${index}`,
    name: pick(data.writing.memberNames.surnames) + pick(data.writing.memberNames.given),
    identityType: "RESIDENT_ID",
    identityNo: inventedIdentity(serial + index),
    organization: unit.uscc,
    side: "DOMESTIC",
    role: index === 0 ? "KEY_MEMBER" : "STUDENT",
    titleLevel: index === 0 ? "ASSOCIATE_SENIOR" : "NONE",
    degree: index === 0 ? "DOCTOR" : "MASTER",
    monthsPerYear: 4 + 2 * index,
    tasks: tasks(index),
    consent: "WRITTEN",
  });
  return [
    plain(0),
    plain(1),
    ...colleagues.map((one, index) => ({
      ...plain(2),
      key: `c${index}`,
      name: one.name,
      identityNo: one.identityNo,
      role: "MEMBER" as const,
      tasks: tasks(2),
      consent: "ACCOUNT" as const,
    })),
    ...(foreign
      ? [
          {
            ...plain(2),
            key: "f0",
            name: data.words.title.foreign,
            identityType: "PASSPORT" as const,
            identityNo: "",
            organization: null,
            side: "FOREIGN" as const,
            role: "FOREIGN" as const,
            consent: null,
          },
        ]
      : []),
  ];
};
