import { existsSync } from "node:fs";
import process from "node:process";
import { type Browser, chromium } from "playwright-core";

/** The Chromium of the machine, with an empty profile, quiet on the network. `test/global-browser.ts` has seen to it that there is one. */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = browserPath();
  if (executablePath === undefined)
    throw new Error(
      "这些测试需要 Chromium：请安装，或用 CHROMIUM 指明位置 / Chromium is missing: install it or set CHROMIUM",
    );
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
};

export const browserPath = (): string | undefined =>
  [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (place) => place !== undefined && existsSync(place),
  );
