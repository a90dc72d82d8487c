import { IconScale, IconUser } from "@tabler/icons-react";
import type { Actor } from "../generated/api";
import { LeverMark } from "./LeverMark";

/** Who did it, as a small mark beside their name. */
export function ActorMark({ actor }: { actor: Actor }) {
  switch (actor) {
    case "lever":
      return <LeverMark size={14} />;
    case "you":
      return <IconUser size={14} aria-hidden />;
    case "fulcrum":
      return <IconScale size={14} aria-hidden />;
  }
}
