import type { Work } from "../desk.ts";
import { importWords } from "./words.ts";

/** Lines of a list that stand on one page. */
const perPage = 50;

const numberOf = (text: string | undefined): number => {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
};

/** One page of a long list, and the way to the others; `name` is the page's word in the address. */
export const Pages = ({ work, name, count }: { work: Work; name: string; count: number }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const pages = Math.ceil(count / perPage);
  if (pages < 2) return null;
  const page = Math.min(numberOf(query[name]), pages);
  const to = (number: number) =>
    `?${new URLSearchParams({ ...query, [name]: String(number) }).toString()}#${name}`;
  return (
    <nav class="zn-importpages" aria-label={words.page(page, pages)}>
      {page > 1 && (
        <a class="govuk-link" href={to(page - 1)}>
          {words.previous}
        </a>
      )}
      <span>{words.page(page, pages)}</span>
      {page < pages && (
        <a class="govuk-link" href={to(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  );
};

export const pageOf = <Item,>(items: readonly Item[], page: string | undefined): readonly Item[] => {
  const from = (Math.min(numberOf(page), Math.max(1, Math.ceil(items.length / perPage))) - 1) * perPage;
  return items.slice(from, from + perPage);
};
