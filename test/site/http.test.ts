import type { FastifyInstance } from "fastify";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askedPages, plainPages, site } from "./site.ts";

let app: FastifyInstance;
beforeAll(async () => {
  app = await site();
});
afterAll(() => app?.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe("every page", () => {
  test("answers in its language, under a policy without inline code, and not by guessing types", async () => {
    const urls = [...plainPages(app), ...askedPages, "/no-such-page", "/en/no-such-page"];
    for (const url of urls) {
      const page = await get(url);
      const english = url.startsWith("/en");
      expect([url, page.statusCode]).toEqual([url, url.includes("no-such") ? 404 : 200]);
      expect(page.headers["content-language"]).toBe(english ? "en" : "zh-CN");
      expect(page.body).toContain(english ? '<html lang="en"' : '<html lang="zh-CN"');
      expect(page.headers["x-content-type-options"]).toBe("nosniff");
      expect(page.headers["referrer-policy"]).toBeTruthy();
      const policy = String(page.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
      expect(page.body).not.toMatch(/\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)|javascript:/);
      expect(page.body.match(/<h1[\s>]/g)).toHaveLength(1);
    }
  });

  test("says in which languages it stands", async () => {
    const page = await get("/en/guide");
    expect(page.body).toContain('<link rel="alternate" hreflang="zh-CN" href="/guide"');
    expect(page.body).toMatch(/lang="zh-CN"[^>]*>.{0,40}指南编制依据/);
  });

  test("HEAD answers as GET does, without a body", async () => {
    const page = await app.inject({ method: "HEAD", url: "/guide" });
    expect(page.statusCode).toBe(200);
    expect(page.body).toBe("");
  });
});

describe("what was not asked well", () => {
  test("a wrong method is told which are right", async () => {
    const page = await app.inject({ method: "DELETE", url: "/guide" });
    expect(page.statusCode).toBe(405);
    expect(page.headers["allow"]).toBe("GET, HEAD");
  });

  test("an address that cannot be read, or is too long, gets a page and no trace", async () => {
    const unreadable = await get("/guide/%E0%A4%A");
    expect(unreadable.statusCode).toBe(400);
    expect(unreadable.body).toContain("没有读懂");
    expect(unreadable.headers["content-security-policy"]).toBeTruthy();
    const long = await get(`/en/guide?q=${"x".repeat(13_000)}`);
    expect(long.statusCode).toBe(414);
    expect(long.body).toContain("too long");
  });

  test("a body over 1 MB is refused in words", async () => {
    const page = await app.inject({
      method: "POST",
      url: "/display",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: `back=${"x".repeat(1_100_000)}`,
    });
    expect(page.statusCode).toBe(413);
    expect(page.body).toContain("1 MB");
  });

  test("names sent twice, empty or strange do no harm", async () => {
    for (const query of [
      "q=a&q=b",
      "q",
      "kind=%00",
      "category=__proto__&field=constructor",
      "q=%3Cscript%3Ealert(1)%3C/script%3E",
    ])
      for (const path of ["/guide", "/directions", "/directions/find", "/contacts", "/coverage"]) {
        const page = await get(`${path}?${query}`);
        expect([path, query, page.statusCode]).toEqual([path, query, 200]);
        expect(page.body).not.toContain("<script>");
      }
  });
});

describe("what is kept", () => {
  test("a page comes compressed, and 304 when the browser has it", async () => {
    const plain = await get("/guide");
    const packed = await get("/guide", { "accept-encoding": "gzip" });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect((await get("/guide", { "accept-encoding": "gzip, br" })).headers["content-encoding"]).toBe("br");
    expect(
      (await get("/guide", { "accept-encoding": "gzip;q=0" })).headers["content-encoding"],
    ).toBeUndefined();
    const again = await get("/guide", { "if-none-match": String(packed.headers["etag"]) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe("");
  });

  test("large print has an edition of its own", async () => {
    const set = await app.inject({
      method: "POST",
      url: "/display",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "large=1&back=%2Fguide",
    });
    expect([set.statusCode, set.headers["location"]]).toEqual([303, "/guide"]);
    const large = await get("/guide", { cookie: String(set.headers["set-cookie"]).split(";", 1)[0] ?? "" });
    expect(large.body).toContain("zn-large");
    expect(large.headers["etag"]).not.toBe((await get("/guide")).headers["etag"]);
  });

  test("the way back leads nowhere else", async () => {
    for (const back of [
      "//evil.example",
      "https://evil.example/",
      String.raw`/\evil.example`,
      "javascript:alert(1)",
    ]) {
      const set = await app.inject({
        method: "POST",
        url: "/display",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({ large: "0", back }).toString(),
      });
      expect([back, set.headers["location"]]).toEqual([back, "/"]);
    }
  });

  test("files with a hash in their name are kept for ever", async () => {
    const css = /href="(\/assets\/zhinan-[0-9a-f]+\.css)"/.exec((await get("/")).body)?.[1] ?? "";
    const file = await get(css, { "accept-encoding": "br" });
    expect(file.statusCode).toBe(200);
    expect(file.headers["cache-control"]).toContain("immutable");
    expect(file.headers["content-type"]).toContain("text/css");
  });
});
