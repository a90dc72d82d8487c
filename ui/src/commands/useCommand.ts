import { keepPreviousData, queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { CommandError, CommandName, Host, Request, Response } from "../host";
import { useHost } from "./HostContext";

interface Options {
  /** Whether to ask at all; true if left out. */
  enabled?: boolean;
  /** Keeps the previous answer on screen while the request changes, so that nothing jumps. */
  keepPrevious?: boolean;
}

/** Reads a command and reads it again when one of its tags changes. */
export function useCommand<K extends CommandName>(
  name: K,
  request: Request<K>,
  { enabled = true, keepPrevious = false }: Options = {},
): UseQueryResult<Response<K>, CommandError> {
  return useQuery<Response<K>, CommandError>({
    ...commandQuery(useHost(), name, request),
    enabled,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
  });
}

/** A command as a query. */
export function commandQuery<K extends CommandName>(host: Host, name: K, request: Request<K>) {
  return queryOptions<Response<K>, CommandError>({ queryKey: [name, request], queryFn: () => host.call(name, request) });
}
