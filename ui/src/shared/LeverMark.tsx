interface LeverMarkProps {
  size?: number;
  /** What it says where no word beside it does. */
  label?: string;
}

/** Our own sign for Lever: a bar on its pivot. Lever's logo is not ours to ship. */
export function LeverMark({ size = 24, label }: LeverMarkProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: "none" }}
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <path d="M3 15 21 7" />
      <path d="m12 11 4 8H8z" />
    </svg>
  );
}
