import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { locked, root, say } from "./install.mjs";

// Official papers need a Chinese font. Where the machine has none, one family under the SIL Open Font License is fetched;
// src/platform/documents/fonts.ts looks in the same places.
const folder = path.join(root, "bootstrap", "fonts");
const stamp = path.join(folder, "node_modules", ".zhinan-installed");

const holdsFonts = (place) =>
  place !== "" && existsSync(place) && readdirSync(place).some((name) => /\.(ttf|otf|ttc|otc)$/i.test(name));
const wanted = () =>
  createHash("sha256")
    .update(readFileSync(path.join(folder, "package-lock.json")))
    .digest("hex");
const fetched = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();
const present = () =>
  (process.env["ZHINAN_FONTS"] ?? "").split(path.delimiter).some(holdsFonts) ||
  existsSync(
    path.join(process.env["ZHINAN_NOTO_CJK"] ?? "/usr/share/fonts/opentype/noto", "NotoSerifCJK-Regular.ttc"),
  ) ||
  fetched();

/** Never stops what was asked for: without a font everything but the papers works. */
export const ensureFonts = async () => {
  if (present()) return;
  await locked(() => present() || fetchFonts());
};

const fetchFonts = () => {
  say(
    "未找到中文字体，正在获取思源宋体（约 69 MB，仅一次）… / no Chinese font found: fetching Noto Serif SC (about 69 MB, once)…",
  );
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // No retries: a machine without a network must not wait for minutes at every start.
  const { status } = spawnSync(
    npm,
    ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"].concat(
      "--fetch-retries=0",
    ),
    { cwd: folder, stdio: ["ignore", 2, 2], shell: process.platform === "win32", timeout: 600_000 },
  );
  if (status === 0) writeFileSync(stamp, wanted());
  else
    say(
      [
        "没有取得中文字体：申报书、通知等公文暂时不能生成，其余功能照常。",
        "请安装 Debian 软件包 fonts-noto-cjk，或用 ZHINAN_FONTS 指明本单位字体所在的文件夹，或连通网络后重新启动。",
        "No Chinese font could be fetched: papers (applications, notices) cannot be drawn for now; everything else works.",
        "Install Debian's fonts-noto-cjk, or name a folder of fonts in ZHINAN_FONTS, or start again with a network.",
      ].join("\n"),
    );
};
