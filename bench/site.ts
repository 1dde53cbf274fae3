import { execFileSync } from "node:child_process";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { buildServer } from "../src/app/web.ts";

const seconds = 5;
const visitors = 32;
const weighed = ["/", "/guide", "/directions", "/coverage", "/contacts", "/en/guide"];

const hasWrk = (): boolean => {
  try {
    execFileSync("wrk", ["--version"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // wrk answers its version with a code of its own; only its absence counts.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
};

/** One request after another from each visitor, for as long as the bench lasts. */
const plainLoad = async (port: number, path: string): Promise<number> => {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const once = () =>
    new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, headers: { "accept-encoding": "gzip" } }, (answer) => {
        answer.resume().on("end", resolve);
      })
        .on("error", reject)
        .end();
    });
  await Promise.all(
    Array.from({ length: visitors }, async () => {
      while (performance.now() < end) {
        await once();
        done += 1;
      }
    }),
  );
  return done / seconds;
};

const wrkLoad = async (port: number, path: string): Promise<number> => {
  const { execFile } = await import("node:child_process");
  const said = await new Promise<string>((resolve, reject) => {
    execFile(
      "wrk",
      [
        "-t1",
        `-c${visitors}`,
        `-d${seconds}s`,
        "-H",
        "Accept-Encoding: gzip",
        `http://127.0.0.1:${port}${path}`,
      ],
      (error, out) => (error === null ? resolve(out) : reject(error)),
    );
  });
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(said)?.[1] ?? 0);
};

/** Requests a second of the guide page, server and load on the same machine; and what each page weighs, gzipped. */
export const run = async () => {
  const app = await buildServer({ clock: () => Date.now() });
  try {
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const tool = hasWrk() ? "wrk" : "node";
    const load = tool === "wrk" ? wrkLoad : plainLoad;
    const guide = await load(port, "/guide");
    const call = await load(port, "/");
    const weigh = async (url: string) =>
      gzipSync((await app.inject({ url })).rawPayload, { level: 9 }).length;
    const weights: Record<string, number> = {};
    for (const url of weighed) {
      const html = (await app.inject({ url })).body;
      const files = new Set(
        [...html.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map((match) => match[1] ?? ""),
      );
      weights[url] = await weigh(url);
      for (const file of files) weights[url] += await weigh(file);
    }
    const result = { tool, guidePerSecond: Math.round(guide), callPerSecond: Math.round(call), weights };
    console.log(`/guide  ${result.guidePerSecond} req/s (${tool}, ${visitors} connections, ${seconds} s)`);
    console.log(`/       ${result.callPerSecond} req/s`);
    for (const [url, bytes] of Object.entries(weights))
      console.log(
        `${url.padEnd(14)} ${(bytes / 1000).toFixed(1).padStart(6)} kB gz with CSS, script and pictures`,
      );
    return result;
  } finally {
    await app.close();
  }
};

if (import.meta.main) await run();
