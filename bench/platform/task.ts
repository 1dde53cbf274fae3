import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deadline } from "./deadline.ts";
import type { Bare } from "./limit.ts";
import type { Rates } from "./rates.ts";
import type { Asked, Beside } from "./record.ts";
import type { World } from "./world.ts";

type Time = { readonly seconds: number; readonly warm: number };
export type Task =
  | {
      readonly what: "deadline";
      readonly url: string;
      readonly world: World;
      readonly time: Time;
      /** Without them, those of the last minute. */
      readonly rates?: Rates;
      /** Seven papers are asked for after each submission. */
      readonly papers?: boolean;
    }
  | { readonly what: "limit"; readonly database: string; readonly time: Time }
  | { readonly what: "record"; readonly save: Asked; readonly list: Asked; readonly seconds: number };

type Answers = { readonly deadline: Deadline; readonly limit: Bare; readonly record: Beside };

/** Gives the generator its task and waits for the answer. Throws where it ends without one. */
export const generate = async <T extends Task>(task: T): Promise<Answers[T["what"]]> => {
  const folder = mkdtempSync(path.join(tmpdir(), "zhinan-load-"));
  const [given, answer] = [path.join(folder, "task.json"), path.join(folder, "answer.json")];
  try {
    writeFileSync(given, JSON.stringify(task));
    const child = spawn(
      process.execPath,
      [...process.execArgv, path.join(import.meta.dirname, "generator.ts"), given, answer],
      { stdio: "inherit" },
    );
    const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
    if (code !== 0) throw new Error(`the generator ended with ${code}`);
    return JSON.parse(readFileSync(answer, "utf8")) as Answers[T["what"]];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
