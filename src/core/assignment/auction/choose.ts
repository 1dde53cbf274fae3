import { free, type Auction } from "./state.ts";

/**
 * The best `need` additions to what an application holds, and the value of the best that stays outside, at the present
 * prices. Rows fall by weight, so the scan stops where even the lowest price could not lift an entry into the choice.
 * Nothing at or below `-reward` is chosen: an empty place is worth that.
 */
export const choose = (auction: Auction, application: number, need: number): void => {
  const { problem, price, status, reward, choice } = auction;
  const { rowStart, expert, weight } = problem;
  const { entry: chosen, value: values } = choice;
  const to = rowStart[application + 1]!;
  const lift = -auction.lowestPrice;
  let threshold = -reward;
  for (let place = 0; place <= need; place += 1) values[place] = threshold;
  let count = 0;
  for (let entry = rowStart[application]!; entry < to; entry += 1) {
    const heavy = weight[entry]!;
    if (heavy + lift <= threshold) break;
    const value = heavy - price[expert[entry]!]!;
    if (value <= threshold || status[entry] !== free) continue;
    let at = need;
    while (at > 0 && values[at - 1]! < value) {
      values[at] = values[at - 1]!;
      chosen[at] = chosen[at - 1]!;
      at -= 1;
    }
    values[at] = value;
    chosen[at] = entry;
    if (count <= need) count += 1;
    threshold = values[need]!;
  }
  choice.count = count > need ? need : count;
  choice.alternative = threshold;
  choice.fullCount = 0;
};
