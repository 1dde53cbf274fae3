import { civilDateOf } from "../../../core/calendar.ts";
import { hourOf } from "../../../ui/when.tsx";

/** `2024-06-20 16:02`: when a file was made. */
export const formatMoment = (instant: number): string => `${civilDateOf(instant)} ${hourOf(instant)}`;
