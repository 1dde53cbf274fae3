/** Anchor of a node of the guide: `四/6#2` -> `c-四-6_2`. Brackets and Chinese numerals stay; an id may hold them. */
export const anchorOf = (node: string): string => `c-${node.replaceAll("/", "-").replaceAll(/[#\s]/g, "_")}`;
