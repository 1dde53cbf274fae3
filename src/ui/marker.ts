import type { GuideNode } from "../core/guide/guide.ts";

/** A marker as it stands before its words: `第一章` keeps its distance, `一、` and `3.` have it already. */
export const markerOf = (node: Pick<GuideNode, "marker">): string =>
  /[章节条款编]$/.test(node.marker) ? `${node.marker}　` : node.marker;
