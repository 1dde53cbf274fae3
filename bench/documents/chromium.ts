import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { ApplicationFormData } from "../../src/stages/application/papers/application-form.ts";
import type { Sheet } from "../../src/stages/application/papers/budget-table.ts";

/** The same words as a page of a browser, printed. The square of each page cannot be had: a footer there is the same on all pages but for its number. */

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const linesOf = (cell: string | readonly string[]) =>
  (typeof cell === "string" ? [cell] : cell).map(escaped).join("<br>");

const tableOf = ({ head, rows, total }: Sheet) =>
  `<table><thead><tr>${head.map((one) => `<th>${escaped(one)}</th>`).join("")}</tr></thead><tbody>${[
    ...rows,
    ...(total === undefined ? [] : [total]),
  ]
    .map((row) => `<tr>${row.map((cell) => `<td>${linesOf(cell)}</td>`).join("")}</tr>`)
    .join("")}</tbody></table>`;

export const htmlOf = (data: ApplicationFormData): string => `<!doctype html><html lang="zh-CN"><head>
<meta charset="utf-8"><title>${escaped(data.title)}</title><style>
@page { size: A4; margin: 3.2cm 2.6cm 3cm 2.8cm }
body { font: 12pt/1.56 "Noto Serif CJK SC"; margin: 0 }
h1 { font-size: 16pt; margin: 1em 0 .5em } h2 { font-size: 12pt } .cover { break-after: page; text-align: center }
p { margin: 0; text-indent: 2em; text-align: justify }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt } td, th { border: 1px solid; padding: 3pt }
</style></head><body><div class="cover"><h1>申报书</h1>${tableOf({
  head: ["项目", "内容"],
  rows: [
    ["项目名称", data.title],
    ["申报单位", data.organization],
    ["项目负责人", data.investigator],
    ["版本码", data.code ?? ""],
  ],
})}</div>${data.sections
  .map(
    ({ title, questions }) =>
      `<h1>${escaped(title)}</h1>${questions
        .map(({ title: asked, shape, lines, sheets }) => {
          if (shape === "short") return tableOf({ head: [asked], rows: lines.map((line) => [line]) });
          return `<h2>${escaped(asked)}</h2>${lines.map((line) => `<p>${escaped(line)}</p>`).join("")}${sheets.map(tableOf).join("")}`;
        })
        .join("")}`,
  )
  .join("")}</body></html>`;

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/google-chrome"];

/** Null where there is none. One browser and one page of it, kept warm. */
export const printer = async (): Promise<{
  readonly version: string;
  readonly print: (data: ApplicationFormData) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
} | null> => {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) return null;
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const page = await browser.newPage();
  return {
    version: browser.version(),
    print: async (data) => {
      await page.setContent(htmlOf(data));
      return page.pdf({
        preferCSSPageSize: true,
        tagged: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: `<div style="font-size:9pt;width:100%;text-align:center">版本码 ${data.code ?? ""} — <span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
      });
    },
    close: () => browser.close(),
  };
};
