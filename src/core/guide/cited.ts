/** A place of the guide as running text cites it: `四/13` is 四.13, `二/二` 二.二, `六/（二）/1` is 六（二）1, `第二章/第五条` is 第二章第五条. */
export const cited = (node: string): string =>
  node.replaceAll(/(?<=[^）])\/(?=[\d一二三四五六七八九十])/g, ".").replaceAll("/", "");
