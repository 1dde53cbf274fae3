import { existsSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { DocumentKind } from "../src/core/document/kind.ts";
import type { Policy } from "../src/core/policy/policy.ts";
import { fontFiles } from "../src/platform/documents/fonts.ts";
import { type Documents, openDocuments } from "../src/platform/documents.ts";
import { loadPolicy } from "../src/platform/policies.ts";
import { printer } from "./documents/chromium.ts";
import { orderOf, type Writer, writerOf } from "./documents/papers.ts";
import { pdfmake } from "./documents/pdfmake.ts";
import { familyCpu, watchMemory } from "./documents/resident.ts";

/**
 * Claim: a paper is there before one has looked for it. An application of 30 pages by the pack's own template through one warm process,
 * beside the same words printed by Chromium and by pdfmake, in turns; then 500 papers in a row with the memory watched. Every paper has
 * other words, so no cache helps. `--quick`: a few of each.
 */

const isQuick = process.argv.includes("--quick");
const rounds = isQuick ? 3 : 21;
const row = isQuick ? 25 : 500;
const warm = 3;

const pagesOf = async (bytes: Uint8Array): Promise<number> => {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { numPages } = pdf;
  await pdf.loadingTask.destroy();
  return numPages;
};

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const medianOf = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)]!;
const times = (one: number, other: number) => Math.round((one / other) * 100) / 100;
const figuresOf = (walls: readonly number[]) => ({
  median: Math.round(medianOf(walls)),
  fastest: Math.round(Math.min(...walls)),
  slowest: Math.round(Math.max(...walls)),
});

type Contender = {
  readonly name: string;
  /** What it writes of number `n`. */
  readonly print: (number: number) => Promise<Uint8Array>;
};

/** In turns, so that what else the machine does falls on all of them. */
const race = async (contenders: readonly Contender[]) => {
  const walls = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const cpu = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const last = new Map<string, Uint8Array>();
  for (let round = -warm; round < rounds; round += 1)
    for (const { name, print } of contenders) {
      const [used, from] = [familyCpu(), performance.now()];
      const bytes = await print(round + warm);
      const took = performance.now() - from;
      if (round >= 0) {
        walls.get(name)!.push(took);
        cpu.get(name)!.push(familyCpu() - used);
      }
      last.set(name, bytes);
    }
  const results = new Map<
    string,
    ReturnType<typeof figuresOf> & { cpu: number; pages: number; kilobytes: number }
  >();
  for (const { name } of contenders) {
    const bytes = last.get(name)!;
    results.set(name, {
      ...figuresOf(walls.get(name)!),
      /** Of all processes that it keeps busy: what else the machine does counts for less here. */
      cpu: medianOf(cpu.get(name)!),
      pages: await pagesOf(bytes),
      kilobytes: Math.round(bytes.length / 1_000),
    });
  }
  return results;
};

/** One application of thirty pages with its budget, two commitments and a budget again: short papers are the most. */
const kinds: readonly DocumentKind[] = [
  "application-form",
  "budget-explanation",
  "investigator-commitment",
  "organization-commitment",
  "budget-explanation",
];

/** The processes by themselves: before the peers have left anything in this one. */
const inARow = async (open: () => Documents, policy: Policy, write: Writer) => {
  const many = open();
  const memory = watchMemory();
  const waited: number[] = [];
  let pages = 0;
  const from = performance.now();
  for (let number = 0; number < row; number += 1) {
    const kind = kinds[number % kinds.length]!;
    const data =
      kind === "application-form"
        ? write.form(5_000 + number)
        : kind === "budget-explanation"
          ? write.budget(5_000 + number)
          : write.head(5_000 + number);
    const started = performance.now();
    pages += (await many.drawn(orderOf(policy, kind, data), "bulk")).pages;
    waited.push(performance.now() - started);
  }
  const took = performance.now() - from;
  const { processes, ...peak } = memory.stop();
  await many.close();
  return {
    papers: row,
    pages,
    seconds: Math.round(took / 100) / 10,
    slowest: Math.round(Math.max(...waited)),
    processes,
    peak,
  };
};

export const run = async () => {
  const policy = await loadPolicy("dalian-2024");
  const write = writerOf(policy);
  const fonts = fontFiles(process.env);
  // Nothing is kept, so neither database nor store is asked.
  const open = () => openDocuments({ database: null as never, funder: "", files: null as never }, { fonts });

  const many = await inARow(open, policy, write);
  const documents = open();
  const chromium = await printer();
  const collection = fonts.find((file) => file.endsWith("NotoSerifCJK-Regular.ttc"));
  const song = (weight: "Regular" | "Bold") => {
    const beside = collection?.replace("-Regular.ttc", `-${weight}.ttc`) ?? "";
    if (existsSync(beside)) return [beside, `NotoSerifCJKsc-${weight}`];
    return fonts.find((file) => file.endsWith(`${weight === "Bold" ? 700 : 400}${weight}.ttf`)) ?? "";
  };
  const maker = pdfmake({ normal: song("Regular"), bold: song("Bold") });
  const contenders: readonly Contender[] = [
    {
      name: "form",
      print: async (number) =>
        (await documents.drawn(orderOf(policy, "application-form", write.form(number)))).bytes,
    },
    ...(chromium === null
      ? []
      : [{ name: "chromium", print: (number: number) => chromium.print(write.form(number)) }]),
    { name: "pdfmake", print: (number: number) => maker.print(write.form(number)) },
  ];
  const results = await race(contenders);
  await chromium?.close();
  await documents.close();
  const form = results.get("form")!;
  const beside = (name: string, version: string) => {
    const other = results.get(name);
    return other === undefined
      ? { missing: 1 }
      : {
          version,
          ...other,
          timesSlower: times(other.median, form.median),
          timesCpu: times(other.cpu, form.cpu),
        };
  };

  return {
    form,
    chromium: beside("chromium", chromium?.version ?? ""),
    pdfmake: beside("pdfmake", maker.version),
    row: many,
  };
};
