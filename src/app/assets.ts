import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Assets } from "../ui/place.ts";
import { purge } from "./purge.ts";

/** One file as it is sent, in the three ways a browser may ask for it. */
export type Sent = {
  readonly type: string;
  readonly body: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
};
export type BuiltAssets = { readonly urls: Assets; readonly files: ReadonlyMap<string, Sent> };

const root = fileURLToPath(new URL("../..", import.meta.url));
const place = path.join(root, ".build/assets");
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" } as const;
type Extension = keyof typeof types;

const sha = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 12);
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

/** Everything that the built files depend on: pages and papers too, for the classes that they use decide what the style sheet keeps. */
const readInputs = async () => {
  const files = (
    await Promise.all(["src/ui", "src/client", "src/stages", "policies/_documents"].map(filesIn))
  ).flat();
  const others = [
    "src/app/assets.ts",
    "src/app/purge.ts",
    "node_modules/govuk-frontend/package.json",
    "node_modules/@ministryofjustice/frontend/package.json",
  ].map((file) => path.join(root, file));
  const texts = await Promise.all([...files, ...others].map((file) => readFile(file, "utf8")));
  const pages = texts.filter((_, at) => /\.(?:tsx?|typ)$/.test(files[at] ?? "")).join("\n");
  return { hash: sha(...files, ...texts), pages };
};

const buildAll = async (
  pages: string,
): Promise<Readonly<Record<keyof Assets, readonly [Extension, Buffer]>>> => {
  const [sass, esbuild] = await Promise.all([import("sass"), import("esbuild")]);
  const sheet = (name: string) =>
    sass.compile(path.join(root, `src/ui/theme/${name}.scss`), {
      style: "compressed",
      loadPaths: [root],
      quietDeps: true,
      logger: sass.Logger.silent,
    }).css;
  const script = await esbuild.build({
    entryPoints: [path.join(root, "src/client/main.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  await esbuild.stop();
  const [icons, favicon] = await Promise.all(
    ["icons", "favicon"].map((name) => readFile(path.join(root, `src/ui/${name}.svg`))),
  );
  return {
    css: ["css", Buffer.from(purge(sheet("zhinan"), pages))],
    workCss: ["css", Buffer.from(purge(sheet("work"), pages))],
    script: ["js", Buffer.from(script.outputFiles[0]?.contents ?? [])],
    icons: ["svg", icons ?? Buffer.of()],
    favicon: ["svg", favicon ?? Buffer.of()],
  };
};

type Manifest = Readonly<Record<keyof Assets, string>>;

const read = async (manifest: Manifest): Promise<BuiltAssets> => {
  const files = new Map<string, Sent>();
  const urls: Record<string, string> = {};
  for (const [key, name] of Object.entries(manifest)) {
    const body = await readFile(path.join(place, name));
    const extension = name.slice(name.lastIndexOf(".") + 1) as Extension;
    urls[key] = `/assets/${name}`;
    files.set(`/assets/${name}`, {
      type: `${types[extension]}; charset=utf-8`,
      body,
      gzip: gzipSync(body, { level: 9 }),
      brotli: brotliCompressSync(body),
    });
  }
  return { urls: urls as Assets, files };
};

/** Written beside and renamed: two that build at once never read half a file. */
const write = async (name: string, body: Buffer | string) => {
  const passing = path.join(place, `${name}.${randomUUID()}`);
  await writeFile(passing, body);
  await rename(passing, path.join(place, name));
};

/** Style sheet, script and pictures under names that carry their hash; built again only when an input changed. */
export const loadAssets = async (): Promise<BuiltAssets> => {
  const { hash, pages } = await readInputs();
  const list = `manifest-${hash}.json`;
  const known = await readFile(path.join(place, list), "utf8").catch(() => null);
  if (known !== null) {
    const built = await read(JSON.parse(known) as Manifest).catch(() => null);
    if (built !== null) return built;
  }
  await mkdir(place, { recursive: true });
  const manifest: Record<string, string> = {};
  for (const [key, [extension, body]] of Object.entries(await buildAll(pages))) {
    const name = `${key === "script" || key === "css" ? "zhinan" : key}-${sha(body)}.${extension}`;
    manifest[key] = name;
    await write(name, body);
  }
  await write(list, JSON.stringify(manifest));
  return read(manifest as Manifest);
};
