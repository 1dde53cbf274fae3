import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { walk } from "../core/guide/guide.ts";
import { parseGuide } from "../core/guide/parse.ts";
import { caseLineSchema, casesOf } from "../core/policy/cases.ts";
import { type Downloads, downloadsSchema, noDownloads } from "../core/policy/downloads.ts";
import { clausesSchema, formSchema, reviewSchema, rulesSchema, synonymsSchema } from "../core/policy/pack.ts";
import type { Policy } from "../core/policy/policy.ts";
import { procedureSchema } from "../core/policy/procedure.ts";
import { programmeSchema } from "../core/policy/programme.ts";
import { selfCheckSchema } from "../core/policy/self-check.ts";
import { Invalid, invalid } from "./errors.ts";
import { faultsOf, parseJson } from "./json.ts";

const folder = path.resolve(import.meta.dirname, "../../policies");
const idForm = /^[a-z0-9][a-z0-9-]{0,59}$/;
const published = z.strictObject({ hash: z.string(), on: z.string() });

/** The packs of this installation. */
export const policyIds = async (): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && idForm.test(entry.name))
    .map((entry) => entry.name)
    .sort();
};

/** The pack that the site shows first: `policies/default.json`. */
export const defaultPolicyId = async (): Promise<string> =>
  z
    .strictObject({ policy: z.string() })
    .parse(JSON.parse(await readFile(path.join(folder, "default.json"), "utf8"))).policy;

export const packFile = (id: string, name: string): string => path.join(folder, id, name);

const filesOf = async (id: string): Promise<readonly string[]> => {
  const entries = await readdir(path.join(folder, id), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(path.join(folder, id), path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"),
    )
    .filter((name) => name !== "published.json")
    .sort();
};

/** SHA-256 over the names and contents of a pack's files, in the order of their names. */
export const hashOf = async (id: string): Promise<string> => {
  const hash = createHash("sha256");
  for (const name of await filesOf(id)) {
    const content = await readFile(packFile(id, name));
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest("hex");
};

const readPart = async <S extends z.ZodType>(id: string, name: string, schema: S): Promise<z.infer<S>> => {
  const place = `policies/${id}/${name}`;
  let source: string;
  try {
    source = await readFile(packFile(id, name), "utf8");
  } catch {
    throw invalid(place, "文件不存在或无法读取", "the file is missing or cannot be read");
  }
  const result = schema.safeParse(parseJson(source, place));
  if (!result.success) throw new Invalid(faultsOf(result.error, place));
  return result.data;
};

const stampOf = async (id: string): Promise<z.infer<typeof published> | null> =>
  existsSync(packFile(id, "published.json")) ? readPart(id, "published.json", published) : null;

/** The hash under which a pack was published, or null. */
export const publishedHashOf = async (id: string): Promise<string | null> =>
  (await stampOf(id))?.hash ?? null;

const readCases = async (id: string) => {
  const source = await readFile(packFile(id, "cases.jsonl"), "utf8");
  const lines = source.split("\n").flatMap((text, index) => {
    if (text.trim() === "") return [];
    const place = `policies/${id}/cases.jsonl:${index + 1}`;
    const result = caseLineSchema.safeParse(parseJson(text, place));
    if (!result.success) throw new Invalid(faultsOf(result.error, place));
    return [result.data];
  });
  try {
    return casesOf(id, lines);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw invalid(`policies/${id}/cases.jsonl`, `判例无法建立：${words}`, `a case cannot be made: ${words}`);
  }
};

const readDownloads = async (id: string): Promise<Downloads> => {
  if (!existsSync(packFile(id, "downloads.json"))) return noDownloads;
  const downloads = await readPart(id, "downloads.json", downloadsSchema);
  const missing = downloads.files.find(({ file }) => !existsSync(packFile(id, `downloads/${file}`)));
  if (missing !== undefined)
    throw invalid(
      `policies/${id}/downloads.json`,
      `缺少文件 downloads/${missing.file}`,
      `the file downloads/${missing.file} is missing`,
    );
  return downloads;
};

/** Reads a pack and checks its shape. Throws `Invalid` with every fault and its place. */
export const loadPolicy = async (id: string): Promise<Policy> => {
  if (!idForm.test(id) || !existsSync(path.join(folder, id)))
    throw invalid(
      "policy",
      `没有名为“${id.slice(0, 60)}”的指南`,
      `there is no policy called "${id.slice(0, 60)}"`,
    );
  const forms = (await filesOf(id)).filter((name) => name.startsWith("forms/"));
  const guide = parseGuide(await readFile(packFile(id, "guide.txt"), "utf8"));
  const hash = await hashOf(id);
  const stamp = await stampOf(id);
  return {
    id,
    guide,
    nodes: new Map([...walk(guide.nodes)].map((node) => [node.id, node])),
    programme: await readPart(id, "programme.json", programmeSchema),
    clauses: await readPart(id, "clauses.json", clausesSchema),
    rules: await readPart(id, "rules.json", rulesSchema),
    review: await readPart(id, "review.json", reviewSchema),
    procedure: await readPart(id, "procedure.json", procedureSchema),
    forms: await Promise.all(forms.map((name) => readPart(id, name, formSchema))),
    synonyms: await readPart(id, "synonyms.json", synonymsSchema),
    cases: await readCases(id),
    selfCheck: existsSync(packFile(id, "self-check.json"))
      ? await readPart(id, "self-check.json", selfCheckSchema)
      : null,
    downloads: await readDownloads(id),
    hash,
    publishedOn: stamp !== null && stamp.hash === hash ? stamp.on : null,
  };
};
