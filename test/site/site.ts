import type { FastifyInstance } from "fastify";
import { buildServer } from "../../src/app/web.ts";

/** Inside every window of the default pack, a few days before its end. */
export const insideTheCall = Date.parse("2024-06-20T16:02:31+08:00");

export const site = (options: { now?: number; demo?: boolean } = {}): Promise<FastifyInstance> =>
  buildServer({ clock: () => options.now ?? insideTheCall, demo: options.demo ?? false });

/** Pages that stand without being asked anything; the self-check joins when it is registered. */
export const plainPages = (app: FastifyInstance): readonly string[] =>
  [
    "/",
    "/guide",
    "/directions",
    "/directions/find",
    "/contacts",
    "/coverage",
    "/policies",
    "/en",
    "/en/guide",
    "/en/directions",
    "/en/directions/find",
    "/en/contacts",
    "/en/coverage",
    "/en/policies",
    "/self-check",
    "/en/self-check",
  ].filter((url) => app.hasRoute({ method: "GET", url }));

/** A journey with one error, one thing to confirm and one to know. */
const selfCheckAnswers =
  "category=APPLIED_BASIC&field=AGRI&direction=AB-53&unit=DLOU&ongoing=none&another=none&period=2029-06-30&reason=yes&grant=35&statements=none";

/** Pages with a question: results, nothing found, errors. */
export const askedPages: readonly string[] = [
  `/guide?q=${encodeURIComponent("不超过")}`,
  `/guide?q=${encodeURIComponent("没有这样的词")}`,
  `/directions?q=${encodeURIComponent("电池")}`,
  `/directions?q=${encodeURIComponent("没有这样的词")}`,
  `/directions/find?q=${encodeURIComponent("钠离子电池硬碳负极材料")}`,
  "/directions/find?q=",
  `/directions/find?q=${encodeURIComponent("长".repeat(1001))}`,
  "/contacts?category=APPLIED_BASIC&field=AGRI",
  "/self-check/question/category",
  "/self-check/question/direction?category=APPLIED_BASIC&field=SMART_MFG",
  "/self-check/question/unit?category=APPLIED_BASIC&field=AGRI&direction=AB-53",
  `/self-check/result?${selfCheckAnswers}`,
  `/en/self-check/result?${selfCheckAnswers}`,
  "/contacts?category=APPLIED_BASIC",
  "/coverage?kind=attestation",
  "/en/coverage?kind=rule",
  `/en/guide?q=${encodeURIComponent("预算")}`,
];

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&quot;": '"', "&#39;": "'", "&lt;": "<" };

/** Addresses that a page leads to, as a browser would read them. */
export const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map((match) =>
    (match[1] ?? "").replaceAll(/&(?:amp|quot|#39|lt);/g, (entity) => entities[entity] ?? entity),
  );

export const idsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1] ?? ""));
