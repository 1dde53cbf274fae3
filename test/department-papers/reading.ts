import type { FastifyInstance } from "fastify";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { sessionCookie } from "../../src/app/desk.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import type { Someone, World } from "../world/world.ts";

/** Papers as a person gets them: through a session, as pages and as files whose text is read back. */

export const enter = async (app: FastifyInstance, { platform }: World, who: Someone) => {
  const session = await openSession(platform.database.kysely, platform.funder, who.account, "WEB");
  const cookie = `${sessionCookie}=${session.token}`;
  const csrf = csrfOf(platform, session.id);
  return {
    token: session.token,
    get: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: readonly (readonly [string, string])[]) =>
      app.inject({
        url,
        method: "POST",
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams([["csrf", csrf], ...fields.map(([a, b]) => [a, b])]).toString(),
      }),
  };
};

/** The text of each page, without white space: where a line breaks is the paper's affair. */
export const pagesOf = async (bytes: Uint8Array): Promise<readonly string[]> => {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(flat(items.map((one) => ("str" in one ? one.str : "")).join("")));
  }
  await pdf.loadingTask.destroy();
  return pages;
};

export const flat = (text: string): string => text.replaceAll(/\s/g, "");
export const withoutTags = (html: string): string => flat(html.replaceAll(/<[^>]*>/g, ""));
