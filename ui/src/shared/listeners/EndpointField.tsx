import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ListenerView } from "../../generated/api";
import type { CommandError } from "../../host";
import { CopyField } from "../Copy";
import { Notice } from "../Notice";
import { Problem } from "../Problem";
import { DoubledNote } from "./DoubledNote";

/** *Endpoint URL*, which stays the same for the listener's life. */
export function EndpointField({ listener }: { listener: UseQueryResult<ListenerView, CommandError> }) {
  if (listener.error) return <Problem error={listener.error} onRetry={() => void listener.refetch()} />;
  if (listener.data === undefined) return <Skeleton height={60} aria-label="Making the Endpoint URL" />;
  const { id, endpoint_url: address, endpoint_problem: problem } = listener.data;
  return (
    <>
      {address !== null && (
        <CopyField
          label="Endpoint URL"
          description={problem === null ? "Live now. It never changes." : "It never changes."}
          value={address}
        />
      )}
      {problem !== null && <Notice tone="wait">{problem}</Notice>}
      <DoubledNote listener={id} />
    </>
  );
}
