import { createReadStream, existsSync, readFileSync } from "node:fs";
import { sealSchema } from "../../core/document/seal.ts";
import { Invalid, invalid } from "../../platform/errors.ts";
import { faultsOf, parseJson } from "../../platform/json.ts";
import { faultOfSeal } from "../../platform/seals.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";

const words = {
  document: "文件与加盖时不同 / the document is not the one that was sealed",
  signature: "签名不成立 / the signature does not hold",
  key: "不是给定的公钥 / it is another key than the one given",
} as const;

export const sealVerify: Command = {
  name: ["seal", "verify"],
  positional: [
    { name: "DOCUMENT", required: true },
    { name: "SEAL.json", required: true },
  ],
  options: [{ name: "key", value: "HEX", help: "应有的公钥 / the public key it must be" }, jsonOption],
  summary: "核验文件的电子签章（SM2/SM3）/ verify the electronic seal of a document",
  help: `核验文件自加盖电子签章以来没有改动，签名成立；给出 --key 时还核对公钥。
Verifies that the document is unchanged since it was sealed and that the signature holds; with --key, that it is this key.`,
  run: async ({ positional: [document = "", file = ""], values, switches }) => {
    for (const one of [document, file])
      if (!existsSync(one)) throw invalid(one, "没有这个文件", "there is no such file");
    const parsed = sealSchema.safeParse(parseJson(readFileSync(file, "utf8"), file));
    if (!parsed.success) throw new Invalid(faultsOf(parsed.error, file));
    const key = values.get("key")?.toLowerCase();
    const fault = await faultOfSeal(
      parsed.data,
      createReadStream(document),
      key === undefined ? undefined : new Set([key]),
    );
    const { holder, at, certified } = parsed.data;
    if (switches.has("json"))
      await write(`${JSON.stringify({ verified: fault === null, fault, holder, at, certified })}\n`);
    else
      await write(
        fault === null
          ? `电子签章成立：${holder}，${at}${certified ? "" : "（软件签章，未经认证）"}\nThe seal holds${certified ? "" : " (software, not certified)"}.\n`
          : `${words[fault]}\n`,
      );
    return fault === null ? 0 : 1;
  },
};
