import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { browserPath } from "./browser.ts";

/** Once before all suites: on a Debian as root a browser that is missing is installed, with fonts; elsewhere the suites say what is missing. */
export const setup = (): void => {
  if (browserPath() !== undefined || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  for (const words of [
    ["update"],
    ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
  ])
    execFileSync("apt-get", words, {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
};
