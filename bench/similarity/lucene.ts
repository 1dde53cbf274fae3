import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";

const source = path.join(import.meta.dirname, "../peers/lucene/MoreLike.java");
const jars = ["core", "queries", "analyzers-common"].map(
  (name) => `/usr/share/java/lucene-${name}-8.7.0.jar`,
);
const patience = 900_000;

export type Answers = {
  readonly milliseconds: readonly number[];
  readonly ids: readonly (readonly string[])[];
};
export type Lucene = {
  readonly index: (corpus: string, folder: string) => void;
  readonly query: (folder: string, queries: string, terms: number) => Answers;
};

/** Lucene from Debian's liblucene8-java, our few lines compiled by javac; or why there is none. */
export const lucene = (folder: string): Lucene | { readonly missing: string } => {
  if (jars.some((jar) => !existsSync(jar))) return { missing: "liblucene8-java is not installed" };
  const classes = path.join(folder, "classes");
  const classpath = [...jars, classes].join(":");
  const compiled = path.join(classes, "MoreLike.class");
  if (!existsSync(compiled) || statSync(compiled).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(classes, { recursive: true });
    const { error, status, stderr } = spawnSync("javac", ["-cp", classpath, "-d", classes, source], {
      encoding: "utf8",
    });
    if (error !== undefined) return { missing: "javac is not installed" };
    if (status !== 0) return { missing: `it does not compile: ${stderr.slice(0, 300)}` };
  }
  const run = (...given: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync("java", ["-Xmx2g", "-cp", classpath, "MoreLike", ...given], {
      encoding: "utf8",
      timeout: patience,
      killSignal: "SIGKILL",
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`lucene ${given[0]}: ${stderr.slice(0, 400)}`);
    return stdout;
  };
  return {
    index: (corpus, into) => void run("index", corpus, into),
    query: (from, queries, terms) => {
      const lines = run("query", from, queries, String(terms))
        .trim()
        .split("\n")
        .map((line) => line.split(" "));
      return { milliseconds: lines.map(([time]) => Number(time)), ids: lines.map(([, ...ids]) => ids) };
    },
  };
};
