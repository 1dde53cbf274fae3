import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Folders in which Typst looks for fonts, the bureau's own first: ZHINAN_FONTS (for 方正小标宋 and 仿宋_GB2312, which may not be given
 * away), then Debian's Noto CJK, then the family that the bootstrap fetches where there is none.
 */
export const fontFolders = (environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  [
    ...(environment["ZHINAN_FONTS"] ?? "").split(path.delimiter),
    "/usr/share/fonts/opentype/noto",
    path.resolve(
      import.meta.dirname,
      "../../../bootstrap/fonts/node_modules/@expo-google-fonts/noto-serif-sc",
    ),
  ].filter((folder) => folder !== "" && existsSync(folder));
