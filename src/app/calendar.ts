import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { platformNow } from "../platform/action.ts";
import type { Platform } from "../platform/platform.ts";
import type { Viewer } from "../stages/registration/actor.ts";
import { feedOwner } from "../stages/registration/calendar.ts";
import { feedOf } from "../stages/registration/calendar-feed.ts";
import { deadlinesOf } from "./deadlines.ts";

type Options = {
  readonly platform: Platform;
  readonly know: (url: string, method: string) => void;
  readonly missing: (request: FastifyRequest, reply: FastifyReply) => unknown;
};

/** A program that asks every second gets the same answer for a minute; whose it is, is asked every time. */
const keptFor = 60_000;
const mostKept = 1_000;

/** `/calendar/<token>.ics`: one's deadlines for a calendar program, without a session. */
export const registerCalendar = (app: FastifyInstance, { platform, know, missing }: Options): void => {
  const kept = new Map<string, { readonly until: number; readonly feed: Promise<string> }>();

  const feedFor = (viewer: Viewer): Promise<string> => {
    const { actor, language } = viewer;
    const key = JSON.stringify([actor.account, language, actor.grants]);
    const now = performance.now();
    const before = kept.get(key);
    if (before !== undefined && before.until > now) return before.feed;
    kept.delete(key);
    const oldest = kept.size < mostKept ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    const feed = make(viewer);
    kept.set(key, { until: now + keptFor, feed });
    feed.catch(() => kept.delete(key));
    return feed;
  };

  const make = async (viewer: Viewer): Promise<string> => {
    const now = await platformNow(platform.database.kysely);
    const deadlines = await deadlinesOf(platform, viewer, now);
    return feedOf({ deadlines, language: viewer.language, now, site: platform.site ?? "http://localhost" });
  };

  const url = "/calendar/:token.ics";
  know(url, "GET");
  app.get<{ Params: { readonly token: string } }>(url, async (request, reply) => {
    const viewer = await feedOwner(platform, request.params.token);
    if (viewer === null) return missing(request, reply);
    return reply
      .headers({
        "content-type": "text/calendar; charset=utf-8",
        "cache-control": "private, max-age=900",
        "content-disposition": 'inline; filename="zhinan.ics"',
        // The address is the key: no page that is opened from here learns it.
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
      })
      .send(await feedFor(viewer));
  });
};
