import { readdirSync } from "node:fs";
import path from "node:path";
import { invalid } from "../../platform/errors.ts";
import { makeKeys } from "../../platform/keys.ts";
import type { Command } from "./command.ts";
import { write } from "./input.ts";

export const keysNew: Command = {
  name: ["keys", "new"],
  positional: [{ name: "FOLDER", required: true }],
  options: [],
  summary: "生成一套正式运行用的密钥 / make a set of keys for real use",
  help: `在空文件夹里生成平台的密钥（只有本人可读）。请立即另存一份：丢失后已加密的内容无法读出。用 ZHINAN_KEYS 指明文件夹。
Makes the platform's keys in an empty folder, readable by you alone. Keep a copy at once: without them what is encrypted cannot be read.
Name the folder in ZHINAN_KEYS.`,
  run: async ({ positional }) => {
    const folder = path.resolve(positional[0] ?? "");
    let held: readonly string[] = [];
    try {
      held = readdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        throw invalid(folder, "不是可用的文件夹", "this folder cannot be used");
    }
    if (held.length > 0) throw invalid(folder, "文件夹不是空的", "the folder is not empty");
    makeKeys(folder);
    await write(`${folder}\n`);
    return 0;
  },
};
