// npm test: format, lint and types, each counted as one test, then the test suites. The last line is `N passed, N failed`.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";

const report = path.join(root, ".build", "test-report.json");
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });

const bin = (name) => path.join(root, "node_modules", name);
const run = (label, file, args) =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("exit", (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? "pass" : "FAIL"}  ${label}  ${seconds} s\n`);
      resolve(code === 0);
    });
  });

const checks = [
  ["format", bin("oxfmt/bin/oxfmt"), ["--check", "."]],
  ["lint", bin("oxlint/bin/oxlint"), ["--type-aware", "--deny-warnings", "--silent", "."]],
  ["types", bin("typescript/bin/tsc"), ["-p", "tsconfig.json"]],
  ["types of core alone", bin("typescript/bin/tsc"), ["-p", "tsconfig.core.json"]],
];

const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
if (only.length === 0)
  for (const [label, file, args] of checks) {
    if (await run(label, file, args)) passed += 1;
    else failed += 1;
  }

const suites = await run("test suites", bin("vitest/vitest.mjs"), [
  "run",
  ...only,
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
]);
try {
  const counts = JSON.parse(readFileSync(report, "utf8"));
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  // A suite that fails to load has no failed test of its own.
  if (!suites && counts.numFailedTests === 0) failed += 1;
} catch {
  failed += 1;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
