import { writeFile } from "node:fs/promises";
import path from "node:path";
import { defaultPolicyId, loadPolicy } from "../../platform/policies.ts";
import { generatedDocuments } from "../generated.ts";
import type { Command } from "./command.ts";

const root = path.resolve(import.meta.dirname, "../../..");

export const docsWrite: Command = {
  name: ["docs", "write"],
  positional: [],
  options: [],
  summary: "由各张表生成 docs/ 下的页面 / write the pages of docs/ that come from the tables",
  help: `经过（lifecycle.md）、权限（permissions.md）、接口（openapi.json）。有测试保证它们没有过时。
The lifecycle, the permissions and the API's document. A test fails while one is stale.`,
  run: async () => {
    const policy = await loadPolicy(await defaultPolicyId());
    for (const [file, text] of generatedDocuments(policy)) await writeFile(path.join(root, file), text);
    return 0;
  },
};
