import { holds, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { text } from "../words.ts";
import { leaves, type Programme } from "../programme.ts";

/** The category is one of the guide's. */
export const categoryKnown = predicate(none, ["value"], () => ({ application, category }) => {
  if (application.category === undefined) return unknown;
  return category === undefined ? [{ facts: { value: text(application.category) } }] : holds;
});

/** The field belongs to the category; the fault cites the category's own clause. */
export const fieldInCategory = predicate(
  none,
  ["value", "category"],
  () =>
    ({ application, category, field }) => {
      if (application.field === undefined || category === undefined) return unknown;
      if (field !== undefined) return holds;
      return [
        {
          clause: category.clause,
          facts: { value: text(application.field), category: text(category.title) },
        },
      ];
    },
);

const homeOf = (programme: Programme, direction: string) => {
  for (const category of programme.categories)
    for (const field of category.fields)
      if (leaves(field).some((one) => one.code === direction)) return { category, field };
  return undefined;
};

/** The direction is a leaf of the field chosen. */
export const directionInField = predicate(
  none,
  ["value", "home"],
  () =>
    ({ application, programme, category, leaf }) => {
      const { direction } = application;
      // An unknown category has said enough.
      if (direction === undefined || category === undefined) return unknown;
      if (leaf !== undefined) return holds;
      const home = homeOf(programme, direction);
      return [
        {
          facts: {
            value: text(direction),
            home: text(
              home === undefined
                ? { zh: "不在指南的方向目录中", en: "is not in the guide's catalogue" }
                : {
                    zh: `属于“${home.category.title.zh}—${home.field.title.zh}”`,
                    en: `belongs to "${home.category.title.en} / ${home.field.title.en}"`,
                  },
            ),
          },
        },
      ];
    },
);
