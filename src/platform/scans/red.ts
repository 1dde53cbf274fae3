import type { Picture } from "./squares.ts";

/** Looks for the ink of a seal: red that stands together in a spot as broad as high. */

const cells = 60;
/** A cell counts from this share of red on. */
const inked = 0.03;

const isRed = (r: number, g: number, b: number) => r > 110 && r - g > 55 && r - b > 40;

type Spot = { red: number; left: number; right: number; top: number; bottom: number };

/** Thousandths of the page that are red in its most seal-like spot, to one decimal; 0 where there is none. */
export const redSpot = ({ data, width, height }: Picture): number => {
  const size = Math.max(1, Math.ceil(Math.max(width, height) / cells));
  const columns = Math.ceil(width / size);
  const rows = Math.ceil(height / size);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / size) * columns;
    for (let x = 0, at = y * width * 4; x < width; x += 1, at += 4)
      if (isRed(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) {
        const cell = row + Math.floor(x / size);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
  }
  const enough = size * size * inked;
  const seen = new Uint8Array(columns * rows);
  let most = 0;
  for (let start = 0; start < counts.length; start += 1) {
    if (seen[start] === 1 || (counts[start] ?? 0) < enough) continue;
    const spot = grow(counts, seen, { start, columns, rows, enough });
    if (isSealLike(spot, columns, rows, size)) most = Math.max(most, spot.red);
  }
  return Math.round((most / (width * height)) * 10_000) / 10;
};

const grow = (
  counts: Uint32Array,
  seen: Uint8Array,
  { start, columns, rows, enough }: { start: number; columns: number; rows: number; enough: number },
): Spot => {
  const spot: Spot = { red: 0, left: columns, right: 0, top: rows, bottom: 0 };
  const open = [start];
  seen[start] = 1;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const x = cell % columns;
    const y = Math.floor(cell / columns);
    spot.red += counts[cell] ?? 0;
    spot.left = Math.min(spot.left, x);
    spot.right = Math.max(spot.right, x);
    spot.top = Math.min(spot.top, y);
    spot.bottom = Math.max(spot.bottom, y);
    // Two cells apart still belongs together: the ring of a seal has gaps.
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < 0 || ny < 0 || nx >= columns || ny >= rows) continue;
        const next = ny * columns + nx;
        if (seen[next] === 1 || (counts[next] ?? 0) < enough) continue;
        seen[next] = 1;
        open.push(next);
      }
  }
  return spot;
};

/** Broad as high, between a name stamp and half the page, and not a plain red area. */
const isSealLike = (spot: Spot, columns: number, rows: number, size: number): boolean => {
  const width = spot.right - spot.left + 1;
  const height = spot.bottom - spot.top + 1;
  const longest = Math.max(columns, rows);
  const filled = spot.red / (width * height * size * size);
  return (
    Math.max(width, height) <= longest * 0.4 &&
    Math.min(width, height) >= longest * 0.02 &&
    width / height < 2.2 &&
    height / width < 2.2 &&
    filled < 0.7
  );
};
