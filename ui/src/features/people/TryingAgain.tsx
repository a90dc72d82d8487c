import type { HeldImport } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { Time } from "../../shared/Time";
import { useNow } from "../../shared/now";

/** That a hire is looked at again by itself, and what was in the way the last time. */
export function TryingAgain({ hire: { next_try_at, problem } }: { hire: HeldImport }) {
  const now = useNow();
  if (problem === null && next_try_at === null) return null;
  return (
    <Notice tone={problem === null ? "info" : "wait"}>
      {problem}{" "}
      {next_try_at !== null && (next_try_at > now ? <>Next try <Time at={next_try_at} ageOnly />.</> : "Lever is being asked again…")}
    </Notice>
  );
}
