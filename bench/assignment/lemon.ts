import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";

const source = path.join(import.meta.dirname, "../peers/lemon/lemon.cpp");

/** The yardstick in C++, compiled when it is newer than its program; or why there is none. */
export const lemonProgram = (folder: string): { readonly program: string } | { readonly missing: string } => {
  const program = path.join(folder, "lemon");
  if (existsSync(program) && statSync(program).mtimeMs >= statSync(source).mtimeMs) return { program };
  mkdirSync(folder, { recursive: true });
  const { error, status, stderr } = spawnSync("g++", ["-O2", source, "-o", program], { encoding: "utf8" });
  if (error !== undefined) return { missing: "g++ is not installed" };
  if (status === 0) return { program };
  const absent = stderr.includes("lemon/");
  return { missing: absent ? "liblemon-dev is not installed" : `it does not compile: ${stderr}` };
};
