import { serveApart } from "../../src/platform/apart-child.ts";

export type TestOrder = { readonly do: string; readonly n?: number };

const kept: Buffer[] = [];

const work = async ({ do: what, n = 0 }: TestOrder): Promise<unknown> => {
  switch (what) {
    case "pid":
      return process.pid;
    case "echo":
      return n;
    case "wait":
      await new Promise((resolve) => setTimeout(resolve, n));
      return process.pid;
    case "spin":
      for (;;);
    case "fill":
      // Touched, so that it is resident.
      for (;;) kept.push(Buffer.alloc(16 * 1_048_576, 1));
    case "grow":
      kept.push(Buffer.alloc(n, 1));
      return process.pid;
    case "die":
      return process.exit(3);
    case "throw":
      throw new RangeError("the work does not like this");
    case "environment":
      return { ...process.env };
    default:
      return new Uint8Array([1, 2, 3]);
  }
};

serveApart(work);
