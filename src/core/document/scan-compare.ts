import type { Bilingual } from "../policy/words.ts";
import type { Severity } from "../policy/stage.ts";
import { type DocumentKind, documentKinds } from "./kind.ts";
import { bareCode } from "./page-code.ts";
import { faultWords } from "./scan-faults.ts";
import { pageRanges } from "./page-ranges.ts";
import { mostPages, type ScanPage, type ScanReading } from "./scan.ts";

/** What should be on a scan. The first paper is the one that must be there; the others may stand with it. */
export type ScanExpected = {
  /** As printed, with its dashes. */
  readonly code: string;
  /** What the code names: 第 4 版, 推荐函 …. */
  readonly name: Bilingual;
  /** Other codes that can be named to the person: older versions, letters that were recalled. */
  readonly others: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly papers: readonly [ExpectedPaper, ...(readonly ExpectedPaper[])];
};
/** `pages`: how many the paper has; null where that is not known. */
export type ExpectedPaper = { readonly kind: DocumentKind; readonly pages: number | null };

export type ScanRule =
  | "scan-fault"
  | "scan-stale"
  | "scan-foreign"
  | "scan-paper"
  | "scan-missing"
  | "scan-unread"
  | "scan-twice"
  | "scan-extra"
  | "scan-active";
export type ScanFinding = {
  readonly rule: ScanRule;
  readonly severity: Severity;
  /** Places in the file, from 1, or pages of the paper where those are missing. */
  readonly pages: readonly number[];
  readonly message: Bilingual;
};

export type ScanComparison = {
  /** `right`: the code and all pages were read. `person`: somebody has to look. `wrong`: it cannot be taken. */
  readonly verdict: "right" | "person" | "wrong";
  readonly findings: readonly ScanFinding[];
  /** Places in the file where the right code was read. */
  readonly read: readonly number[];
};

const finding = (
  rule: ScanRule,
  severity: Severity,
  pages: readonly number[],
  zh: string,
  en: string,
): ScanFinding => ({ rule, severity, pages, message: { zh, en } });

const placesOf = (pages: readonly ScanPage[]): readonly number[] => [
  ...new Set(pages.map((one) => one.page)),
];

/** Compares what was read with what should be there. Decides nothing about the seal itself. */
export const compareScan = (reading: ScanReading, expected: ScanExpected): ScanComparison => {
  if ("fault" in reading) {
    const { fault } = reading;
    const isOpen = fault === "slow";
    return {
      verdict: isOpen ? "person" : "wrong",
      findings: [
        { rule: "scan-fault", severity: isOpen ? "confirm" : "error", pages: [], message: faultWords[fault] },
      ],
      read: [],
    };
  }
  const code = bareCode(expected.code);
  const others = new Map(expected.others.map((one) => [bareCode(one.code), one.name]));
  const right = reading.pages.filter((one) => one.code === code);
  // A scanner's program mistakes letters: what it guessed counts only where it is a code that exists.
  const unread = reading.pages.filter(
    (one) => one.code === null || (one.by === "recognised" && one.code !== code && !others.has(one.code)),
  );
  const astray = reading.pages.filter((one) => one.code !== code && !unread.includes(one));
  const findings = [
    ...strayed(astray, others, expected),
    ...setOf(right, unread, expected),
    ...twice(right),
    ...(reading.active
      ? [
          finding(
            "scan-active",
            "info",
            [],
            "这份 PDF 里带有脚本或附带文件。平台只看页面，不运行它们。",
            "This PDF carries scripts or files inside. The platform looks at its pages only and runs nothing.",
          ),
        ]
      : []),
  ];
  const worst = (severity: Severity) => findings.some((one) => one.severity === severity);
  return {
    verdict: worst("error") ? "wrong" : worst("confirm") ? "person" : "right",
    findings,
    read: placesOf(right),
  };
};

/** As it stands on paper, where it is a version's. */
const printed = (code: string): string =>
  code.length === 12 ? `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}` : code;

/** Pages of another version, another letter, another application. */
const strayed = (
  astray: readonly ScanPage[],
  others: ReadonlyMap<string, Bilingual>,
  { code, name }: ScanExpected,
): readonly ScanFinding[] => {
  const found: ScanFinding[] = [];
  for (const one of new Set(astray.map((page) => page.code ?? ""))) {
    const pages = placesOf(astray.filter((page) => page.code === one));
    const ranges = pageRanges(pages);
    const known = others.get(one);
    found.push(
      known === undefined
        ? finding(
            "scan-foreign",
            "error",
            pages,
            `扫描件${ranges.zh}的码是 ${printed(one)}，不属于这里，应为 ${code}。请取出这几页，换上正确的再扫描。`,
            `${ranges.en} of the scan carry the code ${printed(one)}, which does not belong here; it should be ${code}. Take them out and scan the right ones.`,
          )
        : finding(
            "scan-stale",
            "error",
            pages,
            `扫描件${ranges.zh}是${known.zh}的，现在是${name.zh}（${code}）。请打印${name.zh}，盖章后重新扫描。`,
            `${ranges.en} of the scan are of ${known.en}; it is now ${name.en} (${code}). Print ${name.en}, stamp it and scan it again.`,
          ),
    );
  }
  return found;
};

/** Which paper a page belongs to, where its square was not read: by its length, else the one that must be there. */
const kindOf = (page: ScanPage, papers: readonly ExpectedPaper[]): DocumentKind | undefined =>
  page.kind ?? papers.find((one) => one.pages !== null && one.pages === page.of)?.kind ?? papers[0]?.kind;

/** Missing pages, pages that could not be read, pages that nobody asked for. */
const setOf = (
  right: readonly ScanPage[],
  unread: readonly ScanPage[],
  { papers }: ScanExpected,
): readonly ScanFinding[] => {
  const [main] = papers;
  const places = placesOf(unread);
  const where = pageRanges(places);
  const title = documentKinds[main.kind].title;
  const own = right.filter((one) => kindOf(one, papers) === main.kind);
  if (own.length === 0 && unread.length === 0) {
    const seen = [...new Set(right.flatMap((one) => one.kind ?? []))].map(
      (kind) => documentKinds[kind].title,
    );
    // Where pages of another version stand, that is said already.
    return right.length === 0
      ? []
      : [
          finding(
            "scan-paper",
            "error",
            placesOf(right),
            `这里应是《${title.zh}》，扫描件里只有${seen.map((one) => `《${one.zh}》`).join("")}。请换成《${title.zh}》的扫描件。`,
            `This should be the ${title.en.toLowerCase()}; the scan holds only the ${seen.map((one) => one.en.toLowerCase()).join(", ")}. Add a scan of the right paper.`,
          ),
        ];
  }
  const numbers = new Set(own.flatMap((one) => one.number ?? []));
  const told = own.find((one) => one.of !== null)?.of;
  const length = main.pages ?? told ?? Math.max(0, ...numbers);
  const missing = Array.from({ length: Math.min(length, mostPages) }, (_, index) => index + 1).filter(
    (number) => !numbers.has(number),
  );
  const gap = pageRanges(missing);
  if (own.length === 0)
    return [
      finding(
        "scan-unread",
        "confirm",
        places,
        `扫描件${where.zh}没有读出码。请对着纸质件核对；看不清的，请用 300 dpi 彩色重新扫描。`,
        `No code could be read on ${where.en.toLowerCase()} of the scan. Check it against the paper; where it is not clear, scan again at 300 dpi in colour.`,
      ),
    ];
  if (missing.length === 0)
    return unread.length === 0
      ? []
      : [
          finding(
            "scan-extra",
            "info",
            places,
            `扫描件${where.zh}没有码，作为附页保存。`,
            `${where.en} of the scan carry no code and are kept as additional pages.`,
          ),
        ];
  if (unread.length < missing.length)
    return [
      finding(
        "scan-missing",
        "error",
        missing,
        unread.length === 0
          ? `《${title.zh}》共 ${length} 页，缺${gap.zh}。请补扫后合成一份上传。`
          : `《${title.zh}》共 ${length} 页，没有读到${gap.zh}；扫描件只有${where.zh}没有读出码，至少缺 ${missing.length - unread.length} 页。请补齐后重新扫描。`,
        unread.length === 0
          ? `The ${title.en.toLowerCase()} has ${length} pages; missing: ${gap.en.toLowerCase()}. Scan them too and add one whole file.`
          : `The ${title.en.toLowerCase()} has ${length} pages; not found: ${gap.en.toLowerCase()}. Only ${where.en.toLowerCase()} of the scan could not be read, so at least ${missing.length - unread.length} are missing. Scan the whole paper again.`,
      ),
    ];
  return [
    finding(
      "scan-unread",
      "confirm",
      places,
      `扫描件${where.zh}没有读出码，应当是《${title.zh}》${gap.zh}。请对着纸质件核对；看不清的，请重新扫描。`,
      `No code could be read on ${where.en.toLowerCase()} of the scan, where ${gap.en.toLowerCase()} of the ${title.en.toLowerCase()} should be. Check against the paper; where it is not clear, scan again.`,
    ),
  ];
};

const twice = (right: readonly ScanPage[]): readonly ScanFinding[] => {
  const seen = new Map<string, ScanPage[]>();
  for (const one of right)
    if (one.number !== null) {
      const key = `${one.kind ?? ""} ${one.number}`;
      seen.set(key, [...(seen.get(key) ?? []), one]);
    }
  const doubled = [...seen.values()].filter((ones) => ones.length > 1);
  if (doubled.length === 0) return [];
  const places = doubled.flatMap((ones) => ones.slice(1).map((one) => one.page)).toSorted((a, b) => a - b);
  const ranges = pageRanges(places);
  return [
    finding(
      "scan-twice",
      "warning",
      places,
      `扫描件${ranges.zh}与前面的页重复。不影响办理；可以换一份不重复的。`,
      `${ranges.en} of the scan stand there before. It can be taken as it is, or replaced by one without doubles.`,
    ),
  ];
};
