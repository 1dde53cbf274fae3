import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { withDatabase } from "../../platform/database/attached.ts";
import { invalid } from "../../platform/errors.ts";
import { exportLedger } from "../../platform/ledger/exporting.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { keysForCommand } from "./ledger-keys.ts";

export const ledgerExport: Command = {
  name: ["ledger", "export"],
  positional: [{ name: "FILE", required: true }],
  options: [jsonOption],
  summary: "导出账本及签名的账头 / export the ledger with its signed head",
  help: `把账本写成 JSON Lines：第一行是签名的账头，其后每行一笔，按编号排列。文件写完才出现。
Writes the ledger as JSON Lines: the signed head first, then an entry a line by number. The file appears when it is whole.
请把账头另存一份（邮寄、印在公示里）：有了它，日后账尾被截去或全部重写都能查出。
Keep a copy of the head elsewhere: with it a cut tail or a rewritten ledger is found later (ledger verify --head).`,
  run: async ({ positional, switches }) => {
    const file = path.resolve(positional[0] ?? "");
    const there = statSync(file, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) throw invalid(file, "这不是文件", "this is no file");
    if (!statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory())
      throw invalid(path.dirname(file), "文件夹不存在", "there is no such folder");
    const { ledger } = keysForCommand();
    const draft = `${file}.${randomBytes(4).toString("hex")}.part`;
    try {
      const head = await withDatabase(async (database, funder) => {
        const stream = createWriteStream(draft, { flags: "wx" });
        await once(stream, "open");
        const failed = once(stream, "error").then(([error]) => Promise.reject(error as Error));
        const done = async () => {
          const written = await exportLedger(database, funder, ledger, stream);
          stream.end();
          await once(stream, "close");
          return written;
        };
        return Promise.race([done(), failed]);
      });
      await rename(draft, file);
      await write(
        switches.has("json")
          ? `${JSON.stringify(head)}\n`
          : `${head.number} 笔 / entries\n账头 / head  ${head.number}:${head.root}\n`,
      );
      return 0;
    } catch (error) {
      await rm(draft, { force: true });
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EROFS")
        throw invalid(file, "没有写入权限", "you may not write there");
      if (code === "ENOSPC") throw invalid(file, "磁盘空间不足", "no space is left on the disk");
      throw error;
    }
  },
};
