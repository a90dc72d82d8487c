import mark from "../../../icons/fulcrum.svg";

/** The product's mark; the name stands beside it, so it has none of its own. */
export function FulcrumMark({ size }: { size: number }) {
  return <img src={mark} width={size} height={size} alt="" />;
}
