import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import { Busy, Missing } from "../platform/errors.ts";
import { FileTooLarge } from "../platform/files.ts";
import { platformNow } from "../platform/action.ts";
import type { Platform } from "../platform/platform.ts";
import type { Desk, Door, DoorAnswer, PostedFile, Work, WorkAnswer } from "../stages/registration/desk.ts";
import { csrfHolds, type Session, sessionOf } from "../stages/registration/sessions.ts";
import { type Language, languages, langOf, type Place } from "../ui/place.ts";
import { disposition, sendText } from "./send.ts";

/** Mounts the pages of signed-in people: the session, the form token, uploaded files, both languages. */

type Trouble = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  kind: "missing" | "tooLarge" | "forged" | "unreadable" | "busy",
) => unknown;

export type DeskOptions = {
  readonly platform: Platform;
  /** Where a work page stands: its language and its path without the language. */
  readonly placeOf: (request: FastifyRequest, language: Language, path: string, now: number) => Place;
  readonly know: (url: string, method: string) => void;
  readonly trouble: Trouble;
};

export const sessionCookie = "zn-session";

const cookieOf = (request: FastifyRequest): string =>
  (request.headers.cookie ?? "")
    .split(";")
    .map((one) => one.trim().split("="))
    .find(([name]) => name === sessionCookie)?.[1] ?? "";

export const webSessionOf = async (platform: Platform, request: FastifyRequest): Promise<Session | null> => {
  const token = cookieOf(request);
  if (token === "") return null;
  const session = await sessionOf(platform, token);
  return session?.kind === "WEB" ? session : null;
};

const flat = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((query ?? {}) as Record<string, string | readonly string[]>).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value[0] : value).trim(),
    ]),
  );

type Posted = { readonly form: URLSearchParams; readonly files: readonly PostedFile[] };

/** A posted form; files are streamed to the store as they come. Throws `FileTooLarge`. */
const readPosted = async (
  platform: Platform,
  request: FastifyRequest,
  limit: number | undefined,
): Promise<Posted> => {
  if (!request.isMultipart()) {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, string | string[]>))
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
    return { form, files: [] };
  }
  const form = new URLSearchParams();
  const files: PostedFile[] = [];
  for await (const part of request.parts({
    limits: { fileSize: (limit ?? 0) + 1, files: 20, fields: 500 },
  })) {
    if (part.type === "field") {
      form.append(part.fieldname, String(part.value));
      continue;
    }
    // A field left empty arrives as a nameless part: drained and forgotten.
    if (part.filename === "") {
      part.file.resume();
      continue;
    }
    if (limit === undefined) throw new FileTooLarge(0);
    const stored = await platform.files.put(part.file, limit);
    if (part.file.truncated) throw new FileTooLarge(limit);
    files.push({ field: part.fieldname, filename: part.filename, ...stored });
  }
  return { form, files };
};

/** The reader of multipart forms tells its faults by their words, or by a status of its own. */
const isHalf = (error: unknown): boolean => {
  const { message = "", statusCode } = error as { readonly message?: string; readonly statusCode?: number };
  return (
    (statusCode !== undefined && statusCode < 500) ||
    ["Unexpected end of", "Malformed part header", "Premature close", "aborted"].some((one) =>
      message.includes(one),
    )
  );
};

/** A part of an address that is no id names nothing: PostgreSQL says so where nobody looked before. */
const isNoId = (error: unknown): boolean => {
  const { code, routine } = error as { readonly code?: string; readonly routine?: string };
  return code === "22P02" && routine === "string_to_uuid";
};

export const deskOf = (app: FastifyInstance, { platform, placeOf, know, trouble }: DeskOptions): Desk => {
  const answer = (request: FastifyRequest, reply: FastifyReply, result: WorkAnswer) => {
    if ("to" in result) return reply.redirect(result.to, 303);
    if ("download" in result)
      return reply
        .headers({
          "content-type": result.mime,
          ...(result.size === null ? {} : { "content-length": result.size }),
          "content-disposition": disposition(result.filename),
          // An uploaded file never runs in our origin, whatever it is.
          "content-security-policy": "sandbox; default-src 'none'",
          "cache-control": "private, no-store",
        })
        .send(result.download);
    const [status, page] = "page" in result ? [result.status, result.page] : [200, result];
    reply.header("cache-control", "private, no-store");
    return sendText(request, reply.code(status), `<!doctype html>${renderToString(page)}`);
  };

  const handle = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    render: (work: Work) => Promise<WorkAnswer>,
    posting: { readonly files?: number } | null,
  ) => {
    reply.header("content-language", langOf(language));
    const home = language === "zh" ? "" : "/en";
    const session = await webSessionOf(platform, request);
    if (session === null)
      return reply.redirect(
        `${home}/sign-in?next=${encodeURIComponent(request.method === "GET" ? request.url : `${home}/work`)}`,
        303,
      );
    let posted: Posted = { form: new URLSearchParams(), files: [] };
    if (posting !== null) {
      try {
        posted = await readPosted(platform, request, posting.files);
      } catch (error) {
        if (error instanceof FileTooLarge) return trouble(request, reply, 413, "tooLarge");
        // A post that ends half way, or that is no form at all: nothing was attached.
        if (isHalf(error)) return trouble(request, reply, 400, "unreadable");
        throw error;
      }
      if (!csrfHolds(platform, session.id, posted.form.get("csrf") ?? ""))
        return trouble(request, reply, 403, "forged");
    }
    const now = await platformNow(platform.database.kysely);
    const path = request.url.split("?", 1)[0]?.slice(home.length) ?? "/";
    try {
      const result = await render({
        platform,
        place: placeOf(request, language, path === "" ? "/" : path, now),
        viewer: session.viewer,
        session: session.id,
        params: flat(request.params),
        query: flat(request.query),
        form: posted.form,
        files: posted.files,
        now,
      });
      return answer(request, reply, result);
    } catch (error) {
      if (error instanceof Missing || isNoId(error)) return trouble(request, reply, 404, "missing");
      if (error instanceof Busy)
        return trouble(request, reply.header("retry-after", String(error.seconds)), 503, "busy");
      throw error;
    }
  };

  const mount = (
    method: "GET" | "POST",
    path: string,
    render: (work: Work) => Promise<WorkAnswer>,
    posting: { readonly files?: number } | null,
  ) => {
    for (const language of languages) {
      const url = (language === "zh" ? "" : "/en") + path;
      know(url, method);
      app.route({
        method,
        url,
        handler: (request, reply) => handle(request, reply, language, render, posting),
      });
    }
  };

  /** A browser says where a post comes from; what comes from elsewhere is not ours, signed in or not. */
  const isForeign = (request: FastifyRequest): boolean => {
    const { origin, "sec-fetch-site": site } = request.headers;
    if (site !== undefined) return site !== "same-origin" && site !== "none";
    return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host);
  };

  const secure = (request: FastifyRequest) => (request.protocol === "https" ? "; Secure" : "");

  const open = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    render: (door: Door) => Promise<DoorAnswer>,
    posting: boolean,
  ) => {
    reply.header("content-language", langOf(language));
    if (posting && isForeign(request)) return trouble(request, reply, 403, "forged");
    const [session, posted, now] = await Promise.all([
      webSessionOf(platform, request),
      posting ? readPosted(platform, request, undefined) : { form: new URLSearchParams(), files: [] },
      platformNow(platform.database.kysely),
    ]);
    const home = language === "zh" ? "" : "/en";
    const path = request.url.split("?", 1)[0]?.slice(home.length) ?? "/";
    const result = await render({
      platform,
      place: placeOf(request, language, path === "" ? "/" : path, now),
      viewer: session?.viewer ?? null,
      session: session?.id ?? null,
      query: flat(request.query),
      form: posted.form,
      files: posted.files,
      now,
      address: request.ip,
    });
    if ("token" in result) {
      const [value, age] = result.token === null ? ["", "; Max-Age=0"] : [result.token, ""];
      reply.header(
        "set-cookie",
        `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${secure(request)}`,
      );
      return reply.redirect(result.to, 303);
    }
    return answer(request, reply, result);
  };

  const mountOpen = (method: "GET" | "POST", path: string, render: (door: Door) => Promise<DoorAnswer>) => {
    for (const language of languages) {
      const url = (language === "zh" ? "" : "/en") + path;
      know(url, method);
      app.route({
        method,
        url,
        handler: (request, reply) => open(request, reply, language, render, method === "POST"),
      });
    }
  };

  return {
    platform,
    open: {
      get: (path, render) => mountOpen("GET", path, render),
      post: (path, act) => mountOpen("POST", path, act),
    },
    get: (path, render) => mount("GET", path, render, null),
    post: (path, act, options = {}) => mount("POST", path, act, options),
  };
};
