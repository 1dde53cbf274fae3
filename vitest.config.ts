import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Suites wait for browsers, databases and child processes: one worker more than a two-core machine would get.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    globalSetup: ["test/global-browser.ts", "test/global-database.ts"],
  },
});
