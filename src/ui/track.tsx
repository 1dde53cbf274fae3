/** 行程: where one thing is on its way. */
export type TrackStep = {
  readonly title: string;
  readonly look: "done" | "now" | "todo" | "missed";
  readonly note: string;
  /** A date that presses. */
  readonly due: string | null;
};

export const Track = ({ label, steps }: { label: string; steps: readonly TrackStep[] }) => (
  <ol class="zn-track" aria-label={label}>
    {steps.map(({ title, look, note, due }) => (
      <li
        class={look === "missed" ? "is-now is-due" : `is-${look}`}
        aria-current={look === "now" ? "step" : undefined}
      >
        <b>{title}</b>
        <span>
          {note}
          {due !== null && <em class="zn-duetext">{due}</em>}
        </span>
      </li>
    ))}
  </ol>
);
