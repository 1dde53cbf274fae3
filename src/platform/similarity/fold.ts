import { type Fold, foldOf } from "../../core/similarity/fold.ts";

let loading: Promise<Fold> | undefined;

/** The folding table with traditional characters by opencc-js, one character to one. Built once for the process. */
export const loadFold = (): Promise<Fold> => (loading ??= load());

const ranges = [
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x2ffff],
] as const;

const load = async (): Promise<Fold> => {
  const { Converter } = await import("opencc-js/t2cn");
  const convert = Converter({ from: "t", to: "cn" });
  const simplified = new Map<string, string>();
  for (const [from, to] of ranges)
    for (let point = from; point <= to; point += 1) {
      const character = String.fromCodePoint(point);
      const plain = convert(character);
      if (plain !== character && Array.from(plain).length === 1) simplified.set(character, plain);
    }
  return foldOf(simplified);
};
