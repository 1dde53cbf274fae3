import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { buildServer } from "../../src/app/web.ts";
import { openSession } from "../../src/stages/registration/sessions.ts";
import type { Someone, World } from "../world/world.ts";

/** Somebody at the screen: pages by address, forms by what stands in them, without a browser. */
export type Visitor = {
  readonly token: string;
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  /** Posts the form of a page that leads to `action`, with its hidden fields, and `fields` put in. */
  readonly post: (
    url: string,
    action: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<LightMyRequestResponse>;
  readonly raw: (url: string, fields: URLSearchParams) => Promise<LightMyRequestResponse>;
  readonly upload: (
    url: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly filename: string; readonly bytes: Buffer } | null,
  ) => Promise<LightMyRequestResponse>;
};

export const siteOf = (world: World): Promise<FastifyInstance> =>
  buildServer({ clock: () => Date.parse("2024-06-10T09:00:00+08:00"), platform: world.platform, demo: true });

const entities: Readonly<Record<string, string>> = { amp: "&", quot: '"', lt: "<", gt: ">", "#39": "'" };
export const plain = (html: string): string =>
  html.replaceAll(/&(amp|quot|lt|gt|#39);/g, (_whole, name: string) => entities[name] ?? "");

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return match === null ? null : plain(match[1] ?? "");
};

/** What a browser would send of a form: every field with its value as it stands. */
export const fieldsOfForm = (html: string, action: string): URLSearchParams => {
  const form = [...html.matchAll(/<form\s[^>]*>[\s\S]*?<\/form>/g)]
    .map(([whole]) => whole)
    .find((whole) => {
      const tag = whole.slice(0, whole.indexOf(">") + 1);
      return attribute(tag, "method") === "post" && attribute(tag, "action") === action;
    });
  if (form === undefined) throw new Error(`no form leads to ${action}`);
  const fields = new URLSearchParams();
  const controls =
    /<input\s[^>]*>|<textarea\s[^>]*>([\s\S]*?)<\/textarea>|<select\s[^>]*>([\s\S]*?)<\/select>/g;
  for (const [whole, text, options] of form.matchAll(controls)) {
    const tag = whole.slice(0, whole.indexOf(">") + 1);
    const name = attribute(tag, "name");
    if (name === null) continue;
    const type = attribute(tag, "type");
    if (text !== undefined) fields.append(name, plain(text));
    else if (options !== undefined) {
      const all = [...options.matchAll(/<option\s[^>]*>/g)].map(([one]) => one);
      const chosen = all.find((one) => /\sselected\b/.test(one)) ?? all[0] ?? "";
      fields.append(name, attribute(chosen, "value") ?? "");
    } else if (type === "checkbox" || type === "radio") {
      if (/\schecked\b/.test(tag)) fields.append(name, attribute(tag, "value") ?? "on");
    } else if (type !== "file") fields.append(name, attribute(tag, "value") ?? "");
  }
  return fields;
};

export const visitor = async (app: FastifyInstance, world: World, who: Someone): Promise<Visitor> => {
  const { platform } = world;
  const { token } = await openSession(platform.database.kysely, platform.funder, who.account, "WEB");
  const headers = { cookie: `zn-session=${token}` };
  const get = (url: string) => app.inject({ method: "GET", url, headers });
  const raw = (url: string, fields: URLSearchParams) =>
    app.inject({
      method: "POST",
      url,
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      payload: fields.toString(),
    });
  return {
    token,
    get,
    raw,
    post: async (url, action, fields = {}) => {
      const form = fieldsOfForm((await get(url)).body, action);
      for (const [name, value] of Object.entries(fields)) {
        form.delete(name);
        for (const one of typeof value === "string" ? [value] : value) form.append(name, one);
      }
      return raw(action, form);
    },
    upload: (url, fields, file) => {
      const edge = "----edge";
      const parts: Buffer[] = Object.entries(fields).map(([name, value]) =>
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      );
      if (file !== null)
        parts.push(
          Buffer.from(
            `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${file.filename}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
          file.bytes,
          Buffer.from("\r\n"),
        );
      return app.inject({
        method: "POST",
        url,
        headers: { ...headers, "content-type": `multipart/form-data; boundary=${edge}` },
        payload: Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]),
      });
    },
  };
};
