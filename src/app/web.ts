import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import Fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { Busy } from "../platform/errors.ts";
import { defaultPolicyId, loadPolicy, policyIds } from "../platform/policies.ts";
import type { Platform } from "../platform/platform.ts";
import { registerCall } from "../stages/call/routes.ts";
import { langOf } from "../ui/place.ts";
import { type TroubleKind, TroublePage } from "../ui/trouble.tsx";
import { registerApi } from "./api/routes.ts";
import { loadAssets } from "./assets.ts";
import { registerCalendar } from "./calendar.ts";
import { deskOf } from "./desk.ts";
import { registerHealth } from "./health.ts";
import { registerDesks } from "./desks.ts";
import { pagesOf } from "./pages.ts";
import { sendAsset, sendText } from "./send.ts";

export type ServerOptions = {
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  readonly demo?: boolean;
  /** Ids of the packs to serve; all of them by default. */
  readonly policies?: readonly string[];
  /** What signed-in people work on; without it only the public pages are there. */
  readonly platform?: Platform;
  /** One line of JSON for each request on standard output. */
  readonly log?: boolean;
};

const longestUrl = 12_000;

const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'none'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "content-language": "zh-CN",
};

/** Only an address of our own, so that the form cannot be used to send people elsewhere. */
const ownAddress = (back: string): string => {
  const base = "http://own.invalid";
  if (!back.startsWith("/") || !URL.canParse(back, base)) return "/";
  const url = new URL(back, base);
  return url.origin === base ? url.pathname + url.search : "/";
};

/** The whole public site, without a socket: `inject` it or `listen`. */
export const buildServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const [ids, defaultId] = await Promise.all([options.policies ?? policyIds(), defaultPolicyId()]);
  // The platform has read them already; the same objects, so that what was built on them serves here too.
  const known = options.platform?.policies;
  const [assets, ...read] = await Promise.all([
    loadAssets(),
    ...(known === undefined ? ids : []).map((id) =>
      loadPolicy(id).catch((error: unknown) => {
        // A pack in the making must not take the others off the air; the one at the root must be whole.
        if (id === defaultId) throw error;
        console.error(
          `指南 ${id} 有误，暂不提供 / pack ${id} is at fault and is not served\n${String(error)}`,
        );
        return null;
      }),
    ),
  ]);
  const policies = known ?? read.filter((one) => one !== null);
  const defaultPolicy = policies.find((one) => one.id === defaultId) ?? policies[0];
  if (defaultPolicy === undefined) throw new RangeError("policies/ holds no pack");

  let pages: ReturnType<typeof pagesOf> | undefined;
  const trouble = (request: FastifyRequest, reply: FastifyReply, status: number, kind: TroubleKind) => {
    if (pages === undefined) return reply.code(status).send();
    const place = pages.placeNear(request);
    reply.code(status).header("content-language", langOf(place.language));
    return sendText(request, reply, `<!doctype html>${renderToString(h(TroublePage, { place, kind }))}`);
  };

  const app = Fastify({
    // One line a request is written by the health part: route and status, never an address, a query or a person.
    logger: options.log === true ? { level: "info", base: null } : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    requestTimeout: 60_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: "idle",
    http: { headersTimeout: 10_000, maxHeaderSize: 32_768 },
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (_error, request, reply) => {
      reply.headers(headers);
      void trouble(request, reply, 400, "unreadable");
    },
  });
  pages = pagesOf(app, {
    policies,
    defaultPolicy,
    assets: assets.urls,
    clock: options.clock,
    demo: options.demo ?? false,
    documents: options.platform?.documents ?? null,
  });
  const { site, know, methodsAt } = pages;

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    return request.url.length > longestUrl ? trouble(request, reply, 414, "tooLong") : undefined;
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url.split("?", 1)[0]?.replace(/(?<=.)\/$/, "") ?? "/");
    if (methods === undefined) return trouble(request, reply, 404, "missing");
    return trouble(request, reply.header("allow", [...methods].join(", ")), 405, "method");
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Busy)
      return trouble(request, reply.header("retry-after", String(error.seconds)), 503, "busy");
    if (error.statusCode === 413) return trouble(request, reply, 413, "tooLarge");
    if (error.statusCode !== undefined && error.statusCode < 500)
      return trouble(request, reply, error.statusCode, "unreadable");
    console.error(error);
    return trouble(request, reply, 500, "ours");
  });

  registerHealth(app, options.platform, know);
  await app.register(formbody, { bodyLimit: 1_048_576 });
  for (const [url, file] of assets.files) {
    know(url, "GET");
    app.get(url, (request, reply) => sendAsset(request, reply, file));
  }
  app.get("/favicon.ico", (_request, reply) => reply.redirect(assets.urls.favicon, 302));
  app.get("/robots.txt", (_request, reply) =>
    reply.type("text/plain; charset=utf-8").send("User-agent: *\n"),
  );
  know("/display", "POST");
  app.post("/display", (request, reply) => {
    const { large, back } = (request.body ?? {}) as Record<string, unknown>;
    const age = large === "1" ? 31_536_000 : 0;
    reply.header("set-cookie", `zn-large=1; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`);
    return reply.redirect(ownAddress(typeof back === "string" ? back : "/"), 303);
  });
  registerCall(site);
  if (options.platform !== undefined) {
    await app.register(multipart);
    registerDesks(deskOf(app, { platform: options.platform, placeOf: pages.placeOfWork, know, trouble }));
    registerApi(app, options.platform);
    registerCalendar(app, {
      platform: options.platform,
      know,
      missing: (request, reply) => trouble(request, reply, 404, "missing"),
    });
  }
  for (const policy of [defaultPolicy])
    for (const language of ["", "/en"])
      for (const rest of ["", "/*"])
        app.get(`${language}/policies/${policy.id}${rest}`, (request, reply) => {
          const to = request.url.slice(`${language}/policies/${policy.id}`.length);
          return reply.redirect(`${language}${to}` || "/", 308);
        });
  return app;
};
