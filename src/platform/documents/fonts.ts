import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

const isFont = (name: string) => /\.(ttf|otf|ttc|otc)$/i.test(name);
const fontsIn = (folder: string): readonly string[] =>
  folder !== "" && existsSync(folder)
    ? readdirSync(folder)
        .filter(isFont)
        .sort()
        .map((name) => path.join(folder, name))
    : [];

/** Debian's Noto CJK, in the weights that papers use: the other weights would only cost time and memory. */
const notoCjk = (folder: string): readonly string[] =>
  fontsIn(folder).filter((file) => /^Noto(Serif|Sans)CJK-(Regular|Bold)\.ttc$/.test(path.basename(file)));

const fetched = path.resolve(
  import.meta.dirname,
  "../../../bootstrap/fonts/node_modules/@expo-google-fonts/noto-serif-sc",
);

/**
 * The font files that papers are drawn with, and no others, so that a paper looks the same on every machine. The bureau's own come
 * first: ZHINAN_FONTS names folders (for 方正小标宋 and 仿宋_GB2312, which may not be given away). Then Noto CJK where Debian puts it, or
 * in the folder ZHINAN_NOTO_CJK; then the family that the bootstrap fetches where there is none. Empty where there is no font at all.
 */
export const fontFiles = (environment: Environment): readonly string[] => {
  const own = (environment["ZHINAN_FONTS"] ?? "").split(path.delimiter).flatMap(fontsIn);
  const noto = notoCjk(environment["ZHINAN_NOTO_CJK"] ?? "/usr/share/fonts/opentype/noto");
  return [
    ...own,
    ...(noto.length > 0
      ? noto
      : ["400Regular", "700Bold"].flatMap((one) => fontsIn(path.join(fetched, one)))),
  ];
};

/** Which fonts a paper was drawn with, without saying where they lie. */
export const fontPrint = (files: readonly string[]): readonly string[] =>
  files.map((file) => `${path.basename(file)} ${statSync(file).size}`);
