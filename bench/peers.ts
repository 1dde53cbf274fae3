import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Packages that only the benchmarks need, in a folder of their own: installed when they are first asked for. */

const folder = path.join(import.meta.dirname, "peers");
const wanted = (
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  }
).dependencies;

const installed = (name: string): string | null => {
  const manifest = path.join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) return null;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
};

const install = () => {
  process.stderr.write("installing the peers of the benchmarks…\n");
  const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("the peers could not be installed: run npm install in bench/peers");
};

/** A peer by name, as its own types are not there when ours are checked: the caller says what it uses of it. */
export const peer = (name: string): { readonly version: string; readonly module: unknown } => {
  if (installed(name) !== wanted[name]) install();
  return {
    version: installed(name) ?? "",
    module: createRequire(path.join(folder, "package.json"))(name) as unknown,
  };
};
