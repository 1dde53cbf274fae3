// The only code that runs before anything is installed: plain JavaScript for Node 20.
// It installs what is missing, then hands over to the pinned Node of node_modules.
import { spawn } from "node:child_process";
import path from "node:path";
import { ensureFonts } from "./fonts.mjs";
import { installOrExit, root } from "./install.mjs";

const programs = {
  start: ["--import", "tsx", "src/app/start.ts"],
  test: ["bootstrap/test.mjs"],
  zhinan: ["src/app/cli.ts"],
  bench: ["--import", "tsx", "bench/run.ts"],
};

const [name = "", ...rest] = process.argv.slice(2);
const program = programs[name];
if (!program) {
  process.stderr.write(`usage: node bootstrap/run.mjs ${Object.keys(programs).join("|")} [arguments]\n`);
  process.exit(2);
}

const node = await installOrExit();
if (name !== "zhinan") await ensureFonts();
// `npm run` moves to the package folder; paths that a person types are meant from where they stand.
const cwd = name === "zhinan" ? (process.env["INIT_CWD"] ?? process.cwd()) : root;
const absolute = program.map((part) => (/\.(ts|mjs)$/.test(part) ? path.join(root, part) : part));
if (absolute[1] === "tsx") absolute[1] = path.join(root, "node_modules/tsx/dist/loader.mjs");
const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...absolute, ...rest], {
  cwd,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// A shell between npm and us may die of a signal without passing it on: nothing that was started stays behind.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1_000).unref();
child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
