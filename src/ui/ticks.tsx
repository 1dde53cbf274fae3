/** 刻度: one tick is one thing; the number always stands beside it. `label` says both to readers. */
export const Ticks = ({ count, label, small = false }: { count: number; label: string; small?: boolean }) => (
  <span class={small ? "zn-ticks zn-ticks--s" : "zn-ticks"} role="img" aria-label={label}>
    {Array.from({ length: count }, () => (
      <i class="on" />
    ))}
  </span>
);

/** A continuous quantity from 0 to 1: a thin bar, never ticks. */
export const Bar = ({ share }: { share: number }) => (
  <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="ground" width="100" height="4" />
    <rect class="bar" width={Math.round(Math.max(0, Math.min(1, share)) * 100)} height="4" />
  </svg>
);
