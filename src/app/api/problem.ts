import { FileTooLarge } from "../../platform/files.ts";
import { Paused } from "../../stages/registration/sign-in.ts";
import type { FastifyReply } from "fastify";
import type { Bilingual } from "../../core/policy/words.ts";
import {
  Busy,
  Denied,
  type Ground,
  type InputFault,
  Invalid,
  Missing,
  Refused,
  Stale,
  Taken,
} from "../../platform/errors.ts";

/** RFC 9457. `detail` in Chinese, `detailEn` in English; `findings` where rules refuse, `faults` where the input is malformed. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: Bilingual;
  readonly findings?: readonly Ground[];
  readonly faults?: readonly InputFault[];
  /** How long to wait, for 429. */
  readonly seconds?: number;
};

const titles: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
  507: "Insufficient Storage",
};

const problem = (
  status: number,
  code: string,
  detail: Bilingual,
  more: Pick<Problem, "findings" | "faults"> = {},
): Problem => ({ status, code, title: titles[status] ?? "Error", detail, ...more });

export const noSession = problem(401, "no-session", {
  zh: "没有登录，或者登录已经过期。请先登录（session.create），再带上令牌。",
  en: "Not signed in, or the session has ended. Sign in first (session.create) and send the token.",
});

const transient = new Set([
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08001",
  "08003",
  "08006",
  "ECONNREFUSED",
]);

/** The whole table of the contract; what is none of these is a fault of ours, told without its inside. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Denied) return problem(403, "denied", error.reason);
  if (error instanceof Missing)
    return problem(404, "missing", {
      zh: "没有这一项，或者你不能查看它。",
      en: "It is not there, or you may not see it.",
    });
  if (error instanceof Stale)
    return problem(409, "stale", {
      zh: `别人已经改动过：你看到的是第 ${error.expected} 版，现在是第 ${error.actual} 版。请重新读取后再办理。`,
      en: `It was changed meanwhile: you saw version ${error.expected}, now it is ${error.actual}. Read it again first.`,
    });
  if (error instanceof Taken)
    return problem(409, "taken", error.reason, error.findings.length > 0 ? { findings: error.findings } : {});
  if (error instanceof Paused) return { ...problem(429, "paused", error.reason), seconds: error.seconds };
  if (error instanceof Busy)
    return {
      ...problem(503, "busy", {
        zh: "排队的人多，这次没有办成，什么也没有改动。请稍后再试。",
        en: "Many are waiting; nothing was done. Try again in a moment.",
      }),
      seconds: error.seconds,
    };
  if (error instanceof Refused)
    return problem(
      422,
      "refused",
      error.reason,
      error.findings.length > 0 ? { findings: error.findings } : {},
    );
  if (error instanceof Invalid)
    return problem(
      422,
      "invalid",
      { zh: "请求的内容有误，见 faults。", en: "The request is malformed; see faults." },
      { faults: error.faults },
    );
  const { statusCode, code } = error as { readonly statusCode?: number; readonly code?: string };
  if (statusCode === 413 || error instanceof FileTooLarge)
    return problem(413, "too-large", { zh: "内容太大。", en: "The content is too large." });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return problem(422, "unreadable", {
      zh: "请求的内容无法读取，应为 JSON。",
      en: "The request cannot be read; it must be JSON.",
    });
  if (code === "53100" || code === "ENOSPC")
    return problem(507, "full", {
      zh: "平台的存储空间已满，这次没有办成，已有的内容都在。请稍后再试。",
      en: "The platform's storage is full. Nothing was done and nothing is lost; try again later.",
    });
  if (code !== undefined && transient.has(code))
    return problem(503, "unavailable", {
      zh: "平台暂时繁忙，这次没有办成。请稍后用同一个 Idempotency-Key 再试。",
      en: "The platform is busy and nothing was done. Try again later with the same Idempotency-Key.",
    });
  return problem(500, "ours", {
    zh: "平台出了问题，不是你的请求造成的。请稍后用同一个 Idempotency-Key 再试。",
    en: "The platform failed; it is not your request. Try again later with the same Idempotency-Key.",
  });
};

export const sendProblem = (reply: FastifyReply, { detail, ...rest }: Problem) => {
  if (rest.status === 503 || rest.status === 429) reply.header("retry-after", String(rest.seconds ?? 5));
  return reply
    .code(rest.status)
    .header("cache-control", "no-store")
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ type: "about:blank", ...rest, detail: detail.zh, detailEn: detail.en }));
};
