import type { Prices } from "../../../src/core/assignment/certificate.ts";
import type { Panels } from "../../../src/core/assignment/problem.ts";

export type SketchInstance = {
  readonly nA: number;
  readonly nE: number;
  readonly m: number;
  readonly dem: Uint32Array;
  readonly cap: Uint32Array;
  readonly lo: Uint32Array;
  readonly unit: Uint32Array;
  readonly limit: number;
  readonly rs: Uint32Array;
  readonly col: Uint32Array;
  readonly w: Int32Array;
};

export declare const solve: (instance: SketchInstance) => {
  readonly panels: Panels;
  readonly prices: Prices;
};
