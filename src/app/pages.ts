import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Policy } from "../core/policy/policy.ts";
import type { Documents } from "../platform/documents.ts";
import type { Answer, Keep, Render, Site } from "../stages/call/site.ts";
import { type Assets, type Language, languages, langOf, type Place } from "../ui/place.ts";
import { type Body, keeper } from "./kept.ts";
import { disposition, sendBody, sendText } from "./send.ts";

export type PagesOptions = {
  readonly policies: readonly Policy[];
  readonly defaultPolicy: Policy;
  readonly assets: Assets;
  readonly clock: () => number;
  readonly demo: boolean;
  readonly documents: Documents | null;
};

type Spot = { readonly policy: Policy; readonly language: Language; readonly path: string };

const prefix = (language: Language) => (language === "zh" ? "" : "/en");
const textOf = (vnode: VNode) => `<!doctype html>${renderToString(vnode)}`;
const flat = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((fields ?? {}) as Record<string, string | string[]>).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value[0] : value).trim(),
    ]),
  );

export const isLarge = (request: FastifyRequest): boolean =>
  /(?:^|;\s*)zn-large=1(?:;|$)/.test(request.headers.cookie ?? "");

/** Mounts pages under every policy and language, keeps those that depend on the pack alone, and makes places. */
export const pagesOf = (app: FastifyInstance, options: PagesOptions) => {
  const keep = keeper();
  const paths = new Map<string, Set<string>>();
  const rootOf = (policy: Policy, language: Language) =>
    policy === options.defaultPolicy ? prefix(language) : `${prefix(language)}/policies/${policy.id}`;

  const placeAt = ({ policy, language, path }: Spot, search: string, large: boolean): Place => ({
    policy,
    language,
    root: rootOf(policy, language),
    otherRoot: rootOf(policy, language === "zh" ? "en" : "zh"),
    home: prefix(language),
    path,
    search,
    now: options.clock(),
    demo: options.demo,
    large,
    assets: options.assets,
  });

  const answer = async (spot: Spot, render: Render, request: FastifyRequest, reply: FastifyReply) => {
    const at = request.url.indexOf("?");
    const place = placeAt(spot, at < 0 ? "" : request.url.slice(at), isLarge(request));
    const result: Answer = await render({ place, query: flat(request.query), form: flat(request.body) });
    if ("to" in result) return reply.redirect(result.to, 303);
    if ("bytes" in result)
      return reply
        .headers({
          "content-type": result.mime,
          "content-disposition": disposition(result.filename),
          "cache-control": "private, no-store",
        })
        .send(Buffer.from(result.bytes));
    const [status, page] = "page" in result ? [result.status, result.page] : [200, result];
    return sendText(request, reply.code(status), textOf(page));
  };

  const kept = (spot: Spot, render: Render, keeping: Keep, key: string) => {
    const lasting = keeping === "pack" && !options.demo;
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const large = isLarge(request);
      const age = lasting ? 0 : Math.floor(options.clock() / 60_000) + 1;
      const body: Body = await keep(large ? `${key} large` : key, age, async () => {
        const result = await render({ place: placeAt(spot, "", large), query: {}, form: {} });
        if ("to" in result || "page" in result || "bytes" in result)
          throw new TypeError(`${key} is kept but not plain`);
        return textOf(result);
      });
      return sendBody(request, reply, body);
    };
  };

  const know = (url: string, method: string) => {
    const methods = paths.get(url) ?? new Set();
    for (const one of method === "GET" ? ["GET", "HEAD"] : [method]) methods.add(one);
    paths.set(url, methods);
  };

  const mount = (method: "GET" | "POST", url: string, spot: Spot, render: Render, keeping?: Keep) => {
    know(url, method);
    const ready = keeping === undefined ? undefined : kept(spot, render, keeping, url);
    const lang = langOf(spot.language);
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        reply.header("content-language", lang);
        if (ready !== undefined && !request.url.includes("?")) return ready(request, reply);
        return answer(spot, render, request, reply);
      },
    });
  };

  const everywhere = (method: "GET" | "POST", path: string, render: Render, keeping?: Keep) => {
    for (const policy of options.policies)
      for (const language of languages) {
        const root = rootOf(policy, language);
        mount(method, path === "/" ? root || "/" : root + path, { policy, language, path }, render, keeping);
      }
  };

  const site: Site = {
    policies: options.policies,
    defaultPolicy: options.defaultPolicy,
    documents: options.documents,
    get: (path, render, keeping) => everywhere("GET", path, render, keeping),
    post: (path, render) => everywhere("POST", path, render),
    shared: (path, render, keeping) => {
      for (const language of languages)
        mount(
          "GET",
          prefix(language) + path,
          { policy: options.defaultPolicy, language, path },
          render,
          keeping,
        );
    },
  };

  /** Where an address that leads nowhere stands, for its error page: the language and the policy it names. */
  const placeNear = (request: FastifyRequest): Place => {
    const [path = "/"] = request.url.split("?", 1);
    const language = path === "/en" || path.startsWith("/en/") ? "en" : "zh";
    const policy = options.policies.find((one) => `${path}/`.includes(`/policies/${one.id}/`));
    return placeAt({ policy: policy ?? options.defaultPolicy, language, path: "/" }, "", isLarge(request));
  };

  /** Where a page of a signed-in person stands: under the default policy until it says which call it is about. */
  const placeOfWork = (request: FastifyRequest, language: Language, path: string, now: number): Place => {
    const at = request.url.indexOf("?");
    const search = at < 0 ? "" : request.url.slice(at);
    return { ...placeAt({ policy: options.defaultPolicy, language, path }, search, isLarge(request)), now };
  };

  return { site, placeNear, placeOfWork, know, methodsAt: (url: string) => paths.get(url) };
};
