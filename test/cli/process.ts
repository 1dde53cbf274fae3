import { spawn } from "node:child_process";
import path from "node:path";

const cli = path.resolve(import.meta.dirname, "../../src/app/cli.ts");

export type Answer = { readonly code: number | null; readonly out: string; readonly error: string };

/** The command line as a stranger uses it: a process, its exit code, what stands on which stream. */
export const zhinan = (
  words: readonly string[],
  input: string | Buffer = "",
  cwd = process.cwd(),
): Promise<Answer> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd });
    let out = "";
    let error = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (error += part));
    child.on("close", (code) => resolve({ code, out, error }));
    // A command that refuses early closes its input while we still write.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
