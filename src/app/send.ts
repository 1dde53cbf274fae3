import type { FastifyReply, FastifyRequest } from "fastify";
import { gzipSync } from "node:zlib";
import type { Sent } from "./assets.ts";
import type { Body } from "./kept.ts";

const html = "text/html; charset=utf-8";

const accepts = (request: FastifyRequest, coding: "br" | "gzip"): boolean =>
  new RegExp(String.raw`(?:^|[,\s])${coding}(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))(?:[;,\s]|$)`).test(
    request.headers["accept-encoding"] ?? "",
  );

const choose = (
  request: FastifyRequest,
  reply: FastifyReply,
  plain: Buffer,
  gzip: Buffer,
  brotli: Buffer,
): Buffer => {
  if (accepts(request, "br")) {
    reply.header("content-encoding", "br");
    return brotli;
  }
  if (accepts(request, "gzip")) {
    reply.header("content-encoding", "gzip");
    return gzip;
  }
  return plain;
};

/** A kept page: 304 where the browser has it already. */
export const sendBody = (request: FastifyRequest, reply: FastifyReply, body: Body) => {
  reply.headers({ etag: body.etag, "cache-control": "no-cache", vary: "Accept-Encoding, Cookie" });
  const has = request.headers["if-none-match"];
  if (has !== undefined && (has.includes(body.etag) || has.trim() === "*")) return reply.code(304).send();
  reply.type(html);
  return reply.send(choose(request, reply, body.html, body.gzip, body.brotli));
};

/** A page made for this request alone. */
export const sendText = (request: FastifyRequest, reply: FastifyReply, text: string) => {
  // A page of somebody signed in has said already that nobody keeps it.
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "private, no-cache");
  reply.header("vary", "Accept-Encoding, Cookie").type(html);
  if (text.length < 1024 || !accepts(request, "gzip")) return reply.send(text);
  return reply.header("content-encoding", "gzip").send(gzipSync(text, { level: 5 }));
};

/** A built file; its name changes with its content, so it may be kept for ever. */
export const sendAsset = (request: FastifyRequest, reply: FastifyReply, file: Sent) => {
  reply
    .headers({ "cache-control": "public, max-age=31536000, immutable", vary: "Accept-Encoding" })
    .type(file.type);
  return reply.send(choose(request, reply, file.body, file.gzip, file.brotli));
};

/** RFC 6266 / 8187: the name comes back as it was given, whatever is in it. */
export const disposition = (filename: string): string =>
  `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )}`;
