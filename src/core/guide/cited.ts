/** A place of the guide as running text cites it: `四/13` is 四.13, `六/（二）/1` is 六（二）1, `第二章/第五条` is 第二章第五条. */
export const cited = (node: string): string =>
  node.replaceAll(/(?<=[^）])\/(?=\d)/g, ".").replaceAll("/", "");
