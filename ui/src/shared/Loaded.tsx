import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CommandError } from "../host";
import { Problem } from "./Problem";

interface LoadedProps<T> {
  query: UseQueryResult<T, CommandError>;
  /** What stands in for the content until it is there. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The states of everything that is read: loading, error, there. What was read stays while it is read again. */
export function Loaded<T>({ query, skeleton = <Lines />, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <Problem error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div role="status" aria-busy="true" data-testid="loading">
      <span className="visually-hidden">Loading…</span>
      {skeleton}
    </div>
  );
}

/** Grey lines about as tall as a list. */
export function Lines({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap="md" py="md" aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={16} width={`${90 - ((row * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
