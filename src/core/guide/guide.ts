/** One clause of a guide as its numbering says it: see `parseGuide`. */
export type GuideNode = {
  /** Markers from the root joined with `/`, each without its closing `、` or `.`; colliding siblings get `#2`, `#3`. */
  readonly id: string;
  /** As it stands in the text: `一、`, `（1）`, `3.`, `第四条`, `2.1`. */
  readonly marker: string;
  /** The unpunctuated first line, joined where it was wrapped; empty where the node begins with a sentence. */
  readonly heading: string;
  /** Reflowed paragraphs joined by `\n`. */
  readonly text: string;
  /** 1-based line of the marker in the source. */
  readonly line: number;
  readonly children: readonly GuideNode[];
};

export type Guide = { readonly title: string; readonly nodes: readonly GuideNode[] };

/** Every node, parents before their children, in the order of the text. */
export const walk = function* (nodes: readonly GuideNode[]): Generator<GuideNode> {
  for (const node of nodes) {
    yield node;
    yield* walk(node.children);
  }
};
