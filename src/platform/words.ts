import type { Words } from "../core/direction/inverted-index.ts";

let loading: Promise<Words> | undefined;

/**
 * Chinese word cutting by jieba with its standard dictionary. Loaded on first use, once for the process
 * (0.1 to 0.2 s and 60 MB): most commands never cut a word.
 */
export const loadWords = (): Promise<Words> => (loading ??= load());

const load = async (): Promise<Words> => {
  const [{ Jieba }, { dict }] = await Promise.all([
    import("@node-rs/jieba"),
    import("@node-rs/jieba/dict.js"),
  ]);
  const jieba = Jieba.withDict(dict);
  return (text) => jieba.cut(text, true);
};
